"""`seedbed check`: every shipped library passes, and each plugin wrong on purpose is caught."""
import concurrent.futures
import json
import os
import pathlib
import unittest

from program import Program

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
SHIPPED = sorted((BUILD / "lib/seedbed/plugins").glob("*.so"))
WRONG = BUILD / "wrong"
QUICK = ("--time-limit", 4, "--memory-limit", 512)

# What the required parameters of a shipped plugin may be.
SETTINGS = {
    "linear-quadratic": ["A=[[1.0,1.0],[0.0,1.0]]", "B=[[0.0],[1.0]]", "R=[[1.0]]",
                         "x0=[-1.0,0.0]", "W=[[1e-4,0.0],[0.0,1e-4]]"],
    "tabular": ["model=D2.csv"],
    "constant": ["value=0.3"],
}

# plugin, the case that catches it, what the message says
CAUGHT = {
    "wrong_environments": [
        ("throws", "outputs-are-finite", "step: thrown on purpose"),
        ("crashes", "outputs-are-finite", "stopped by SIGSEGV"),
        ("hangs", "outputs-are-finite", "no answer in 4 s"),
        ("hoards", "outputs-are-finite", "out of memory"),
        ("exits", "outputs-are-finite", "ended without an answer"),
        ("nan", "outputs-are-finite", "got nan in state 0 (step 0 of the walk, lane 41: state ("),
        ("hidden-state", "same-inputs-give-the-same-bits", "state after step, row 0, column 0"),
        ("rand", "same-inputs-give-the-same-bits", "state after step, row 0, column 0"),
        ("time", "another-process-in-another-second-gives-the-same-bits", "a second apart"),
        ("address", "another-process-in-another-second-gives-the-same-bits", "a second apart"),
        ("lane", "permuted-lanes-give-the-same-bits", "law 'permuted lanes give the same bits'"),
        ("lane", "a-split-batch-gives-the-same-bits", "row 0, column 0: expected"),
        ("blocks", "a-split-batch-gives-the-same-bits", "state after step, row 0, column 0"),
        ("writes-inputs", "only-outputs-are-written", "step wrote one"),
        ("half-ended", "terminated-is-0-or-1", "got 0.5"),
        ("reward-bound", "rewards-are-within-their-bound", "expected -1 to 1, got"),
        ("drawing", "pictures-are-finite-and-pure", "draw: expected finite numbers, got")],
    "wrong_policies": [
        ("score", "score-is-the-central-difference-of-log-prob", "component 0 of sample"),
        ("score", "the-expected-score-is-0", "component 0: expected 0, got 9.99"),
        ("log-pi", "log-pi-of-act-is-that-of-log-prob", "expected -"),
        ("constant", "log-prob-is-the-log-of-the-probability", "expected -"),
        ("mass", "probabilities-sum-to-1", "expected 1, got 1.00000"),
        ("fisher", "distributions-are-expectations-over-actions",
         "component of the Fisher-vector product 0: expected"),
        ("prepared", "a-prepared-policy-gives-the-same-bits",
         "log pi of act, row 0, column 0: expected")],
    "wrong_others": [
        ("twice", "bias-is-as-declared", "declared unbiased, and biased on"),
        ("stored", "another-order-in-memory-gives-the-same-bits", "contributions of estimate"),
        ("contradictory", "weights-give-the-bits-of-estimate", "contributions of estimate"),
        ("peeks", "b-depends-on-no-more-than-it-says", "b_i depends on the others alone"),
        ("beyond", "only-outputs-are-written", "beyond the 1 numbers of theta"),
        ("unit", "outputs-are-finite", "along a gradient of size 0")],
    "wrong_parameters": [
        ("bound", "parameters-at-their-bounds-are-accepted",
         "stopped by SIGABRT; its last words: with decay = 1"),
        ("nameless", "parameters-at-their-bounds-are-accepted", "expected a message that names"),
        ("undocumented", "the-descriptor-is-complete", "one line of doc")],
}


