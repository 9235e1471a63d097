"""A bad suite gives all its errors with positions, exit code 2, and creates nothing."""
import unittest

from program import SUITE, Program


class BadSuite(Program):
    def errors(self, text, *words):
        self.suite.write_text(text)
        done = self.seedbed("run", self.suite, "--output", self.folder / "out", *words, code=2)
        self.assertEqual(sorted(f.name for f in self.folder.iterdir()), ["suite.toml"])
        self.assertEqual(done.stdout, "")
        return done.stderr

    def expect(self, error, line, *parts):
        """An error at that line and some column of the suite."""
        self.assertRegex(error, rf"suite\.toml:{line}:\d+: error: ")
        for part in parts:
            self.assertIn(part, error)

    @staticmethod
    def line_of(text, part):
        return 1 + text[: text.index(part)].count("\n")

    def change(self, old, new, *parts):
        self.assertIn(old, SUITE)
        text = SUITE.replace(old, new, 1)
        self.expect(self.errors(text), self.line_of(text, new.splitlines()[0]), *parts)

    def test_an_unknown_key(self):
        self.change("step = 1e-4 }", "stepp = 1e-4 }", "stepp", "did you mean 'step'")

    def test_a_wrong_type(self):
        self.change("iterations = 30", 'iterations = "many"', "iterations", "many")

    def test_a_plugin_that_is_not_there(self):
        self.change('plugin = "linear-gaussian"', 'plugin = "linear-gausian"',
                    "linear-gausian", "linear-gaussian")

    def test_a_negative_count(self):
        self.change("episodes = 5", "episodes = -5", "episodes", "-5")

    def test_an_empty_sweep(self):
        self.change('"optimizer.step" = [1e-4, 1e-3]', '"optimizer.step" = []', "optimizer.step")

    def test_a_matrix_of_the_wrong_shape(self):
        self.change("B = [[0.0], [1.0]]", "B = [[0.0, 1.0, 2.0]]", "'B'", "expected", "got 1 x 3")

    def test_a_ragged_matrix(self):
        self.change("A = [[1.0, 1.0], [0.0, 1.0]]", "A = [[1.0, 1.0], [0.0]]", "A")

    def test_a_missing_capability_or_a_policy_that_does_not_fit(self):
        self.change('plugin = "linear-gaussian"\nsigma = 0.3', 'plugin = "tabular-softmax"',
                    "tabular-softmax")

    def test_stages_in_a_cycle(self):
        text = SUITE[: SUITE.index("[learn]")] + """
[[stage]]
name = "a"
kind = "gradient"
after = "b"
batches = 2
episodes = 2
estimators = ["reinforce"]
[[stage]]
name = "b"
kind = "gradient"
after = "a"
batches = 2
episodes = 2
estimators = ["reinforce"]
"""
        error = self.errors(text)
        self.assertRegex(error, r"suite\.toml:\d+:\d+: error: ")
        self.assertRegex(error, r"a -> b -> a|b -> a -> b")

    def test_a_file_that_is_not_toml(self):
        self.expect(self.errors("title = \n[[["), 1)

    def test_a_file_that_is_not_there(self):
        done = self.seedbed("run", self.folder / "nothing.toml", code=2)
        self.assertIn("nothing.toml", done.stderr)

    def test_all_errors_come_at_once(self):
        text = (SUITE.replace("episodes = 5", "episodes = -5", 1)
                .replace('plugin = "linear-gaussian"', 'plugin = "linear-gausian"')
                .replace("stage", "stage").replace("sigma = 0.3", "sigma = -0.3"))
        error = self.errors(text.replace('title = "Small"', "title = 5"))
        for part in ("episodes", "linear-gausian", "title"):
            self.assertIn(part, error)

    def test_a_bad_override_is_placed_at_set(self):
        self.suite.write_text(SUITE)
        done = self.seedbed("run", self.suite, "--output", self.folder / "out",
                            "--set", "optimizer.stepp=1", code=2)
        self.assertIn("--set", done.stderr)
        self.assertFalse((self.folder / "out").exists())


if __name__ == "__main__":
    unittest.main()
