"""A folder of results, told from the folder alone; and sweeps that are no grids, read by xarray."""
import json
import subprocess
import time
import unittest

import xarray

from program import SEEDBED, SUITE, Program

SWEEP = SUITE[:SUITE.index("[gradient]")] + """
[sweep]
"optimizer.step" = [1e-4, 1e-3]
when = "optimizer.step < 1e-3 or policy.sigma = 0.3"
[sweep.zip]
policy.sigma = [0.1, 0.2, 0.3]
iterations = [1, 2, 3]
[[sweep.list]]
estimator = "reinforce"
[[sweep.list]]
estimator = { plugin = "reward-to-go", baseline = "leave-one-out" }
episodes = 8
"""


class Status(Program):
    def setUp(self):
        super().setUp()
        self.suite.write_text(SWEEP)
        self.output = self.folder / "out"

    def run_it(self, *words, code=0):
        self.seedbed("run", self.suite, "--output", self.output, "-q", "--set", "replicates=2",
                     *words, code=code)

    def status(self, code=0):
        return json.loads(self.seedbed("status", self.output, "--json", code=code).stdout)

    def counts(self, code=0):
        return {state: n for state, n in self.status(code)["counts"].items() if n}

    def test_what_is_done_missing_changed_and_damaged_is_told_without_the_suite(self):
        self.run_it("--only", "not episodes = 8 and replicate = 0")
        self.suite.rename(self.folder / "gone.toml")
        self.assertEqual(self.counts(), {"done": 4, "missing": 12})
        (self.folder / "gone.toml").rename(self.suite)
        self.run_it()
        self.assertEqual(self.counts(), {"done": 16})
        files = sorted(self.output.glob("runs/**/r*.h5"))
        files[0].unlink()
        files[1].write_bytes(files[1].read_bytes()[:3000])
        files[2].write_bytes(files[3].read_bytes())
        self.assertEqual(self.counts(code=5),
                         {"done": 13, "changed": 1, "damaged": 1, "missing": 1})
        text = self.seedbed("status", self.output, code=5).stdout
        self.assertIn("it was done, and its run file is gone", text)
        self.assertIn("16 tasks: 13 done, 1 changed, 1 damaged, 1 missing", text)

    def test_a_failure_is_told_with_its_reason(self):
        self.run_it("--set", "sweep.zip.policy.sigma=[0.1, 0.3, 1e200]", code=1)
        self.assertEqual(self.counts(), {"done": 12, "failed": 4})
        failed = [task for task in self.status()["tasks"] if task["state"] == "failed"]
        for task in failed:
            self.assertIn("policy.sigma=1e200", task["cell"])
            self.assertRegex(task["message"], "finite")

    def test_a_run_at_work_is_named_and_then_gone(self):
        process = subprocess.Popen(
            [SEEDBED, "run", self.suite, "--output", self.output, "-q", "--jobs", "1", "--set",
             "sweep.zip.iterations=[30000,30001,30002]"], cwd=self.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(400):
                if (self.output / "plan.json").exists() and self.counts().get("running"):
                    break
                time.sleep(0.05)
            status = self.status()
            self.assertEqual([run["pid"] for run in status["runs"]], [process.pid])
            self.assertEqual(status["counts"]["running"], 1)
        finally:
            process.kill()
            process.wait()
        self.assertEqual(self.status()["runs"], [])
        self.assertNotIn("running", self.counts())

    def test_a_folder_without_a_plan_or_with_a_cut_one_is_one_clear_error(self):
        self.assertIn("plan.json: expected the plan of a folder of results",
                      self.seedbed("status", self.folder, code=5).stderr)
        self.run_it("--only", "replicate = 0 and iterations = 1 and episodes = 8")
        plan = self.output / "plan.json"
        text = plan.read_text()
        for bad in ("", "{", text[:len(text) // 2], "[]", "{\"seedbed_plan_version\": 1}",
                    text.replace("\"index\":0", "\"index\":\"x\"", 1)):
            plan.write_text(bad)
            self.assertIn("plan.json: expected", self.seedbed("status", self.output, code=5).stderr)

    def test_xarray_reads_a_sweep_with_holes_and_axes_along_one_dimension(self):
        self.run_it()
        for engine in ("netcdf4", "h5netcdf"):
            with xarray.open_dataset(self.output / "results.h5", group="learn",
                                     engine=engine) as data:
                self.assertEqual(dict(data.return_mean.sizes), {
                    "optimizer_step": 2, "zip": 3, "list": 2, "replicate": 2, "iteration": 3})
                self.assertEqual(data.in_sweep.values.tolist(),
                                 [[[1, 1]] * 3, [[0, 0], [0, 0], [1, 1]]])
                self.assertEqual(data.policy_sigma.dims, ("zip",))
                self.assertEqual([str(x) for x in data.policy_sigma.values], ["0.1", "0.2", "0.3"])
                self.assertEqual([str(x) for x in data.episodes.values], ["", "8"])
                self.assertIn("estimator", data.coords)
                holes = data.return_mean.where(data.in_sweep == 0, drop=True)
                self.assertTrue(bool(holes.isnull().all()))
        with xarray.open_dataset(self.output / "results.h5", group="tasks") as tasks:
            self.assertEqual(tasks.sizes["row"], 16)
            self.assertEqual({str(x) for x in tasks.episodes.values}, {"", "8"})
        self.assertIn("policy.sigma=0.3,iterations=3",
                      self.seedbed("report", self.output).stdout)


if __name__ == "__main__":
    unittest.main()
