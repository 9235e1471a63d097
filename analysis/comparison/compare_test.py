"""compare and power: what they print is what h5py and NumPy make of the same files."""
import csv
import io
import json
import os
import pty
import shutil
import subprocess
import tempfile
import unittest

import h5py
import numpy

from program import SEEDBED, Program

LABELS = ["estimator=reinforce,optimizer.step=3e-6", "estimator=reinforce,optimizer.step=1e-6",
          "estimator=reward-to-go,optimizer.step=3e-6",
          "estimator=reward-to-go,optimizer.step=1e-6"]


def final_returns(folder):
    """[cell][replicate]"""
    with h5py.File(folder / "results.h5") as file:
        return file["learn/return_mean"][..., -3:].mean(-1).reshape(4, -1)


class Compare(Program):
    whole = None  # results of the suite, made once

    @classmethod
    def tearDownClass(cls):
        cls.whole.cleanup()

    def setUp(self):
        super().setUp()
        self.suite.write_text(self.suite.read_text().replace("[1e-4, 1e-3]", "[3e-6, 1e-6]")
                              .replace("step = 1e-4", "step = 1e-6"))
        if Compare.whole is None:
            Compare.whole = tempfile.TemporaryDirectory()
            self.seedbed("run", self.suite, "--output", f"{Compare.whole.name}/a", "-q")
        shutil.copytree(f"{Compare.whole.name}/a", self.folder / "a")

    def report(self, *words):
        return json.loads(self.seedbed(*words, "--json").stdout)

    def run_b(self, *settings):
        words = [word for each in settings for word in ("--set", each)]
        self.seedbed("run", self.suite, "--output", "b", "-q", *words)

    def test_two_folders_on_common_noise_are_compared_in_pairs(self):
        self.run_b("policy.sigma=0.2", "replicates=6")
        a, b = final_returns(self.folder / "a"), final_returns(self.folder / "b")
        learn, gradient = self.report("compare", "a", "b")["stages"]
        self.assertEqual([row["a"]["cell"] for row in learn["rows"]], LABELS)
        for c, row in enumerate(learn["rows"]):
            difference = b[c, :4] - a[c]
            self.assertTrue(row["paired"])
            self.assertEqual((row["a"]["replicates"], row["b"]["replicates"]), (4, 6))
            self.assertAlmostEqual(row["difference"]["value"], difference.mean(), 12)
            self.assertAlmostEqual(row["t"], difference.mean() / difference.std(ddof=1) * 2, 8)
            wins = numpy.mean(b[c, :4, None] > a[c]) + numpy.mean(b[c, :4, None] == a[c]) / 2
            self.assertAlmostEqual(row["probability_of_improvement"]["value"], wins, 12)
            self.assertGreaterEqual(row["p_holm"], row["p"])
        with h5py.File(self.folder / "a/results.h5") as x, h5py.File(self.folder / "b/results.h5") as y:
            logs = numpy.log(y["gradient/variance_trace"][:4] / x["gradient/variance_trace"][:])
        for e, row in enumerate(gradient["rows"]):
            self.assertAlmostEqual(row["ratio"]["value"], numpy.exp(logs[:, e].mean()), 12)

    def test_other_seeds_are_independent_samples(self):
        self.run_b("seed=8")
        a, b = final_returns(self.folder / "a"), final_returns(self.folder / "b")
        row = self.report("compare", "a", "b", "--stage", "learn")["stages"][0]["rows"][1]
        error = numpy.sqrt(a[1].var(ddof=1) / 4 + b[1].var(ddof=1) / 4)
        self.assertFalse(row["paired"])
        self.assertAlmostEqual(row["t"], (b[1].mean() - a[1].mean()) / error, 8)
        self.assertLess(3, row["df"])

    def test_the_cells_of_one_folder_are_held_against_one_of_them(self):
        a = final_returns(self.folder / "a")
        for reference, words in ((0, ()), (3, ("--reference", LABELS[3]))):
            learn = self.report("compare", "a", "--stage", "learn", *words)["stages"][0]
            others = [c for c in range(4) if c != reference]
            self.assertEqual([row["b"]["cell"] for row in learn["rows"]],
                             [LABELS[c] for c in others])
            for c, row in zip(others, learn["rows"]):
                self.assertAlmostEqual(row["difference"]["value"],
                                       a[c].mean() - a[reference].mean(), 12)

    def test_the_same_files_give_the_same_bytes_and_csv_has_the_numbers_of_json(self):
        first = self.seedbed("compare", "a", "--csv").stdout
        self.assertEqual(first, self.seedbed("compare", "a", "--csv").stdout)
        table = list(csv.DictReader(io.StringIO(first)))
        rows = [row for stage in self.report("compare", "a")["stages"] for row in stage["rows"]]
        self.assertEqual([float(line["p_holm"]) for line in table], [row["p_holm"] for row in rows])

    def test_tables_are_aligned_and_end_in_words_and_curves_are_drawn_on_a_terminal_only(self):
        text = self.seedbed("compare", "a").stdout
        self.assertIn("Against A, B is ", text)
        self.assertNotIn("▁", text)
        lines = text.split("\n\n")[1].splitlines()
        self.assertEqual({len(line) for line in lines[2:5]}, {len(lines[0])})
        main, other = pty.openpty()
        subprocess.run([SEEDBED, "compare", "a", "--stage", "learn"], cwd=self.folder, stdout=other,
                       check=True)
        os.close(other)
        shown = b""
        try:
            while chunk := os.read(main, 65536):
                shown += chunk
        except OSError:  # the end, as Linux says it
            pass
        os.close(main)
        curves = [line for line in shown.decode().splitlines() if "  A " in line and "  B " in line]
        self.assertEqual(len(curves), 3)
        self.assertLessEqual(max(map(len, curves)), 80)
        self.assertRegex(curves[0], "[▁-█]{8}")

    def test_what_cannot_be_compared_is_one_clear_error(self):
        other = self.suite.read_text().replace("3e-6, 1e-6", "2e-6, 4e-6")
        self.suite.write_text(other)
        self.run_b("batches=5")
        done = self.seedbed("compare", "a", "b", "--stage", "learn", code=2)
        self.assertIn("expected cells that both results have, got none", done.stderr)
        self.assertIn("optimizer.step=4e-6", done.stderr)
        self.assertIn("variance_trace", self.seedbed("compare", "a", "b").stdout)  # as far as it goes
        self.assertIn("expected collected results, got nothing of this name",
                      self.seedbed("compare", "a", "nowhere", code=2).stderr)
        self.assertIn("expected one of the names below, got 'retrun'",
                      self.seedbed("compare", "a", "--metric", "retrun", code=2).stderr)
        self.assertIn("--stage: expected one of learn, gradient, got 'x'",
                      self.seedbed("compare", "a", "--stage", "x", code=2).stderr)
        self.assertEqual(len(self.report("compare", "a", "--reference", "step=1e-6")["stages"]), 1)
        self.assertIn("--reference: expected part of a cell's name, got 'zz'",
                      self.seedbed("compare", "a", "--reference", "zz", code=2).stderr)
        (self.folder / "b/results.h5").write_bytes(b"\x89HDF\r\n\x1a\n no more")
        self.seedbed("compare", "a", "b", code=5)

    def test_steps_to_a_level_are_censored_where_it_is_not_reached(self):
        with h5py.File(self.folder / "a/results.h5") as file:
            returns = file["learn/return_mean"][:].reshape(4, 4, -1)
            steps = file["learn/env_steps"][:].reshape(4, 4, -1)
        level = float(numpy.median(returns.max(-1)))
        reached = (returns >= level).any(-1)
        first = numpy.where(reached, numpy.take_along_axis(
            steps, (returns >= level).argmax(-1)[..., None], -1)[..., 0], numpy.inf)
        self.assertTrue(0 < reached.sum() < 16)
        stage = self.report("compare", "a", f"--reach={level!r}")["stages"][0]
        self.assertEqual(stage["horizon"], steps[..., -1].min())  # a common end of all runs
        restricted = numpy.minimum(first, stage["horizon"])
        for c, row in enumerate(stage["rows"], 1):
            self.assertEqual(row["b"]["reached"], reached[c].sum())
            self.assertAlmostEqual(row["b"]["mean"]["value"], restricted[c].mean(), 9)
            self.assertAlmostEqual(row["difference"]["value"],
                                   (restricted[c] - restricted[0]).mean(), 9)
        self.assertIn("with which counts who never gets there",
                      self.seedbed("compare", "a", f"--reach={level}").stdout)
        self.assertIn("--reach: expected a number, got 'x'",
                      self.seedbed("compare", "a", "--reach", "x", code=2).stderr)

    def test_cells_with_broken_replicates_are_judged_by_rank(self):
        self.suite.write_text(self.suite.read_text().replace("3e-6, 1e-6", "1e-4, 1e-3"))
        self.run_b()
        row = self.report("compare", "b", "--stage", "learn")["stages"][0]["rows"][0]
        with h5py.File(self.folder / "b/results.h5") as file:
            diverged = (file["tasks/status"].asstr()[:16] == "diverged").reshape(4, 4)
        self.assertTrue(diverged[1].all())  # also the one that went on for longest
        self.assertEqual((row["b"]["broken"], row["by_rank"]), (4, True))
        self.assertIsNone(row["difference"]["value"])
        self.assertIsNotNone(row["p_holm"])
        text = self.seedbed("compare", "b").stdout
        self.assertIn("Broken: replicates that ended non-finite", text)

    def test_missing_replicates_are_said_and_left_out(self):
        for r in (1, 2):
            (self.folder / f"a/runs/learn/{LABELS[1]}/r000{r}.h5").unlink()
        self.seedbed("collect", "a", "--partial")
        learn = self.report("compare", "a", "--stage", "learn")["stages"][0]
        self.assertEqual((learn["rows"][0]["b"]["replicates"], learn["rows"][0]["b"]["missing"]),
                         (2, 2))
        self.assertIn("2 runs of these cells are missing", self.seedbed("compare", "a").stdout)

    def test_power_says_how_many_replicates_it_takes(self):
        row = self.report("power", "a", "--stage", "learn")["stages"][0]["rows"][0]
        self.assertEqual((row["have"], row["paired"]), (4, True))
        # Cohen's table: an effect of half a standard deviation takes 34 pairs at 80 %.
        half = self.report("power", "a", "--stage", "learn", "--difference", row["spread"] / 2)
        self.assertEqual(half["stages"][0]["rows"][0]["need"], 34)
        a = final_returns(self.folder / "a")
        self.assertAlmostEqual(row["spread"], (a[1] - a[0]).std(ddof=1), 12)
        self.assertAlmostEqual(row["effect"], 0.1 * abs(a[0].mean()), 12)
        text = self.seedbed("power", "a", "--effect", "20%", "--power", "0.9").stdout
        self.assertRegex(text, r"To detect 20 % at 90 % you need \d+ replicates in the noisiest of 3 "
                               r"comparisons \(estimator=.*\), \d+ with Holm's correction; you have 4")
        self.assertIn("--effect: expected a positive number or a percentage, got '-1'",
                      self.seedbed("power", "a", "--effect=-1", code=2).stderr)

    def test_power_of_a_single_cell_is_against_another_of_its_spread(self):
        self.suite.write_text(self.suite.read_text().split("[sweep]")[0].replace(
            "[gradient]", 'estimator = "reinforce"\n[gradient]'))
        self.run_b()
        row = self.report("power", "b", "--stage", "learn")["stages"][0]["rows"][0]
        need = self.report("power", "b", "--stage", "learn", "--difference",
                           row["spread"] / numpy.sqrt(2) / 2)["stages"][0]["rows"][0]
        self.assertEqual((need["need"], row["b"], row["paired"]), (64, "", False))


if __name__ == "__main__":
    unittest.main()
