"""What a plugin does to its worker costs its own task at most, and never the next one."""
import fcntl
import os
import re
import signal
import subprocess
import unittest

from faults import Faults
from program import SEEDBED
from small_suite import children, events, wait_for

# What a plugin does and gets away with: its task is done, and the worker is replaced.
MEDDLING = {"mask": "the signal mask", "folder": "the working folder",
            "rounding": "the rounding mode", "close-input": "standard input",
            "spawn": "the processes", "fork": "the processes"}


class Worker(Faults):
    def by_fault(self, kind):
        found = {}
        for event in events(self.out):
            if event["event"] == kind:
                found[re.search(r"fault=([a-z-]+)", event["task"])[1]] = event
        return found

    def test_a_plugin_that_changes_its_process_does_not_change_that_of_the_next_task(self):
        done = self.run_faults("estimator", [*MEDDLING, "garbage", "none"], "--jobs", 1, code=0)
        ended = self.by_fault("task-done")
        self.assertEqual(len(ended), len(MEDDLING) + 2)
        for fault, changed in MEDDLING.items():
            self.assertIn(f"a plugin changed {changed}", ended[fault]["message"])
        self.assertNotIn("message", ended["none"])
        self.assertNotIn("message", ended["garbage"])
        self.assertIn("a plugin changed the signal mask of its process; another worker goes on",
                      done.stderr)
        self.assertFalse(self.alive("sleep 300"))

    def test_a_plugin_that_closes_every_file_costs_its_task_alone(self):
        self.run_faults("estimator", ["close-all", "none"], "--jobs", 1)
        self.assertIn("the worker process", self.by_fault("task-failed")["close-all"]["message"])
        self.assertIn("none", self.by_fault("task-done"))

    def test_a_plugin_that_leaks_costs_no_other_task_its_memory(self):
        faults = ["leak", "none"]
        self.run_faults("estimator", faults, "--jobs", 1, "--memory-per-worker", 400, "--set",
                        "replicates=4", code=0)
        self.assertIn("the memory", self.by_fault("task-done")["leak"]["message"])

    def test_what_a_plugin_started_ends_with_it(self):
        self.run_faults("estimator", ["spawn-and-hang", "none"], "--time-limit", 1)
        self.assertIn("time limit", self.by_fault("task-failed")["spawn-and-hang"]["message"])
        self.assertFalse(self.alive("sleep 300"))

    def test_what_a_plugin_started_does_not_keep_the_lock_of_a_run_that_was_killed(self):
        self.suite.write_text(self.suite_text +
                              'estimator = [{ plugin = "faulty", fault = "spawn-and-hang" }]\n')
        self.out = self.folder / "out"
        run = subprocess.Popen([SEEDBED, "run", self.suite, "--output", self.out, "--plugin-path",
                                self.plugins], stderr=subprocess.DEVNULL)
        [left] = wait_for(lambda: self.alive("sleep 300"))
        self.addCleanup(os.kill, int(left), signal.SIGKILL)
        run.kill()
        run.wait()
        with (self.out / ".run.lock").open() as file:
            wait_for(lambda: self.is_free(file), seconds=5)

    def is_free(self, file):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False

    def alive(self, command):
        """Processes of that command whose log is one of this run."""
        found = []
        for process in os.listdir("/proc"):
            try:
                with open(f"/proc/{process}/cmdline", "rb") as file:
                    words = file.read().replace(b"\0", b" ").decode().strip()
                if words == command and str(self.out) in os.readlink(f"/proc/{process}/fd/2"):
                    found.append(process)
            except (OSError, ValueError):
                pass
        return found

    def test_a_worker_that_somebody_kills_costs_its_task_alone(self):
        self.suite.write_text(self.suite_text + "estimator = [\"faulty\"]\n")
        self.out = self.folder / "out"
        run = subprocess.Popen(
            [SEEDBED, "run", self.suite, "--output", self.out, "--jobs", "2", "--plugin-path",
             self.plugins, "--set", "replicates=2", "--set", "iterations=100000000"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            partial = lambda: len(list(self.out.rglob("*.partial")))
            wait_for(lambda: partial() == 2)
            first, second = children(run.pid)
            os.kill(first, signal.SIGKILL)
            wait_for(lambda: partial() == 1)  # what the dead one left is gone
            failed = wait_for(lambda: [e for e in events(self.out) if e["event"] == "task-failed"])
            self.assertRegex(failed[0]["message"], r"killed by signal 9 \(Killed\), by somebody or")
            self.assertEqual(children(run.pid), [second])
            run.send_signal(signal.SIGKILL)
            run.wait()
            wait_for(lambda: not os.path.exists(f"/proc/{second}"))  # it dies with its parent
            self.assertEqual(partial(), 1)
        finally:
            run.kill()
            run.communicate()
        self.seedbed("run", self.suite, "--output", self.out, "--plugin-path", self.plugins)
        self.assertEqual(partial(), 0)


if __name__ == "__main__":
    unittest.main()
