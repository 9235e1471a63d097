"""What a terminal shows during a run: read through a pseudo-terminal and drawn by pyte."""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import unittest

import pyte

from faults import Faults
from program import SEEDBED

ROWS, COLUMNS = 12, 60


class Screen:
    """A run on a pseudo-terminal; what it writes, when, and how that looks."""

    def __init__(self, command, folder, columns=COLUMNS, **environment):
        self.screen = pyte.HistoryScreen(columns, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.start = time.monotonic()
        self.end, theirs = pty.openpty()
        self.resize(columns)
        self.run = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=theirs,
                                    env={**os.environ, "TERM": "xterm", **environment},
                                    start_new_session=True,
                                    preexec_fn=lambda: fcntl.ioctl(2, termios.TIOCSCTTY, 0))
        os.close(theirs)

    def resize(self, columns):
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, columns, 0, 0))
        self.screen.resize(ROWS, columns)

    def read(self, until=lambda screen: False, seconds=20):
        """Until that holds, or the run has closed its end."""
        stop = time.monotonic() + seconds
        while time.monotonic() < stop and not until(self):
            if not select.select([self.end], [], [], 0.05)[0]:
                continue
            try:
                part = os.read(self.end, 65536)
            except OSError:
                break
            if not part:
                break
            self.raw += part
            self.stream.feed(part)
        return self.text()

    def text(self):
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip()

    def last_draw(self):
        """The lines that one write drew over those before, without what moves the cursor."""
        whole = self.raw.decode(errors="replace").rpartition("\x1b[J")[0].rpartition("\x1b[J")[2]
        return re.sub(r"\x1b\[\d*[AK]|\r", "", whole).split("\n")

    def scrolled(self):
        lines = ["".join(row[x].data for x in range(self.screen.columns)).rstrip()
                 for row in self.screen.history.top]
        return "\n".join(lines + [self.text()])

    def close(self):
        self.run.kill()
        self.run.wait()
        if self.end >= 0:
            os.close(self.end)
        self.end = -1


class Terminal(Faults):
    def show(self, *words, columns=COLUMNS, estimators='["faulty"]', **environment):
        self.suite.write_text(self.suite_text + f"estimator = {estimators}\n")
        screen = Screen([SEEDBED, "run", self.suite, "--output", self.folder / "out", "--jobs", "2",
                         "--plugin-path", self.plugins, *words], self.folder, columns,
                        **environment)
        self.addCleanup(screen.close)
        return screen

    ENDLESS = ("--set", "iterations=100000000", "--set", "replicates=3")

    def test_a_bar_and_a_line_per_busy_worker_at_most_ten_times_a_second(self):
        screen = self.show(*self.ENDLESS, columns=100)
        expected = re.compile(r"\[\.+\] 0/3 tasks, \d:\d\d(, .* left)?" + "".join(
            rf"\n {number} learn/estimator=faulty/r000\d  iteration \d+/100000000  [\d.]+/s  "
            r"\d:\d\d" for number in (1, 2)))
        text = screen.read(until=lambda s: expected.fullmatch(s.text()))
        self.assertRegex(text, expected)
        drawn = lambda s: s.raw.count(b"\x1b[J")  # the end of what one write draws
        screen.read(until=lambda s: drawn(s) >= 12)
        seconds = time.monotonic() - screen.start
        self.assertGreaterEqual(drawn(screen), 12, "drawn again and again")
        self.assertLessEqual(drawn(screen), 10 * seconds + 1)
        self.assertFalse(screen.screen.cursor.hidden)

    def test_it_is_never_wider_than_the_terminal_and_follows_its_size(self):
        screen = self.show(*self.ENDLESS, columns=44)
        screen.read(until=lambda s: "iteration" in s.text())
        self.assertEqual(len(screen.text().splitlines()), 3, "no line wraps")
        self.assertIn("…", screen.text())
        screen.resize(90)
        text = screen.read(until=lambda s: "estimator=faulty" in s.text(), seconds=5)
        self.assertEqual(len(text.splitlines()), 3)
        self.assertIn("estimator=faulty", text)
        screen.resize(12)  # what was on its way is still wide
        screen.read(until=lambda s: max(map(len, s.last_draw())) == 11)
        self.assertEqual(list(map(len, screen.last_draw())), [11, 11, 11])

    def test_failures_scroll_above_the_bar_and_the_last_line_sums_up(self):
        screen = self.show("--set", "replicates=2", columns=250,
                           estimators='[{ plugin = "faulty", fault = "status" }, "faulty"]')
        screen.read()
        text = screen.scrolled()
        self.assertEqual(screen.run.wait(), 1)
        self.assertEqual(text.count("'faulty': estimate: no more at iteration 2"), 2, text)
        self.assertRegex(text, r"alone: echo \d+ \| ")
        self.assertRegex(text, r"4/4 tasks, 0:0\d, 2 failed\n2 of 4 tasks failed")
        self.assertNotIn("[#", text.splitlines()[-1])

    def test_ctrl_c_at_the_terminal_stops_and_leaves_the_cursor_on_a_line_of_its_own(self):
        screen = self.show(*self.ENDLESS)
        screen.read(until=lambda s: re.search(r"/s ", s.text()))
        os.write(screen.end, b"\x03")
        text = screen.read()
        self.assertEqual(screen.run.wait(), 75)
        self.assertIn("stopped: 3 of 3 tasks are not done; run again", text)
        self.assertFalse(screen.screen.cursor.hidden)
        self.assertEqual(screen.screen.cursor.x, 0)

    def test_colour_is_for_terminals_without_NO_COLOR(self):
        for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
            screen = self.show("--force", **environment,
                               estimators='["faulty", { plugin = "faulty", fault = "hang" }]')
            screen.read(until=lambda s: "] 1/2 tasks" in s.text())
            self.assertEqual(b"\x1b[3" in screen.raw, coloured)
            self.assertIn(b"\x1b[", screen.raw)
            screen.close()

    def test_a_dumb_terminal_and_no_terminal_get_plain_lines_and_quiet_gets_none(self):
        screen = self.show(TERM="dumb")
        screen.read()
        self.assertNotIn(b"\x1b", screen.raw)
        self.assertNotIn(b"\r\x1b", screen.raw)
        self.assertRegex(screen.text(), r"^1/1 tasks, 0:0\d$")
        words = ("run", self.suite, "--output", self.folder / "two", "--plugin-path", self.plugins)
        self.assertRegex(self.seedbed(*words).stderr, r"^1/1 tasks, 0:0\d\n$")
        self.assertEqual(self.seedbed(*words, "--force", "-q").stderr, "")


if __name__ == "__main__":
    unittest.main()
