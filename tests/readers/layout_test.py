"""Every dataset of real files: units, long_name, scales, chunks, and none of the types that some
reader cannot read; every group that viewers are shown has what they look for."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import numpy as np

from any_reader_test import SUITE
from program import SEEDBED

# What a run file of each kind has, from the design of the results; and its dimensions.
LAYOUT = {
    "train": {
        "learning": {name: ("iteration",) for name in (
            "env_steps", "return_mean", "return_std", "return_min", "return_max",
            "episode_length_mean", "gradient_norm", "entropy")},
        "gradient": {"mean": ("iteration", "estimator", "parameter"),
                     "variance": ("iteration", "estimator", "parameter"),
                     "count": ("iteration", "estimator"),
                     "contribution": ("iteration", "estimator", "unit", "parameter")},
        "policy": {"theta": ("checkpoint", "parameter")},
        "timing": {"wall_seconds": ("iteration",), "cpu_seconds": ("iteration",)},
        "trajectories": {
            "row_size": ("episode",), "iteration": ("episode",), "terminated": ("episode",),
            "truncated": ("episode",), "observation": ("step", "obs"), "action": ("step", "act"),
            "reward": ("step",), "log_prob": ("step",), "final_observation": ("episode", "obs"),
            "episode_return": ("episode",), "noise_episode": ("episode",),
            "observation_units": ("obs",), "observation_low": ("obs",), "action_units": ("act",)},
    },
    "measure": {
        "gradient": {**{name: ("estimator", "parameter") for name in (
            "mean", "mean_se", "variance", "variance_lower", "variance_upper", "bias")},
                     **{name + end: ("estimator",) for end in ("", "_lower", "_upper")
                        for name in ("bias_norm", "variance_trace", "mse", "snr", "cosine")},
                     "count": ("estimator",), "reference": ("parameter",),
                     "reference_se": ("parameter",)},
        "policy": {"theta": ("checkpoint", "parameter")},
        "trajectories": {"observation": ("step", "obs")},
    },
    "test": {"evaluation": {"return_mean": ()}, "policy": {"theta": ("checkpoint", "parameter")}},
}


class Layout(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        folder = pathlib.Path(temporary.name)
        (folder / "suite.toml").write_text(SUITE)
        subprocess.run([SEEDBED, "run", folder / "suite.toml", "--output", folder / "out", "-q"],
                       check=True, stdout=subprocess.DEVNULL)
        fixture = pathlib.Path(os.environ["SEEDBED_BUILD"]) / "tests" / "readers_fixture"
        subprocess.run([fixture, folder / "fixture"], check=True)
        cls.runs = {stage: sorted((folder / "out" / "runs" / stage).glob("*/r0001.h5"))[0]
                    for stage in LAYOUT}
        cls.results, cls.long = folder / "out" / "results.h5", folder / "fixture" / "long.h5"
        cls.files = [*cls.runs.values(), cls.results, cls.long]

    def each(self, kind):
        for path in self.files:
            with h5py.File(path) as file:
                found = [file]
                file.visititems(lambda _, item: found.append(item))
                for item in found:
                    if isinstance(item, kind):
                        yield f"{path.name} {item.name}", item

    def dimensions(self, item):
        if h5py.h5ds.is_scale(item.id):
            return (item.name.rsplit("/", 1)[1],)
        return tuple(dim[0].name.rsplit("/", 1)[1] if len(dim) else None for dim in item.dims)

    def test_every_dataset_has_units_and_a_long_name(self):
        for where, item in self.each(h5py.Dataset):
            for name in "units", "long_name":
                self.assertTrue(item.attrs.get(name), f"{where} @{name}")

    def test_every_dimension_has_a_scale_of_its_length(self):
        for where, item in self.each(h5py.Dataset):
            for i, dim in enumerate(() if h5py.h5ds.is_scale(item.id) else item.dims):
                self.assertEqual(len(dim), 1, f"{where} dimension {i}")
                self.assertEqual(dim[0].shape, (item.shape[i],), where)

    def test_no_type_is_there_that_a_reader_cannot_read(self):
        for where, item in self.each(h5py.Dataset):
            kind = item.id.get_type()
            self.assertIn(kind.get_class(), (h5py.h5t.FLOAT, h5py.h5t.INTEGER, h5py.h5t.STRING),
                          where)
            if kind.get_class() == h5py.h5t.STRING:
                self.assertTrue(kind.is_variable_str(), where)
                self.assertEqual(kind.get_cset(), h5py.h5t.CSET_UTF8, where)
            else:
                self.assertIn(item.dtype, (np.float64, np.int64, np.uint8), where)
            self.assertIsNotNone(item.shape, f"{where}: null dataspace")
            self.assertTrue(item.id.get_create_plist().get_nfilters() == 0
                            or item.dtype.kind in "iu", f"{where}: real numbers are plain")
        for where, item in self.each((h5py.Dataset, h5py.Group)):
            for name in item.attrs:
                if name in ("DIMENSION_LIST", "REFERENCE_LIST", "CLASS", "NAME"):
                    continue  # of the HDF5 dimension scales
                self.assertNotEqual(item.attrs.get_id(name).get_space().get_simple_extent_type(),
                                    h5py.h5s.NULL, f"{where} @{name}")
                kind = item.attrs.get_id(name).get_type()
                self.assertIn(kind.get_class(), (h5py.h5t.FLOAT, h5py.h5t.INTEGER, h5py.h5t.STRING))
                if kind.get_class() == h5py.h5t.STRING:
                    self.assertTrue(kind.is_variable_str(), f"{where} @{name}")

    def test_large_arrays_lie_in_chunks_of_256_kib_to_a_mib_or_in_one_piece(self):
        large = 0
        for where, item in self.each(h5py.Dataset):
            if item.dtype == object or item.nbytes < 2 ** 20 or item.chunks is None:
                continue
            large += 1
            chunk = int(np.prod(item.chunks)) * item.dtype.itemsize
            self.assertTrue(2 ** 18 <= chunk <= 2 ** 20, f"{where}: {chunk}")
        self.assertGreater(large, 4)

    def test_a_group_that_viewers_are_shown_has_its_signal_and_axes(self):
        shown = set()
        for where, group in self.each(h5py.Group):
            if group.attrs.get("NX_class") != "NXdata":
                continue
            shown.add(group.name)
            signal = group[group.attrs["signal"]]
            axes = np.atleast_1d(group.attrs["axes"])
            self.assertEqual(len(axes), signal.ndim, where)
            for axis, size in zip(axes, signal.shape):
                if axis != ".":
                    self.assertEqual(group[axis].shape, (size,), where)
                    self.assertIn(group[axis].dtype.kind, "if", where)
        self.assertGreaterEqual(shown, {"/learning", "/gradient", "/policy", "/trajectories", "/timing",
                                        "/train", "/measure"})

    def test_the_layout_of_the_page_is_in_every_kind_of_run_file(self):
        for stage, path in self.runs.items():
            with h5py.File(path) as file:
                for name in ("Conventions", "seedbed_result_version", "task", "cell", "replicate",
                             "status", "title"):
                    self.assertIn(name, file.attrs)
                self.assertEqual(file.attrs["Conventions"], "CF-1.10")
                for name in "suite", "resolved", "build", "plugins", "noise":
                    self.assertEqual(file["provenance"][name].shape, (), name)
                for group, datasets in LAYOUT[stage].items():
                    for name, dims in datasets.items():
                        self.assertEqual(self.dimensions(file[group][name]), dims,
                                         f"{stage} /{group}/{name}")

    def test_ragged_episodes_are_those_of_the_cf_conventions(self):
        with h5py.File(self.runs["train"]) as file:
            group = file["trajectories"]
            self.assertEqual(group.attrs["featureType"], "trajectory")
            self.assertEqual(group["row_size"].attrs["sample_dimension"], "step")
            self.assertEqual(group["row_size"][:].sum(), len(group["step"]))
            self.assertEqual(len(group["row_size"]), len(group["episode"]))
            self.assertEqual(set(group["terminated"][:] + group["truncated"][:]), {1})
            self.assertEqual(group["observation"].attrs["space"], "box")
            self.assertEqual((group["action"].attrs["space"], group["action"].attrs["count"]),
                             ("discrete", 2))
            self.assertEqual(file["gradient/contribution"].shape[2], 4)
            np.testing.assert_allclose(file["gradient/contribution"][:].mean(axis=2),
                                       file["gradient/mean"][:], rtol=1e-12)

    def test_results_are_hypercubes_over_the_sweep_with_a_mask(self):
        with h5py.File(self.results) as file:
            for stage, quantity in (("train", "return_mean"), ("test", "return_mean")):
                dims = self.dimensions(file[stage][quantity])
                self.assertEqual(dims[:2], ("optimizer_step", "replicate"))
                self.assertEqual(file[stage]["present"].shape, (3, 2))
            self.assertEqual(self.dimensions(file["measure/mean"])[-3:],
                             ("replicate", "estimator", "parameter"))
            for name in "stage", "cell", "replicate", "task", "status", "file":
                self.assertEqual(self.dimensions(file["tasks"][name]), ("row",))
            self.assertGreaterEqual(set(file["summary"]), {"train", "measure", "test"})


if __name__ == "__main__":
    unittest.main()
