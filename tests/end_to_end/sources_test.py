"""sources = M in a gradient stage: the split of the variance by source, in results.h5."""
import unittest

import h5py
import numpy

from program import Program

SUITE = """
title = "Sources"
seed = 7
replicates = 2
[environment]
plugin = "tabular"
model = "D2.csv"
[objective]
horizon = 3
discount = 0.9
[policy]
plugin = "tabular-softmax"
[gradient]
batches = 4
episodes = 8
sources = 50
estimators = ["reinforce", { plugin = "reinforce", baseline = "leave-one-out" }, "all-action"]
"""


class Sources(Program):
    def run_suite(self, name, *words):
        self.suite.write_text(SUITE)
        self.seedbed("run", self.suite, "--output", self.folder / name, "-q", *words)
        return h5py.File(self.folder / name / "results.h5")["gradient"]

    def test_the_parts_are_labelled_and_sum_to_the_variance_of_each_replicate(self):
        gradient = self.run_suite("one")
        self.assertEqual(gradient["source"].asstr()[:].tolist(),
                         ["initial", "action 0", "transition 0", "action 1", "transition 1",
                          "action 2", "transition 2"])
        parts, total = gradient["source_variance"][()], gradient["source_total"][()]
        self.assertEqual(parts.shape, (2, 3, 7))  # replicate, estimator, source
        numpy.testing.assert_allclose(parts.sum(axis=-1), total, rtol=1e-12)
        self.assertNotEqual(total[0, 0], total[1, 0])
        self.assertTrue((gradient["source_variance_se"][:, 0, :4] > 0).all())

    def test_an_estimator_that_has_no_parts_is_nan_and_the_others_are_not(self):
        gradient = self.run_suite("one")
        for name in "source_variance", "source_variance_se", "source_total":
            self.assertTrue(numpy.isnan(gradient[name][()][:, 1]).all(), name)
            self.assertTrue(numpy.isfinite(gradient[name][()][:, ::2]).all(), name)

    def test_sources_are_off_by_default_and_leave_every_other_number_as_it_is(self):
        off, on = self.run_suite("off", "--set", "sources=0"), self.run_suite("on")
        self.assertNotIn("source_variance", off)
        self.assertGreater(len(off), 10)
        for name in (name for name in off if off[name].dtype.kind in "fi"):
            self.assertEqual(off[name][()].tobytes(), on[name][()].tobytes(), name)


if __name__ == "__main__":
    unittest.main()
