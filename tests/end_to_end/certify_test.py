"""`seedbed certify`: every shipped estimator passes, and every planted bug fails with exit code 4."""
import json
import os
import pathlib
import unittest

from program import Program

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
BASELINES = ("none", "{plugin=\"constant\",value=0.3}", "previous-batch-mean", "leave-one-out",
             "batch-mean")


# What no enumeration of trajectories can feed: they wait for quadrature over noise and theta.
PLANNERS = ("central-differences", "forward-differences", "pgpe", "svrpg")
NEEDS_MORE = ("pathwise",)


class Certify(Program):
    def certify(self, name, *words, code=0):
        return json.loads(self.seedbed("certify", name, "--json", *words, code=code).stdout)

    def refusal(self, name):
        return self.seedbed("certify", name, code=2).stderr

    def shipped(self):
        listed = json.loads(self.seedbed("plugins", "--json").stdout)
        plugins = listed["plugins"] if isinstance(listed, dict) else listed
        return [p["name"] for p in plugins if p["kind"] == "estimator"]

    def test_every_shipped_estimator_is_what_it_declares(self):
        names = self.shipped()
        self.assertIn("reinforce", names)
        for name in names:
            if name in PLANNERS:
                self.assertIn("got one that plans its own", self.refusal(name))
            elif name in NEEDS_MORE:
                self.assertIn(f"estimator '{name}' needs", self.refusal(name))
            else:
                found = self.certify(name)
                self.assertTrue(found["passed"], found["verdict"])
                self.assertGreater(len(found["findings"]), 5)

    def test_a_baseline_decides_the_class(self):
        for name in ("reinforce", "reward-to-go"):
            for baseline in BASELINES:
                found = self.certify(name, "--set", f"baseline={baseline}")
                self.assertTrue(found["passed"], found["verdict"])
                declared = "biased" if baseline == "batch-mean" else "unbiased"
                self.assertEqual(found["declared"], declared)
                biased = [f for f in found["findings"] if not f["unbiased"]]
                self.assertEqual(bool(biased), declared == "biased")

    def test_the_batch_mean_is_biased_by_exactly_one_nth(self):
        for f in self.certify("reinforce", "--set", "baseline=batch-mean")["findings"]:
            for gradient, bias in zip(f["gradient"], f["bias"]):
                self.assertAlmostEqual(bias, -gradient / f["N"], delta=1e-12)

    def test_every_planted_bug_fails(self):
        bugs = ("late-discount", "one-fewer", "dropped-last-step", "early-credit", "sign",
                "no-discount", "own-baseline", "mean-of-others", "normalised", "batch-mean")
        planted = ("--plugin-path", BUILD / "planted")
        for bug in bugs:
            found = self.certify(f"planted-{bug}", *planted, code=4)
            self.assertIn("FAIL", found["verdict"])
        self.assertTrue(self.certify("planted-none", *planted)["passed"])

    def test_an_estimator_that_is_no_plugin_and_a_setting_that_is_none_are_errors(self):
        self.assertIn("reward-to-go", self.seedbed("certify", "reward-to-gone", code=3).stderr)
        self.assertIn("baseline",
                      self.seedbed("certify", "reinforce", "--set", "baselin=none", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
