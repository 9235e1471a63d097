"""Every exit code of the program, one by one, with the way to get there and what is said."""
import signal
import time
import unittest

from faults import Faults
from small_suite import ENDLESS, SmallRuns

FAULTY = """
title = "Faulty"
replicates = 2
estimator = { plugin = "faulty", fault = "%s" }
environment = "faulty"
policy = "faulty"
objective = { horizon = 10 }
[learn]
iterations = 5
episodes = 4
optimizer = "sgd"
"""


class ExitCode(SmallRuns, Faults):
    def ends(self, code, says, *words):
        with self.subTest(" ".join(map(str, words))):
            done = self.seedbed(*words, code=code)
            self.assertIn(says, done.stdout + done.stderr)
            if code not in (0, 4, 5):
                self.assertEqual(done.stdout, "", "results, of which there are none")

    def faulty(self, fault):
        suite = self.folder / f"{fault}.toml"
        suite.write_text(FAULTY % fault)
        return suite, "--plugin-path", self.plugins, "--output", self.folder / "faulty"

    def test_0_is_done(self):
        self.ends(0, "results  ", *self.command())
        self.ends(0, "4 tasks: 4 done", "plan", self.suite, "--output", self.out)
        self.ends(0, "4 done", "status", self.out)
        self.ends(0, "usage", "--help")
        self.ends(0, "--only", "run", "--help")

    def test_1_is_that_tasks_failed_or_could_not_be_run(self):
        self.ends(1, "2 of 2 tasks failed", "run", *self.faulty("status"))
        (self.folder / "file").touch()
        self.ends(1, "expected a folder that can be made", "run", self.suite, "--output",
                  "file/out")

    def test_2_is_usage_or_a_suite_with_errors(self):
        self.ends(2, "usage")
        self.ends(2, "did you mean 'run'", "runn")
        self.ends(2, "frobnicate", *self.command("--frobnicate"))
        self.ends(2, "got none", "run")
        self.ends(2, "nowhere.toml", "run", "nowhere.toml")
        self.ends(2, "expected", *self.command("--jobs", "many"))
        self.ends(2, "learn.iterationz", *self.command("--set", "learn.iterationz=3"))
        self.ends(2, "got none of 4", *self.command("--only", "replicate = 9"))
        self.suite.write_text(self.suite.read_text().replace("horizon", "horizont"))
        self.ends(2, "did you mean 'horizon'", "plan", self.suite)

    def test_3_is_a_plugin_that_cannot_be_used(self):
        self.ends(3, "estimator 'faulty': create: ", "run", *self.faulty("create"))
        self.ends(3, "estimator 'faulty': create: ", "plan", *self.faulty("create"))

    def test_4_is_that_a_verification_found_a_difference(self):
        self.run_suite()
        runs = sorted(self.out.rglob("r0*.h5"))
        self.ends(4, "", "diff", *runs[:2])

    def test_5_is_a_file_that_is_damaged_or_missing(self):
        self.run_suite()
        runs = sorted(self.out.rglob("r0*.h5"))
        runs[0].write_bytes(runs[0].read_bytes()[:1000])
        self.ends(5, "r0000.h5", "reproduce", runs[0])
        self.ends(5, "r0000.h5", "collect", self.out)
        self.ends(5, "results.h5", "report", self.folder)

    def test_75_130_and_143_are_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            run = self.at_work(self.start(*ENDLESS))
            run.send_signal(number)
            self.assertEqual(run.wait(20), 75)
        self.suite, *words = self.faulty("hang")
        self.out = words[-1]
        for number, expected in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            run = self.at_work(self.start(*words[:2]))
            time.sleep(0.3)  # to the iteration in which it hangs
            run.send_signal(number)
            run.stderr.readline()  # that they are asked to stop
            time.sleep(0.15)  # what comes within a tenth of a second is one signal
            run.send_signal(number)
            self.assertEqual(run.wait(20), expected)


if __name__ == "__main__":
    unittest.main()
