"""Two runs never write to one folder: the second is told who has it, on which host, since when."""
import fcntl
import json
import socket
import subprocess
import unittest

from faults import Faults
from small_suite import ENDLESS, SmallRuns, events, wait_for


class Lock(SmallRuns, Faults):
    def test_a_second_run_names_process_and_host_of_the_first(self):
        first = self.start(*ENDLESS)
        try:
            lock = self.out / ".run.lock"
            wait_for(lambda: lock.exists() and lock.read_text())
            second = self.run_suite(code=1)
            self.assertRegex(second.stderr, rf"out: expected to be the only run, got process "
                                            rf"{first.pid} on host {socket.gethostname()} since "
                                            r"20\d\d-.*Z \(.*seedbed run .*\); wait for it or stop")
            self.seedbed("plan", self.suite, "--output", self.out)  # readers take no lock
        finally:
            first.kill()
            first.wait()
        self.assertNotEqual(lock.read_text(), "", "the name of who was killed is still there")
        self.run_suite()
        self.assertEqual(lock.read_text(), "")

    def test_the_name_comes_from_the_file_so_that_the_holder_may_be_on_another_host(self):
        self.out.mkdir()
        with (self.out / ".run.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            said = self.run_suite(code=1).stderr
            self.assertIn("another process that has not said who it is", said)
            file.write(json.dumps({"host": "far", "pid": 4711, "since": "noon", "command": "run"}))
            file.flush()
            said = self.run_suite(code=1).stderr
            self.assertIn("got process 4711 on host far since noon (run); wait for it", said)

    def test_workers_that_outlive_a_run_that_was_killed_are_waited_for(self):
        self.suite.write_text(self.suite_text + '''
estimator = [{ plugin = "faulty", fault = "outlive" }]
''')
        words = ("--set", "replicates=2", "--plugin-path", self.plugins)
        first = self.start(*words)
        wait_for(lambda: [log.read_text() for log in self.out.glob("logs/*")] ==
                 2 * ["on its own\n"])
        first.kill()
        second = self.run_suite(*words)  # the first is a zombie: nobody has waited for it
        first.wait()
        self.assertEqual(second.stderr, f"waiting for the workers of process {first.pid}, which "
                                        "was killed, to end\n", "and then all is done")
        self.assertEqual([event["event"] for event in events(self.out)],
                         ["run-started", *2 * ["task-started"], "run-started", "run-ended"])

    def test_the_lock_of_a_run_that_was_killed_is_waited_for_that_of_one_at_work_is_not(self):
        self.out.mkdir()
        gone = subprocess.Popen(["true"])
        with (self.out / ".run.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            file.write(json.dumps({"host": socket.gethostname(), "pid": gone.pid}))
            file.flush()
            second = self.start()
            self.assertRegex(second.stderr.readline(), "^waiting for the workers of process")
            with self.assertRaises(subprocess.TimeoutExpired):
                second.wait(0.4)  # longer than anybody is waited for who is alive
        self.assertEqual(second.wait(20), 0)
        gone.wait()

    def test_a_slice_at_work_keeps_a_whole_run_away_and_is_named(self):
        self.out.mkdir()
        with (self.out / ".run.lock").open("w") as whole, \
             (self.out / ".run.2-of-3.lock").open("w") as part:
            fcntl.flock(whole, fcntl.LOCK_SH)
            fcntl.flock(part, fcntl.LOCK_EX)
            part.write(json.dumps({"host": "far", "pid": 12, "since": "noon", "command": "run"}))
            part.flush()
            self.assertIn("got process 12 on host far", self.run_suite(code=1).stderr)


if __name__ == "__main__":
    unittest.main()
