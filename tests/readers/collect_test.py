"""results.h5 from a results folder alone: neither suite nor plugins are there any more."""
import json
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import h5py
import numpy as np

from program import SEEDBED, SUITE, Program


class Collect(Program):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.made = pathlib.Path(temporary.name)
        (cls.made / "suite.toml").write_text(SUITE)
        subprocess.run([SEEDBED, "run", cls.made / "suite.toml", "--output", cls.made / "out", "-q"],
                       check=True, stdout=subprocess.DEVNULL)

    def setUp(self):
        super().setUp()
        self.suite.unlink()
        self.out = self.folder / "out"
        shutil.copytree(self.made / "out", self.out)
        self.results = self.out / "results.h5"

    def runs(self):
        return sorted((self.out / "runs").glob("*/*/*.h5"))

    def test_a_folder_gives_the_results_that_run_gave_wherever_it_lies(self):
        before = self.results.read_bytes()
        self.results.unlink()
        self.out.rename(self.folder / "elsewhere")
        done = self.seedbed("collect", "elsewhere")
        self.assertIn("20 of 20 runs", done.stdout)
        self.assertEqual((self.folder / "elsewhere" / "results.h5").read_bytes(), before)

    def test_missing_and_foreign_runs_are_all_named_and_nothing_is_collected(self):
        runs = self.runs()
        before = self.results.read_bytes()
        runs[0].unlink()
        shutil.copy(runs[5], runs[6])
        whole = runs[9].read_bytes()
        runs[9].write_bytes(whole[:3000])
        done = self.seedbed("collect", self.out, code=5)
        self.assertIn("expected all runs of the plan, got 17 of 20", done.stderr)
        for run in runs[0], runs[6], runs[9]:
            self.assertIn(str(run.relative_to(self.out)), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 4, done.stderr)
        self.assertEqual(self.results.read_bytes(), before)

    def test_partial_keeps_what_is_there_and_a_mask_of_the_rest(self):
        with h5py.File(self.results) as file:
            whole = file["learn/return_mean"][()]
        learn = [run for run in self.runs() if run.parts[-3] == "learn"]
        learn[3].unlink()  # of the first estimator and step 1e-3
        shutil.copy(learn[0], learn[8])  # of the other estimator
        made = json.loads(self.seedbed("collect", self.out, "--partial", "--json").stdout)
        self.assertEqual((made["runs"], made["missing"]), (18, 2))
        with h5py.File(self.results) as file:
            present = file["learn/present"][()]
            self.assertEqual(present.shape, (2, 2, 4))
            self.assertEqual([tuple(x) for x in np.argwhere(present == 0)], [(0, 1, 3), (1, 1, 0)])
            got = file["learn/return_mean"][()]
            self.assertTrue(np.isnan(got[present == 0]).all())
            np.testing.assert_array_equal(got[present == 1], whole[present == 1])
            status = list(file["tasks/status"].asstr())
            self.assertEqual(sum(text in ("done", "diverged") for text in status), 18)
            self.assertEqual(sum("expected a finished run, got none" in x for x in status), 1)
            self.assertEqual(file["summary/learn/replicates"][()].tolist(), [[4, 3], [4, 3]])

    def test_a_folder_of_nothing_is_a_usage_error(self):
        (self.folder / "empty").mkdir()
        self.assertIn("plan.json", self.seedbed("collect", "empty", code=2).stderr)
        self.seedbed("collect", "nowhere", code=2)
        self.seedbed("collect", code=2)

    def test_a_partial_collection_without_any_run_is_empty_and_readable(self):
        for run in self.runs():
            run.unlink()
        self.seedbed("collect", self.out, "--partial")
        with h5py.File(self.results) as file:
            self.assertEqual(int(file["learn/present"][()].sum()), 0)
            self.assertEqual(len(file["tasks/row"]), 20)


if __name__ == "__main__":
    unittest.main()
