"""The examples of this folder and of analysis/r on files that the program made: what they print is
what h5dump reads there."""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from program import SEEDBED, SOURCE, SUITE

HERE = pathlib.Path(__file__).parent


def h5dump(path, dataset):
    text = subprocess.run(["h5dump", "-y", "-w", "0", "-A", "0", "-m", "%.17g", "-d", dataset, path],
                          capture_output=True, text=True, check=True).stdout
    return [float(x) for x in re.search(r"DATA \{(.*?)\}", text, re.DOTALL)[1].split(",")]


class Examples(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        # The step 1e-3 diverges; of the other, some replicates.
        (cls.folder / "suite.toml").write_text(SUITE)
        subprocess.run([SEEDBED, "run", cls.folder / "suite.toml", "--output", cls.folder / "out", "-q"],
                       check=True, stdout=subprocess.DEVNULL)
        cls.results = cls.folder / "out" / "results.h5"
        cls.learn = cls.folder / "out" / "runs" / "learn"
        cls.final = h5dump(cls.results, "/summary/learn/return_final")  # (estimator, step)
        cls.half = h5dump(cls.results, "/summary/learn/return_final_half_width")
        cls.median = h5dump(cls.results, "/summary/learn/return_final_median")

    def run_example(self, *words):
        done = subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=60,
                              cwd=self.folder)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout.splitlines()

    def python(self, name, *words):
        return self.run_example(sys.executable, HERE / name, *words)

    def assert_near(self, text, number):
        self.assertEqual(text == "NaN", number != number, text)
        if text != "NaN":
            self.assertAlmostEqual(float(text), number, delta=1e-5 * abs(number))

    def test_returns_py_prints_the_final_returns_of_the_summary(self):
        rows = self.python("returns.py", self.results)[2:]
        self.assertEqual(len(rows), 4)
        for row, mean, half in zip(rows, self.final, self.half):
            *_, got, error, finite, of = row.split()
            self.assert_near(got, mean)
            self.assertEqual(of, "4")
            # Student's t, 95 %: of 2, 3, 4 replicates
            quantile = {2: 12.7062047362, 3: 4.3026527297, 4: 3.1824463053}.get(int(finite))
            if quantile is not None:
                self.assert_near(str(float(error) * quantile), half)

    def test_returns_R_prints_the_final_returns_of_the_summary(self):
        lines = self.run_example("Rscript", SOURCE / "analysis" / "r" / "returns.R", self.learn)
        got = {line.split("  mean ")[0]: line.split("  mean ")[1].split()[0] for line in lines}
        cells = [f"estimator={e},optimizer.step={s}" for e in ("reinforce", "reward-to-go")
                 for s in ("1e-4", "1e-3")]
        self.assertEqual(sorted(got), sorted(cells))
        for cell, mean in zip(cells, self.final):
            self.assert_near(got[cell], mean)

    def test_figure_py_draws_the_curves_as_pdf_and_svg(self):
        lines = self.python("figure.py", self.results, "curves.pdf")
        self.assertTrue((self.folder / "curves.pdf").read_bytes().startswith(b"%PDF"))
        self.python("figure.py", self.results, "curves.svg")
        svg = (self.folder / "curves.svg").read_text()
        self.assertIn("</svg>", svg)
        for i, colour in enumerate(("#0072b2", "#d55e00", "#009e73", "#cc79a7")):
            self.assertIn(colour, svg.lower(), f"curve {i}")
        self.assertEqual(len(lines), 4)
        last = h5dump(self.results, "/learn/return_mean")[29::30]  # [cell][replicate]
        first = h5dump(self.results, "/learn/return_mean")[0::30]
        for cell, line in enumerate(lines):
            ends = sorted(x if x >= a - 10 * abs(a) else float("-inf")
                          for x, a in zip(last[4 * cell:4 * cell + 4], first[4 * cell:4 * cell + 4]))
            self.assertEqual(line.rsplit(": ", 1)[1], f"{ends[1]:.6g}")

    def test_episodes_py_walks_the_ragged_arrays(self):
        run = sorted(self.learn.glob("*/r0000.h5"))[1]
        rows = self.python("episodes.py", run)[1:]
        returns = h5dump(run, "/trajectories/episode_return")  # undiscounted here
        steps = h5dump(run, "/trajectories/row_size")
        observation = h5dump(run, "/trajectories/observation")
        self.assertEqual(len(rows), len(returns))
        begin = 0
        for row, value, length in zip(rows, returns, steps):
            _, _, got_length, got, ended, *first = row.split()
            self.assertEqual((int(got_length), ended), (length, "horizon"))
            self.assertAlmostEqual(float(got), value, delta=1e-4 + 1e-9 * abs(value))
            self.assertEqual(first[0], f"x0={observation[2 * begin]:.4g}")
            begin += int(length)


if __name__ == "__main__":
    unittest.main()
