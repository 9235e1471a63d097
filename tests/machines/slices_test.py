"""Several runs on one folder, each a slice: disjoint work, one result, the bits of a local run."""
import fcntl
import json
import os
import subprocess
import unittest

from program import SEEDBED, SUITE, Program, datasets

# gradient waits for all of learn.
BARRIER = SUITE.replace("[gradient]", "[gradient]\nafter = \"learn\"")

LOCAL = {}  # what a local run of a suite gives


class Slices(Program):
    def setUp(self):
        super().setUp()
        self.out = self.folder / "out"

    def run_slice(self, index, count, *words, code=0):
        return self.seedbed("run", self.suite, "--output", self.out, "--jobs", "1", "--slice",
                            f"{index}/{count}", *words, code=code)

    def files(self):
        return {str(file.relative_to(self.out)) for file in (self.out / "runs").rglob("r????.h5")}

    def assert_same_as_local(self):
        text = self.suite.read_text()
        if text not in LOCAL:
            local = self.folder / "local"
            self.seedbed("run", self.suite, "--output", local, "--quiet")
            LOCAL[text] = datasets(local / "results.h5")
        one, two = LOCAL[text], datasets(self.out / "results.h5")
        self.assertGreater(len(one), 20)
        self.assertEqual(one.keys(), two.keys())
        for name in one:
            self.assertEqual(one[name], two[name], name)

    def test_slices_share_out_the_plan_and_the_last_one_collects_the_bits_of_a_local_run(self):
        done = set()
        for index in (3, 1, 2):
            said = self.run_slice(index, 3, "--json")
            self.assertEqual(json.loads(said.stdout)["tasks"]["done_now"], len(self.files()) - len(done))
            self.assertGreater(len(self.files()), len(done))
            done = self.files()
            self.assertEqual((self.out / "results.h5").exists(), index == 2)
        self.assert_same_as_local()

    def test_slices_that_run_at_the_same_time_do_not_disturb_each_other(self):
        slices = [subprocess.Popen([SEEDBED, "run", self.suite, "--output", self.out, "--jobs", "1",
                                    "--quiet", "--slice", f"{i}/4"], stderr=subprocess.PIPE,
                                   stdout=subprocess.DEVNULL, text=True) for i in (1, 2, 3, 4)]
        for process in slices:
            _, said = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 0, said)
        self.assert_same_as_local()
        self.assertEqual(len(list((self.out / "logs").glob("slice-*-of-4-worker-1.log"))), 4)

    def test_a_stage_that_waits_for_the_whole_of_another_is_run_when_the_other_slices_are_done(self):
        self.suite.write_text(BARRIER)
        waiting = self.run_slice(1, 2, code=75)
        self.assertRegex(waiting.stderr, r"not run: need runs/learn/.*\.h5 and the like of other "
                                         r"slices; run again when they are there")
        self.assertFalse([file for file in self.files() if "gradient" in file])
        self.run_slice(2, 2)
        self.run_slice(1, 2)
        self.assert_same_as_local()

    def test_a_second_run_of_one_slice_is_refused_and_so_is_a_whole_run_beside_it(self):
        self.run_slice(1, 2)
        with open(self.out / ".run.1-of-2.lock") as one, open(self.out / ".run.lock") as whole:
            fcntl.flock(one, fcntl.LOCK_EX)
            fcntl.flock(whole, fcntl.LOCK_SH)
            again = self.run_slice(1, 2, code=1)
            self.assertIn("expected to be the only run of slice 1-of-2", again.stderr)
            self.seedbed("run", self.suite, "--output", self.out, code=1)
            self.run_slice(2, 2)
        self.assertFalse((self.out / "results.h5").exists(), "somebody else held the folder")
        self.run_slice(2, 2)
        self.assertTrue((self.out / "results.h5").exists())

    def test_a_slice_leaves_alone_what_another_one_is_making(self):
        self.run_slice(1, 2)
        half_made = next((self.out / "runs" / "learn").iterdir()) / "r0099.h5.partial"
        half_made.touch()
        self.run_slice(2, 2)
        self.assertTrue(half_made.exists())

    def test_auto_outside_of_a_job_says_what_to_do(self):
        foreign = ("OMPI_", "PMI_", "SLURM_")
        environment = {k: v for k, v in os.environ.items() if not k.startswith(foreign)}
        done = subprocess.run([SEEDBED, "run", self.suite, "--output", self.out, "--slice", "auto"],
                              capture_output=True, text=True, env=environment)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--slice i/n", done.stderr)
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    unittest.main()
