"""`seedbed certify`: every shipped estimator passes, and every planted bug fails with exit code 4."""
import json
import math
import os
import pathlib
import shutil
import tempfile
import unittest

from program import Program

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
PROCESSES = BUILD / "share/seedbed/processes"
BASELINES = ("none", "{plugin=\"constant\",value=0.3}", "previous-batch-mean", "leave-one-out",
             "batch-mean")


# Each shipped estimator as it comes, and in the forms that are another estimator.
FORMS = {
    "reinforce": [f"baseline={b}" for b in BASELINES],
    "reward-to-go": [f"baseline={b}" for b in BASELINES],
    "natural": ["baseline=leave-one-out"],
    "gae": ["lambda=1", "bootstrap=false"],
    "central-differences": ["common_noise=false"],
    "forward-differences": ["common_noise=false"],
    "pgpe": ["common_noise=false", "sigma=0.5"],
    "svrpg": ["factor=2"],
}
BUGS = ("late-discount", "one-fewer", "dropped-last-step", "early-credit", "sign", "no-discount",
        "own-baseline", "mean-of-others", "normalised", "batch-mean", "bootstrapped-end",
        "clipped-action", "in-sample-optimum", "misjudged-bias", "inconsistent")


class Certify(Program):
    def certify(self, name, *words, code=0):
        return json.loads(self.seedbed("certify", name, "--json", *words, code=code).stdout)

    def shipped(self):
        listed = json.loads(self.seedbed("plugins", "--json").stdout)
        plugins = listed["plugins"] if isinstance(listed, dict) else listed
        return [p["name"] for p in plugins if p["kind"] == "estimator"]

    def test_every_shipped_estimator_is_what_it_declares(self):
        names = self.shipped()
        self.assertIn("reinforce", names)
        for name in names:
            for form in [[]] + [["--set", each] for each in FORMS.get(name, [])]:
                found = self.certify(name, *form)
                self.assertTrue(found["passed"], found["verdict"])
                enumerated = {f["process"] for f in found["findings"]}
                self.assertGreaterEqual(len(enumerated), 1 if name == "svrpg" else 2, name)

    def test_a_baseline_decides_the_class(self):
        for name in ("reinforce", "reward-to-go"):
            for baseline in BASELINES:
                found = self.certify(name, "--set", f"baseline={baseline}")
                declared = "biased" if baseline == "batch-mean" else "unbiased"
                self.assertEqual(found["declared"], declared)
                biased = [f for f in found["findings"] if not f["unbiased"]]
                self.assertEqual(bool(biased), declared == "biased")

    def test_the_batch_mean_is_biased_by_exactly_one_nth(self):
        found = self.certify("reinforce", "--set", "baseline=batch-mean")
        self.assertIn("and exactly so on every process", found["verdict"])
        self.assertAlmostEqual(found["declared_relative_bias"], -1 / 3)  # of the largest N
        for f in found["findings"]:
            for gradient, bias in zip(f["estimand"], f["bias"]):
                self.assertAlmostEqual(bias, -gradient / f["N"], delta=1e-12)

    def test_every_planted_bug_fails(self):
        planted = ("--plugin-path", BUILD / "planted")
        for bug in BUGS:
            found = self.certify(f"planted-{bug}", *planted, code=4)
            self.assertTrue(found["verdict"].startswith("FAIL"), found["verdict"])
        self.assertTrue(self.certify("planted-none", *planted)["passed"])

    def test_noise_of_a_plan_is_signs_too(self):
        found = self.certify("planted-signs", "--plugin-path", BUILD / "planted")
        on_bandit = [f for f in found["findings"] if f["process"] == "bandit"]
        # Both arms move by delta: E g = gap [p(x + 2 delta) - p(x - 2 delta)] / 4 delta, where the
        # signs differ, and 0 where they agree, each half of the time.
        p, x, delta, gap = lambda z: 1 / (1 + math.exp(-z)), 0.7, 0.05, 0.8
        mean = gap * (p(x + 2 * delta) - p(x - 2 * delta)) / (2 * delta) / 2
        f = on_bandit[0]
        self.assertAlmostEqual(f["estimand"][0] + f["bias"][0], mean, delta=1e-13)
        self.assertNotEqual(f["bias"][0], 0.0)

    def test_the_mean_of_a_wrong_field_is_the_gradient_of_nothing(self):
        for name, words in (("reinforce-optimal", ()), ("reward-to-go", ())):
            text = self.seedbed("certify", name, *words).stdout
            self.assertEqual("gradient of nothing" in text, name == "reinforce-optimal")

    def test_what_is_left_out_is_said(self):
        text = self.seedbed("certify", "svrpg").stdout
        self.assertIn("left out (too many batches to enumerate): bandit N = 2", text)
        text = self.seedbed("certify", "pathwise").stdout
        self.assertIn("environment 'tabular' does not): bandit, early-end", text)

    def test_one_process_of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in ("bandit", "regulator"):
                shutil.copy(PROCESSES / f"{name}.toml", folder)
            self.assertTrue(self.certify("pathwise", "--processes", folder)["findings"])
            os.remove(pathlib.Path(folder) / "regulator.toml")
            refused = self.seedbed("certify", "pathwise", "--processes", folder, code=2).stderr
            self.assertIn("estimator 'pathwise' needs an environment", refused)

    def test_an_estimator_that_is_no_plugin_and_a_setting_that_is_none_are_errors(self):
        self.assertIn("reward-to-go", self.seedbed("certify", "reward-to-gone", code=3).stderr)
        self.assertIn("baseline",
                      self.seedbed("certify", "reinforce", "--set", "baselin=none", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
