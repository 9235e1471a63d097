"""One and the same files, read by h5py, netCDF4, xarray, ncdump, h5dump and R: the same shapes, the
same numbers to the bit, the same strings; and those are the ones that were written."""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import xarray as xr

import reading
from program import SEEDBED

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
HERE = pathlib.Path(__file__).parent
# Episodes of different lengths, two discrete and one real stage after another, three axes' lengths
# that differ, contributions, a cell that diverges (NaN).
SUITE = """
title = "Viele Leser: π ≠ 3"
seed = 3
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 20
[policy]
plugin = "linear-softmax"
[[stage]]
name = "train"
kind = "learn"
iterations = 5
episodes = 4
optimizer = { plugin = "sgd", step = 0.1 }
estimator = { plugin = "reward-to-go", baseline = "leave-one-out" }
[[stage]]
name = "measure"
kind = "gradient"
batches = 12
episodes = 4
estimators = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }, "gae"]
reference_batches = 64
[[stage]]
name = "test"
kind = "evaluate"
after = "train"
theta = { stage = "train", checkpoint = "last" }
episodes = 7
[sweep]
"optimizer.step" = [0.1, 1.0, 1e300]
[record]
trajectories = "all"
gradients = { every = 1, contributions = true }
"""


class AnyReader(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = folder = pathlib.Path(temporary.name)
        subprocess.run([BUILD / "tests" / "readers_fixture", folder], check=True)
        (folder / "suite.toml").write_text(SUITE)
        subprocess.run([SEEDBED, "run", folder / "suite.toml", "--output", folder / "out", "-q",
                        "--jobs", "1"], check=True, stdout=subprocess.DEVNULL)
        runs = folder / "out" / "runs"
        cls.known = [folder / "runs" / "c1" / "r1.h5", folder / "results.h5"]
        cls.files = cls.known + [folder / "out" / "results.h5"] + [
            sorted((runs / stage).glob("*/r0001.h5"))[0] for stage in ("train", "measure", "test")]
        cls.h5py = {path: reading.by_h5py(path) for path in cls.files}

    def compare(self, path, got, leave=()):
        want = self.h5py[path]
        self.assertEqual(set(got), {name for name in want if name not in leave}, path)
        for name, (shape, data) in got.items():
            self.assertEqual(shape or (1,), want[name][0] or (1,), f"{path} {name}")
            if want[name][1].dtype == object:
                self.assertEqual(list(data), list(want[name][1]), f"{path} {name}")
            else:
                # NaN and -0.0 count; a dump does not say which NaN.
                a, b = np.asarray(data, float), np.asarray(want[name][1], float)
                a, b = [np.where(np.isnan(x), np.nan, x).view(np.int64) for x in (a, b)]
                np.testing.assert_array_equal(a, b, f"{path} {name}")

    def test_netcdf4_reads_all_of_every_file(self):
        for path in self.files:
            self.compare(path, reading.by_netcdf4(path))

    def test_h5dump_reads_all_of_every_file(self):
        for path in self.files:
            self.compare(path, reading.by_h5dump(path))

    def test_ncdump_reads_all_of_every_file(self):
        for path in self.files:
            self.compare(path, reading.by_ncdump(path))

    def test_r_reads_all_of_every_file_with_dimensions_in_reverse(self):
        script = subprocess.run(["Rscript", HERE / "read_all.R", *self.files], capture_output=True,
                                text=True, timeout=120, env={**os.environ, "LC_ALL": "C.UTF-8"})
        self.assertEqual(script.returncode, 0, script.stderr)
        self.assertIn("R reads what was written", script.stdout)
        for path in self.files:
            self.compare(path, reading.by_r(path, "hdf5r"))
            got = reading.by_r(path, "ncdf4")  # which lists coordinates elsewhere
            self.compare(path, got, set(self.h5py[path]) - set(got))
            self.assertGreater(len(got), 5)

    def test_xarray_reads_every_group_of_every_file_with_both_engines(self):
        for path in self.files:
            for group in {name.rsplit("/", 1)[0] for name in self.h5py[path]}:
                for engine in "netcdf4", "h5netcdf":
                    more = {"decode_vlen_strings": True} if engine == "h5netcdf" else {}
                    with xr.open_dataset(path, group=group, engine=engine, **more) as data:
                        self.compare_group(path, group, data)

    def compare_group(self, path, group, data):
        for name, variable in data.variables.items():
            shape, want = self.h5py[path].get(f"{group}/{name}", (None, None))
            if shape is None:  # a scale of the group around
                continue
            self.assertEqual(variable.shape, shape, f"{path} {group}/{name}")
            values = np.ravel(variable.values)
            if want.dtype == object:
                self.assertEqual(list(values), list(want), f"{path} {group}/{name}")
            else:
                np.testing.assert_array_equal(values, want, f"{path} {group}/{name}")

    def test_the_numbers_are_the_ones_that_were_written(self):
        run, results = (self.h5py[path] for path in self.known)
        i, e, u, p = np.meshgrid(range(21), range(2), range(4), range(3), indexing="ij")
        shape, data = run["/gradient/contribution"]
        self.assertEqual(shape, (21, 2, 4, 3))
        np.testing.assert_array_equal(data, (i + 0.1 * p + 100 * u + 1000 * e).ravel())
        i = np.arange(21.0)
        rows = np.stack([i, i + .5, -i, 1000 + i, i * np.nan, 0 * i + .1], 1).reshape(21, 2, 3)
        np.testing.assert_array_equal(run["/gradient/mean"][1], rows.ravel())
        np.testing.assert_array_equal(run["/gradient/count"][1].reshape(21, 2).T, [0 * i + 8, 9 + i])
        np.testing.assert_array_equal(run["/learning/return_mean"][1], -200 + i + 0.125)
        # Two observations of five steps; columns in memory, the second episode first.
        self.assertEqual(run["/trajectories/observation"][0], (105, 2))
        np.testing.assert_array_equal(run["/trajectories/observation"][1],
                                      list(np.stack([np.arange(5), 10 + np.arange(5)], 1).ravel())
                                      * 21)
        np.testing.assert_array_equal(run["/trajectories/action"][1], [-.5, -1, -2, -3, -4] * 21)
        np.testing.assert_array_equal(run["/trajectories/final_observation"][1], [20, 30, 21, 31] * 21)
        np.testing.assert_array_equal(run["/trajectories/row_size"][1], [3, 2] * 21)
        np.testing.assert_array_equal(run["/trajectories/truncated"][1], [0, 1] * 21)
        self.assertEqual(list(run["/policy/parameter"][1]), ["K[0,0]", "K[0,1]", "σ"])
        self.assertEqual(run["/provenance/resolved"][1][0], 'seed = 1\nname = "π"\n')
        # (estimator, step, replicate, iteration): cell c starts at -100 (c + 1), has 20 + c iterations.
        shape, data = results["/learn/return_mean"]
        self.assertEqual(shape, (2, 3, 2, 25))
        c, r, i = np.meshgrid(range(6), range(2), range(25), indexing="ij")
        want = np.where(i < 20 + c, -100. * (c + 1) + i + 0.125 * r, np.nan)
        np.testing.assert_array_equal(data, want.ravel())
        self.assertEqual(list(results["/learn/optimizer_step"][1]), ["1e-4", "3e-4", "1e-3"])
        self.assertEqual(list(results["/gradient/variance_trace"][1]), [200, 30, 201, 30, 202, 30])


if __name__ == "__main__":
    sys.exit(unittest.main())
