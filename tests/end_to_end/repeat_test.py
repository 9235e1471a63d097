"""The same bits: with any number of workers, after a kill, and when run again."""
import os
import signal
import subprocess
import time
import unittest

from program import SEEDBED, Program, datasets


class Repeat(Program):
    def run_into(self, name, *words):
        self.seedbed("run", self.suite, "--output", self.folder / name, "-q", *words)
        return datasets(self.folder / name / "results.h5")

    def test_one_worker_and_two_give_the_same_results_bit_for_bit(self):
        one, two = self.run_into("one", "--jobs", "1"), self.run_into("two", "--jobs", "2")
        self.assertGreater(len(one), 20)
        self.assertEqual(one.keys(), two.keys())
        for name in one:
            self.assertEqual(one[name], two[name], name)

    def test_another_seed_gives_other_results(self):
        one, two = self.run_into("one"), self.run_into("two", "--set", "seed=8")
        name = "learn/return_mean"
        self.assertNotEqual(one[name][-1], two[name][-1])

    def test_a_run_that_was_killed_half_way_and_run_again_gives_the_same_results(self):
        longer = ("--set", "iterations=3000", "--set", "record.trajectories=\"none\"")
        whole = self.run_into("whole", *longer)
        command = [SEEDBED, "run", self.suite, "--output", self.folder / "killed", "-q", "--jobs",
                   "2", *longer]
        published = self.folder / "killed" / "runs"
        kills = 0
        for least in (2, 7):  # once early, once late
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL)
            while len(list(published.rglob("r*.h5"))) < least and process.poll() is None:
                time.sleep(0.002)
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
                kills += 1
            process.wait()
            time.sleep(0.2)  # its workers die with it
            for file in published.rglob("r*.h5"):
                datasets(file)  # whatever is published is whole
        self.assertGreater(kills, 0, "the run was over before it could be killed")
        self.assertFalse((self.folder / "killed" / "results.h5").exists())
        before = {f: os.stat(f).st_mtime_ns for f in published.rglob("r*.h5")}
        again = self.run_into("killed", *longer)
        for name in whole:
            self.assertEqual(whole[name], again[name], name)
        for file, time_before in before.items():
            self.assertEqual(os.stat(file).st_mtime_ns, time_before, "done before, done again")

    def test_what_is_done_is_not_done_again_and_more_replicates_run_only_what_is_missing(self):
        self.run_into("out")
        files = sorted((self.folder / "out" / "runs").rglob("r*.h5"))
        before = {f: os.stat(f).st_mtime_ns for f in files}
        self.seedbed("run", self.suite, "--output", self.folder / "out", "--set", "replicates=5")
        self.assertEqual({f: os.stat(f).st_mtime_ns for f in files}, before)
        self.assertEqual(len(list((self.folder / "out" / "runs").rglob("r*.h5"))),
                         len(files) // 4 * 5)


if __name__ == "__main__":
    unittest.main()
