"""`mpirun seedbed run --slice auto`: every process takes its slice, and the bits are a local run's."""
import os
import shutil
import subprocess
import sys
import unittest

from program import SEEDBED, Program, datasets

# Not of this test, but of a job that it may run in.
FOREIGN = ("OMPI_", "PMI", "PMIX_", "SLURM_")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}


class MpiRun(Program):
    def mpirun(self, processes, *words, code=0):
        root = ["--allow-run-as-root"] if os.geteuid() == 0 else []
        done = subprocess.run(
            ["mpirun", *root, "--oversubscribe", "--mca", "btl", "self", "-n", str(processes),
             *map(str, words)], capture_output=True, text=True, timeout=120, cwd=self.folder,
            env=ENVIRONMENT)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def test_four_processes_of_mpirun_give_the_bits_of_a_local_run(self):
        local, shared = self.folder / "local", self.folder / "shared"
        self.seedbed("run", self.suite, "--output", local, "--quiet")
        words = ("run", self.suite, "--output", shared, "--quiet", "--jobs", "1")
        self.mpirun(4, SEEDBED, *words, "--slice", "auto")
        self.assertEqual(len(list((shared / "runs").rglob("r*.h5"))),
                         len(list((local / "runs").rglob("r*.h5"))))
        self.seedbed(*words)  # all is done: it collects
        one, two = datasets(local / "results.h5"), datasets(shared / "results.h5")
        self.assertEqual(one.keys(), two.keys())
        for name in one:
            self.assertEqual(one[name], two[name], name)

    def test_slices_of_one_folder_do_disjoint_work(self):
        shared = self.folder / "shared"
        self.mpirun(3, SEEDBED, "run", self.suite, "--output", shared, "--slice", "auto", "--jobs", 1)
        tasks = [line for line in (shared / "events.jsonl").read_text().splitlines()
                 if '"task-done"' in line or '"done"' in line]
        self.assertEqual(len(tasks), len(list((shared / "runs").rglob("r*.h5"))))


if __name__ == "__main__":
    if not shutil.which("mpirun"):
        print("mpirun is not installed (openmpi-bin)")
        sys.exit(77)
    unittest.main()
