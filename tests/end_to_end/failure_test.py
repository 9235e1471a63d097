"""A plugin that crashes or gives NaN costs its task alone; the rest is done, kept and not redone."""
import subprocess
import unittest

from program import SOURCE, SUITE, Program


class Failure(Program):
    def setUp(self):
        super().setUp()
        plugins = self.folder / "plugins"
        plugins.mkdir()
        subprocess.run(["cc", "-std=c11", "-shared", "-fPIC", "-O1",
                        f"-I{SOURCE / 'framework' / 'sdk' / 'include'}",
                        SOURCE / "tests" / "end_to_end" / "broken.c", "-o", plugins / "broken.so"],
                       check=True)
        sweep = SUITE[SUITE.index("estimator = ["):].splitlines()[0]
        self.suite.write_text(SUITE.replace(sweep, 'estimator = ["reinforce", "crash", "nan"]'))
        self.words = ("run", self.suite, "--output", self.folder / "out", "--plugin-path", plugins)

    def test_a_plugin_that_fails_costs_its_task_alone(self):
        done = self.seedbed(*self.words, code=1)
        runs = self.folder / "out" / "runs" / "learn"
        for step in ("1e-4", "1e-3"):
            self.assertEqual(len(list((runs / f"estimator=reinforce,optimizer.step={step}")
                                      .glob("r*.h5"))), 4)
        self.assertFalse([f for f in runs.rglob("*") if f.is_file() and "reinforce" not in str(f)])
        self.assertRegex(done.stderr, r"crash.*r0000\.h5: estimator 'crash': estimate: the "
                                      r"worker process was killed by signal 6")
        self.assertRegex(done.stderr, r"nan.*r0000\.h5: estimator 'nan': estimate: expected finite "
                                      r"numbers, got -?nan")
        self.assertIn("16 of 28 tasks failed", done.stderr)
        self.assertFalse((self.folder / "out" / "results.h5").exists())
        again = self.seedbed(*self.words, code=1)
        self.assertIn("16/16 tasks", again.stderr)

    def test_plugins_lists_a_library_in_c_and_one_that_cannot_be_loaded(self):
        (self.folder / "plugins" / "text.so").write_text("not a library")
        done = self.seedbed("plugins", "--plugin-path", self.folder / "plugins")
        self.assertIn("crash", done.stdout)
        self.assertIn("text.so", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main()
