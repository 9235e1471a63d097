"""What a terminal shows during a run: read through a pseudo-terminal and drawn by pyte."""
import os
import re
import time
import unittest

from faults import Faults
from program import SEEDBED
from screen import COLUMNS, Screen


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