class Check(Program):
    def check(self, library, *words, code=0):
        return json.loads(self.seedbed("check", library, "--json", *words, code=code).stdout)

    def side_by_side(self, function, values):
        """Most of a check's time is waiting, for another second or for what hangs."""
        with concurrent.futures.ThreadPoolExecutor(3) as threads:
            return list(threads.map(function, values))

    def test_every_shipped_library_keeps_every_law(self):
        self.assertGreater(len(SHIPPED), 20)

        def check(library):
            settings = [word for each in SETTINGS.get(library.stem, []) for word in ("--set", each)]
            return self.check(library, "--time-limit", 60, *settings)
        for library, found in zip(SHIPPED, self.side_by_side(check, SHIPPED)):
            self.assertEqual(found["failed"], 0, found)
            # A policy of discrete actions has no density.
            skipped = [c["name"] for c in found["cases"] if c["result"] == "skipped"
                       and "integrates-to" not in c["name"]]
            self.assertEqual(skipped, [], library.name)
            self.assertGreater(found["passed"], 10)

    def test_each_fault_is_caught_by_its_case_with_the_right_message(self):
        faults = [(library, *fault) for library, some in CAUGHT.items() for fault in some]

        def check(fault):
            library, plugin, case, _ = fault
            name = f"{self.kind_of(library, plugin)}/wrong-{plugin}/{case}"
            return self.check(WRONG / f"{library}.so", "--only", name, *QUICK, code=4)
        for (_, plugin, case, message), found in zip(faults, self.side_by_side(check, faults)):
            with self.subTest(plugin=plugin, case=case):
                self.assertIn(message, found["cases"][0]["text"])

    def kind_of(self, library, plugin):
        if library != "wrong_others":
            return {"wrong_environments": "environment", "wrong_policies": "policy",
                    "wrong_parameters": "optimizer"}[library]
        return {"peeks": "baseline", "beyond": "optimizer", "unit": "optimizer"}.get(plugin,
                                                                                    "estimator")

    def test_the_right_plugins_in_the_frame_of_the_wrong_ones_pass(self):
        for library in ("wrong_environments", "wrong_policies"):
            found = self.check(WRONG / f"{library}.so", "--only",
                               f"{'environment' if 'env' in library else 'policy'}/wrong-none")
            self.assertEqual(found["failed"], 0, found)
            self.assertGreater(found["passed"], 15)

    def test_a_default_out_of_range_is_refused_with_its_library(self):
        refused = self.seedbed("check", WRONG / "wrong_default.so", code=3).stderr
        self.assertIn("the default -1.0, which is not real with 0 < step", refused)

    def test_a_library_that_exports_more_than_its_entry_is_caught(self):
        found = self.check(WRONG / "wrong_exports.so", "--only", "library", code=4)
        texts = {c["name"]: c for c in found["cases"]}
        self.assertEqual(texts["library/loads"]["result"], "pass")
        self.assertIn("half", texts["library/exports-only-its-entry"]["text"])

    def test_what_is_lacking_is_said_and_no_failure(self):
        library = BUILD / "lib/seedbed/plugins/linear-quadratic.so"
        text = self.seedbed("check", library, "--only", "outputs-are-finite").stdout
        self.assertIn("skipped  environment/linear-quadratic/outputs-are-finite\n"
                      "         needs --set A=... --set B=... --set R=... --set x0=...", text)

    def test_a_failure_says_how_to_see_it_again(self):
        text = self.seedbed("check", WRONG / "wrong_policies.so", "--only", "probabilities-sum-to-1",
                            "--seed", 5, code=4).stdout
        self.assertIn("--only policy/wrong-mass/probabilities-sum-to-1 --seed 5", text)
        self.assertIn("6 passed, 1 failed, 0 skipped; seed 5", text)

    def test_mistakes_on_the_command_line_are_errors(self):
        library = BUILD / "lib/seedbed/plugins/adam.so"
        self.assertIn("did you mean 'outputs-are-finite'?",
                      self.seedbed("check", library, "--only", "outputs-are-finit", code=2).stderr)
        self.assertIn("did you mean 'beta1'?",
                      self.seedbed("check", library, "--set", "beta=1", code=2).stderr)
        self.assertIn("not ELF", self.seedbed("check", self.suite, code=3).stderr)


if __name__ == "__main__":
    unittest.main()
