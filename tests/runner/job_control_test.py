"""A run as a job of an interactive shell: Ctrl-Z, fg, and a terminal that is closed."""
import os
import pathlib
import re
import shlex
import time
import unittest

import h5py

from faults import Faults
from program import SEEDBED
from screen import Screen
from small_suite import ENDLESS, SmallRuns, children, events, wait_for


class JobControl(SmallRuns, Faults):
    def shell(self):
        screen = Screen(["bash", "--norc", "--noprofile", "-i"], self.folder, 100, is_shell=True,
                        PS1="$ ")
        self.addCleanup(screen.close)
        screen.read(until=lambda s: s.text().endswith("$"))
        return screen

    def type(self, screen, *words):
        os.write(screen.end, (shlex.join(map(str, words)) + "\n").encode())

    def run_there(self, *words):
        """A shell in which a run is at work that says how far it is; the processes of the run."""
        screen = self.shell()
        self.type(screen, SEEDBED, *self.command(*ENDLESS, *words))
        screen.read(until=lambda s: len(re.findall(r"iteration \d+/.*/s ", s.text())) == 2)
        [run] = children(screen.run.pid)
        return screen, [run, *children(run)]

    def states(self, processes):
        """T for who is suspended; nothing for who is gone, or dead and not waited for."""
        found = set()
        for pid in processes:
            try:
                status = pathlib.Path(f"/proc/{pid}/stat").read_text()
            except OSError:
                continue
            found.add(status.rpartition(")")[2].split()[0])
        return found - {"Z"}

    def test_a_job_that_is_stopped_and_continued_goes_on_and_is_no_older_for_it(self):
        screen, processes = self.run_there("--time-limit", 2)
        os.write(screen.end, b"\x1a")  # Ctrl-Z
        screen.read(until=lambda s: "Stopped" in s.text())
        wait_for(lambda: self.states(processes) == {"T"})  # a worker may be on a processor still
        self.assertNotIn("0/4 tasks", screen.text(), "the bar makes room for the prompt")
        stopped = time.monotonic()
        self.type(screen, "echo", "and", "now")
        screen.read(until=lambda s: s.text().count("and now") == 2)
        time.sleep(max(0.0, stopped + 2.1 - time.monotonic()))  # longer than a task may take
        self.type(screen, "fg")
        screen.read(until=lambda s: len(re.findall(r"iteration \d+/.*/s ", s.text())) == 2)
        self.assertNotIn("T", self.states(processes))
        os.write(screen.end, b"\x03")
        text = screen.read(until=lambda s: "run again to continue" in s.text())
        self.assertIn("stopped: 4 of 4 tasks are not done", text)
        self.assertEqual([e["event"] for e in events(self.out)],
                         ["run-started", *2 * ["task-started"], *2 * ["task-stopped"], "run-ended"])

    def test_a_terminal_that_is_closed_stops_the_run_and_the_next_one_continues(self):
        for stopped in (False, True):
            with self.subTest(stopped=stopped):
                screen, processes = self.run_there()
                if stopped:
                    os.write(screen.end, b"\x1a")
                    screen.read(until=lambda s: "Stopped" in s.text())
                os.close(screen.end)
                screen.end = -1
                wait_for(lambda: not self.states(processes))
                self.assertEqual(events(self.out)[-1]["message"], "stopped")
                self.assertEqual(list(self.out.rglob("*.partial")), [])
                segments = sorted(self.out.rglob("r0*.s*.h5"))
                for file in segments:
                    h5py.File(file).close()
        self.run_suite()


if __name__ == "__main__":
    unittest.main()
