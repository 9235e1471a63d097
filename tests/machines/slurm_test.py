"""`seedbed slurm` on a real Slurm: submitted, cancelled while it works, submitted again, collected."""
import re
import subprocess
import sys
import unittest

import cluster
from program import SEEDBED, Program, datasets

LONG = ("--set", "iterations=4000", "--set", "replicates=2", "--set", "record.trajectories=\"none\"")


class Slurm(Program):
    @classmethod
    def setUpClass(cls):
        cls.slurm = cls.enterClassContext(cluster.Cluster(cpus=4))

    def seedbed(self, *words, code=0):
        done = subprocess.run([SEEDBED, *map(str, words)], capture_output=True, text=True,
                              cwd=self.folder, timeout=120, env=self.slurm.environment)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def files(self, output):
        return {file: file.stat().st_mtime_ns for file in (output / "runs").rglob("r????.h5")}

    def logs(self, output):
        return "\n".join(f"--- {log.name}\n{log.read_text()}"
                         for log in sorted((output / "logs").glob("slurm-*")))

    def submit(self, output, *words):
        said = self.seedbed("slurm", self.suite, "--output", output, "--time", "10", *words).stdout
        return re.search(r"array +(\d+)", said)[1], re.search(r"collect +(\d+)", said)[1]

    def wait_until_done(self, seconds=60):
        self.slurm.wait_for(lambda: not self.slurm.queue(), "the queue to be empty", seconds)

    def assert_same(self, one, two):
        one, two = datasets(one / "results.h5"), datasets(two / "results.h5")
        self.assertGreater(len(one), 20)
        self.assertEqual(one.keys(), two.keys())
        for name in one:
            self.assertEqual(one[name], two[name], name)

    def test_a_cancelled_task_is_resumed_by_submitting_again_and_gives_the_bits_of_a_local_run(self):
        local, output = self.folder / "local", self.folder / "it's 100% shared"
        self.seedbed("run", self.suite, "--output", local, "--quiet", *LONG)
        array, _ = self.submit(output, "--array", "3", *LONG)
        self.slurm.wait_for(lambda: self.files(output), "the first run file")
        self.slurm.command("scancel", f"{array}_2")
        self.wait_until_done()
        logs = self.logs(output)
        self.assertIn("CANCELLED", logs)
        self.assertFalse((output / "results.h5").exists(), logs)
        self.assertRegex(logs, r"stopped: \d+ of 10 tasks are not done; run again to continue")
        self.assertRegex(logs, r"expected all runs of the plan, got \d+ of 10:")
        before = self.files(output)
        self.assertLess(len(before), len(self.files(local)), logs)
        self.submit(output, "--array", "3", *LONG)
        self.wait_until_done()
        after = self.files(output)
        self.assertEqual({file: after[file] for file in before}, before)
        self.assertEqual(len(after), len(self.files(local)), self.logs(output))
        self.assertTrue((output / "results.h5").exists(), self.logs(output))
        self.assert_same(local, output)

    def test_a_task_whose_time_is_over_goes_back_into_the_queue_and_continues(self):
        output = self.folder / "out"
        array, _ = self.submit(output, "--array", "1", "--requeue", *LONG)
        self.slurm.wait_for(lambda: self.files(output), "the first run file")
        self.slurm.command("scancel", "--batch", "--signal=USR1", f"{array}_1")
        self.slurm.wait_for(lambda: self.slurm.queue().get(f"{array}_1") == "PENDING",
                            "the task to be in the queue again")
        self.assertFalse((output / "results.h5").exists())
        # Slurm waits two minutes, since a job may not start in the second in which it was revoked.
        self.slurm.command("scontrol", "update", f"JobId={array}_1", "StartTime=now+2")
        self.wait_until_done()
        self.assertTrue((output / "results.h5").exists(), self.logs(output))

    def test_processes_of_every_task_of_an_array_share_the_work_with_slice_auto(self):
        output, local = self.folder / "out", self.folder / "local"
        self.seedbed("run", self.suite, "--output", local, "--quiet")
        script = self.folder / "auto.sh"
        run = f"{SEEDBED} run {self.suite} --output {output} --quiet --slice auto"
        script.write_text(f"#!/bin/sh\n{run} 2>batch.txt\nexec srun {run}\n")
        self.slurm.command("sbatch", "--array=5-6", "--ntasks=2", f"--chdir={self.folder}",
                           "--output=auto-%a.txt", script)
        self.wait_until_done()
        said = "".join(text.read_text() for text in self.folder.glob("auto-*.txt"))
        self.assertIn("start the tasks with srun", (self.folder / "batch.txt").read_text())
        self.assertEqual(len(self.files(output)), len(self.files(local)), said)
        self.seedbed("run", self.suite, "--output", output, "--quiet")
        self.assert_same(local, output)


if __name__ == "__main__":
    if missing := cluster.missing():
        print("not installed (slurm-wlm, munge):", *missing)
        sys.exit(77)
    unittest.main()
