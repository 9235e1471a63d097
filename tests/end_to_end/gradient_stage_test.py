"""A gradient stage without an oracle: its reference, its intervals, what the report says of them."""
import unittest

import h5py
import numpy

from program import SUITE as SMALL
from program import Program, datasets

SUITE = """
title = "Cart and pole"
seed = 7
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 40
discount = 0.95
[policy]
plugin = "linear-softmax"
init_scale = 0.5
[gradient]
batches = 60
episodes = 8
reference_error = 0.2
estimators = ["reward-to-go", { plugin = "reinforce", baseline = "batch-mean" }, "natural"]
"""


class GradientStage(Program):
    def setUp(self):
        super().setUp()
        self.suite.write_text(SUITE)

    def run_into(self, name, *words):
        done = self.seedbed("run", self.suite, "--output", self.folder / name, "-q", *words)
        return self.folder / name, done.stdout

    def test_every_quantity_has_its_interval_around_it(self):
        folder, _ = self.run_into("out")
        with h5py.File(next(folder.rglob("r0000.h5"))) as file:
            group = file["gradient"]
            lower = [name[:-6] for name in group if name.endswith("_lower")]
            self.assertGreaterEqual(set(lower), {
                "bias_norm", "variance", "variance_trace", "mse", "snr", "snr_plugin", "cosine",
                "sign_agreement", "pairwise_cosine", "noise_scale", "variance_within",
                "variance_within_ratio", "variance_times_steps", "entropy"})
            for name in lower:
                value, low, high = (group[name + end][()] for end in ("", "_lower", "_upper"))
                known = ~numpy.isnan(low)
                self.assertTrue(numpy.all(low[known] <= value[known]), name)
                self.assertTrue(numpy.all(value[known] <= high[known]), name)
                self.assertTrue(group[name].attrs["long_name"], name)
            self.assertTrue(numpy.isnan(group["cosine"][2]), "natural does not estimate grad J")
            self.assertEqual(group["fisher_spectrum"].shape, group["parameter"].shape)
            self.assertIn("variance_times_seconds", file["timing"])

    def test_without_an_oracle_the_reference_is_a_mean_with_its_standard_error(self):
        folder, text = self.run_into("out")
        with h5py.File(next(folder.rglob("r0000.h5"))) as file:
            group = file["gradient"]
            self.assertEqual(group.attrs["reference_kind"], "monte-carlo")
            self.assertLessEqual(group["reference_error"][()], 0.2)
            self.assertIn(group["reference_batches"][()], (64, 128, 256, 512, 600))
            self.assertTrue(numpy.all(group["reference_se"][()] > 0))
            relative = numpy.sum(group["reference_se"][()] ** 2) / (
                numpy.sum(group["reference"][()] ** 2) - numpy.sum(group["reference_se"][()] ** 2))
            self.assertAlmostEqual(group["reference_error"][()], relative ** 0.5, places=12)
        self.assertIn("Reference gradient: monte-carlo, relative error 0.", text)
        self.assertNotIn("not the", text)

    def test_a_reference_that_is_not_good_enough_is_said_to_be_so(self):
        _, text = self.run_into("out", "--set", "gradient.reference_error=1e-3",
                                "--set", "gradient.reference_batches=10")
        self.assertIn("which is not the 0.0010 that was asked for", text)

    def test_without_a_reference_the_signal_is_the_plug_in(self):
        folder, text = self.run_into("out", "--set", "gradient.reference_batches=0")
        self.assertIn("SNR (plug-in)", text)
        self.assertIn("Reference gradient: none.", text)
        with h5py.File(next(folder.rglob("r0000.h5"))) as file:
            self.assertTrue(numpy.all(numpy.isnan(file["gradient/bias_p"][()])))
            self.assertFalse(numpy.any(numpy.isnan(file["gradient/snr_plugin"][()])))

    def test_one_worker_and_two_give_the_same_results_bit_for_bit(self):
        (one, _), (two, _) = self.run_into("one", "--jobs", "1"), self.run_into("two", "--jobs", "2")
        one, two = datasets(one / "results.h5"), datasets(two / "results.h5")
        self.assertGreater(len(one), 60)
        self.assertEqual(one, two)

    def test_p_values_of_replicates_are_combined_and_the_csv_has_every_quantity(self):
        folder, _ = self.run_into("out")
        p = []
        for path in sorted(folder.rglob("r000*.h5")):
            with h5py.File(path) as file:
                p.append(file["gradient/bias_p"][0])
        x = -numpy.log(p[0] * p[1])  # chi^2 of 4: P(2x or more) = e^-x (1 + x)
        with h5py.File(folder / "results.h5") as file:
            self.assertAlmostEqual(file["summary/gradient/bias_p"][0],
                                   numpy.exp(-x) * (1 + x), places=7)
        header = (folder / "report" / "table.csv").read_text().splitlines()[0].split(",")
        self.assertEqual(header[:3], ["estimator", "|bias|", "p"])
        self.assertIn("noise_scale_half_width", header)
        self.assertEqual(len(header), len(set(header)))

    def exact_and_measured(self, text):
        """Of each estimator: the exact variance of its batch, the measured one, its interval."""
        self.suite.write_text(text)
        folder, _ = self.run_into("exact")
        with h5py.File(folder / "results.h5") as file:
            summary = file["summary/gradient"]
            figure = (folder / "report/variances.csv").read_text()
            names = list(summary["estimator"].asstr())
            exact = summary["variance_trace_exact"][()]
            for name, value in zip(names, exact):
                marked = f",{name},,exact,{value:.7g},,\n" in figure
                self.assertEqual(marked, not numpy.isnan(value), name)
            return dict(zip(names, zip(exact, *(summary["variance_trace" + end][()] for end in
                                                ("", "_lower", "_upper")))))

    def check_exact(self, found, known):
        for name, (exact, value, lower, upper) in found.items():
            with self.subTest(name):
                if name not in known:
                    self.assertTrue(numpy.isnan(exact))
                else:  # three half widths of its 95 % interval
                    self.assertLess(abs(value - exact), 1.5 * (upper - lower))

    def test_the_exact_variance_stands_beside_the_measured_one_on_a_regulator(self):
        regulator = SMALL.split("[learn]")[0].replace("sigma = 0.3", "sigma = 0.04")
        found = self.exact_and_measured(regulator + """
[gradient]
batches = 2000
episodes = 8
estimators = ["reinforce", "reward-to-go", "pathwise",
              { plugin = "reinforce", baseline = "leave-one-out" }]
""")
        self.check_exact(found, {"reinforce", "reward-to-go", "pathwise"})
        # design/estimators.md: component 0 of one trajectory; component 1 adds a little
        for name, of_one in {"reinforce": 2.163e6, "reward-to-go": 1.065e6,
                             "pathwise": 3.371e4}.items():
            self.assertAlmostEqual(found[name][0] * 8 / of_one, 1.005, delta=0.006)

    def test_the_exact_variance_stands_beside_the_measured_one_on_a_finite_process(self):
        found = self.exact_and_measured("""
title = "Finite"
seed = 7
replicates = 1
[environment]
plugin = "tabular"
model = "D2.csv"
[objective]
horizon = 10
discount = 0.9
[policy]
plugin = "tabular-softmax"
[gradient]
batches = 2000
episodes = 8
estimators = ["reinforce", "reward-to-go", "all-action", "gae"]
""")
        self.check_exact(found, {"reinforce", "reward-to-go", "all-action"})

    def test_mirrored_episodes_are_not_independent_and_have_no_exact_variance(self):
        text = SUITE.replace('plugin = "cartpole"', 'plugin = "tabular"\nmodel = "D2.csv"').replace(
            'plugin = "linear-softmax"\ninit_scale = 0.5', 'plugin = "tabular-softmax"').replace(
            "reference_error = 0.2\n", "antithetic = true\n").replace(
            '{ plugin = "reinforce", baseline = "batch-mean" }, "natural"', '"reinforce"')
        self.suite.write_text(text)
        folder, _ = self.run_into("mirrored")
        with h5py.File(folder / "results.h5") as file:
            self.assertNotIn("variance_trace_exact", file["gradient"])


if __name__ == "__main__":
    unittest.main()
