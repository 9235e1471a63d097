"""Result files as other programs see them: h5py, netCDF4, h5netcdf and xarray."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import netCDF4
import numpy as np
import xarray as xr

FIXTURE = pathlib.Path(os.environ["SEEDBED_BUILD"]) / "tests" / "readers_fixture"
ENGINES = "netcdf4", "h5netcdf"


def open_group(path, group, engine):
    more = {"decode_vlen_strings": True} if engine == "h5netcdf" else {}
    return xr.open_dataset(path, group=group, engine=engine, **more)


class Readers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        subprocess.run([FIXTURE, cls.folder], check=True)
        cls.run_file = cls.folder / "runs" / "c1" / "r1.h5"
        cls.results = cls.folder / "results.h5"

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def test_h5py_reads_every_dataset_and_finds_its_scales(self):
        with h5py.File(self.run_file) as file:
            self.assertEqual(file.attrs["Conventions"], "CF-1.10")
            self.assertEqual(file.attrs["replicate"], 1)
            self.assertEqual(file.attrs["title"], "Ein Titel: π")
            self.assertEqual(file["provenance/resolved"].asstr()[()], 'seed = 1\nname = "π"\n')
            self.assertEqual(file["provenance/diff"].asstr()[()], "")
            self.assertEqual(file["gradient/contribution"].shape, (21, 2, 4, 3))
            self.assertEqual([d.label or d[0].name for d in file["gradient/mean"].dims],
                             ["/gradient/iteration", "/gradient/estimator", "/gradient/parameter"])
            self.assertEqual(list(file["gradient/parameter"].asstr()), ["K[0,0]", "K[0,1]", "σ"])
            np.testing.assert_array_equal(file["gradient/mean"][3, 0], [3, 3.5, -3])

    def test_h5py_reads_ragged_episodes_in_order(self):
        with h5py.File(self.run_file) as file:
            group = file["trajectories"]
            np.testing.assert_array_equal(
                group["observation"][:5], [[0, 10], [1, 11], [2, 12], [3, 13], [4, 14]])
            np.testing.assert_array_equal(group["row_size"][:2], [3, 2])
            np.testing.assert_array_equal(group["terminated"][:2], [1, 0])
            np.testing.assert_array_equal(group["final_observation"][0], [20, 30])
            self.assertEqual(list(group["observation_units"].asstr()), ["m", "m/s"])

    def test_netcdf_reads_every_variable_of_every_group(self):
        def walk(group):
            yield from group.variables.values()
            for below in group.groups.values():
                yield from walk(below)
        for path in self.run_file, self.results, self.folder / "long.h5":
            with netCDF4.Dataset(path) as file, h5py.File(path) as same:
                count = 0
                for variable in walk(file):
                    name = f"{variable.group().path}/{variable.name}"
                    values = variable[...]
                    want = same[name]
                    self.assertEqual(variable.shape, want.shape, name)
                    if want.dtype.kind in "fiu":
                        np.testing.assert_array_equal(np.ma.filled(values, np.nan), want[()], name)
                    count += 1
                expected = []
                same.visititems(lambda _, x: expected.append(x) if isinstance(x, h5py.Dataset)
                                else None)
                self.assertEqual(count, len(expected))

    def test_xarray_opens_a_run_with_both_engines(self):
        for engine in ENGINES:
            with open_group(self.run_file, "gradient", engine) as data:
                self.assertEqual(data["mean"].dims, ("iteration", "estimator", "parameter"))
                self.assertEqual(float(data["mean"].sel(estimator="reinforce", parameter="σ",
                                                        iteration=4)), -4)
            with open_group(self.run_file, "learning", engine) as data:
                self.assertEqual(data.return_mean.attrs["units"], "1")
                self.assertEqual(data.sizes["iteration"], 21)
            with open_group(self.run_file, "timing", engine) as data:
                self.assertEqual(float(data.wall_seconds[0]), 0.5)
            with open_group(self.run_file, "trajectories", engine) as data:
                self.assertEqual(data.observation.dims, ("step", "obs"))
                self.assertEqual(float(data.observation.sel(obs="velocity")[0]), 10)
                self.assertEqual(data.row_size.attrs["sample_dimension"], "step")

    def test_the_sentence_of_the_readme_works_with_both_engines(self):
        for engine in ENGINES:
            with open_group(self.results, "learn", engine) as data:
                mean = data.return_mean.sel(estimator="reward-to-go").mean("replicate")
                self.assertEqual(mean.dims, ("optimizer_step", "iteration"))
                # cell 4: base -500, replicates 0 and 0.125 above it, iterations 0 .. 23
                curve = mean.sel(optimizer_step="3e-4")
                self.assertEqual(float(curve.sel(iteration=2)), -500 + 2 + 0.0625)
                self.assertTrue(np.isnan(curve.sel(iteration=24)))
                self.assertEqual(data.optimizer_step.attrs["long_name"], "optimizer.step")
                self.assertEqual(data.sizes, {"estimator": 2, "optimizer_step": 3, "replicate": 2,
                                              "iteration": 25, "parameter": 3})
                self.assertEqual(float(data.theta_final.sel(parameter="K[0,0]")[1, 2, 0]), -600)
                self.assertEqual(int(data.present.sum()), 12)
            with open_group(self.results, "gradient", engine) as data:
                self.assertEqual(float(data["mean"].sel(replicate=2, estimator="reward-to-go",
                                                        parameter="K[0,1]")), 5)
                self.assertEqual(data.attrs["reference_kind"], "exact")

    def test_tasks_and_summary_are_tables_of_xarray(self):
        for engine in ENGINES:
            with open_group(self.results, "tasks", engine) as data:
                frame = data.to_dataframe()
                self.assertEqual(len(frame), 15)
                self.assertEqual(frame.task[3], "task-c1-1")
                self.assertEqual(frame.file[3], "runs/c1/r1.h5")
                self.assertEqual(set(frame.status), {"done"})
            with open_group(self.results, "summary/learn", engine) as data:
                # cell 0: 20 iterations, final = mean of the last two
                self.assertEqual(float(data.return_final[0, 0]), -100 + 18.5 + 0.0625)
                self.assertAlmostEqual(float(data.return_final_half_width[0, 0]),
                                       12.7062047362 * 0.125 / 2, 9)
            with open_group(self.results, "summary/gradient", engine) as data:
                self.assertEqual(float(data.variance_trace.sel(estimator="reinforce")), 201)

    def test_a_run_without_iterations_or_episodes_opens(self):
        for engine in ENGINES:
            for group in "learning", "gradient", "policy", "trajectories":
                with open_group(self.folder / "empty.h5", group, engine) as data:
                    data.load()
                    if group == "gradient":
                        self.assertEqual(data["mean"].shape, (0, 2, 3))

    def test_long_columns_read_the_same_with_both_engines(self):
        for engine in ENGINES:
            with open_group(self.folder / "long.h5", "trajectories", engine) as data:
                self.assertEqual(data.sizes["step"], 200000)
                np.testing.assert_array_equal(data.reward[-5:], [0, 2, 4, 6, 8])
                self.assertEqual(int(data.row_size.sum()), 200000)


if __name__ == "__main__":
    unittest.main()
