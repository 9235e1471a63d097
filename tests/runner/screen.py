"""A program on a pseudo-terminal, what it shows there, and keys."""
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time

import pyte

ROWS, COLUMNS = 12, 60


class Screen:
    """A command on a pseudo-terminal of its own; what it writes, when, and how that looks."""

    def __init__(self, command, folder, columns=COLUMNS, is_shell=False, **environment):
        self.screen = pyte.HistoryScreen(columns, ROWS)
        self.stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.start = time.monotonic()
        self.end, theirs = pty.openpty()
        self.resize(columns)
        streams = {"stdout": subprocess.DEVNULL, "stderr": theirs}
        if is_shell:
            streams = {"stdin": theirs, "stdout": theirs, "stderr": theirs}
        self.run = subprocess.Popen(command, cwd=folder, **streams, start_new_session=True,
                                    env={**os.environ, "TERM": "xterm", **environment},
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
