"""What `seedbed export` writes, held against the run file that it is made of (read by h5py)."""
import csv
import json
import math
import pathlib
import shutil
import tempfile
import unittest

import h5py
import numpy as np

from program import SOURCE, Program

SUITE = """
title = 'Small, "quoted"'
seed = 7
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 30
[policy]
plugin = "linear-softmax"
[learn]
iterations = 4
episodes = 5
optimizer = { plugin = "sgd", step = 0.1 }
[sweep]
estimator = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }]
[record]
trajectories = { every = 2 }
gradients = { every = 2, contributions = true }
"""
TABULAR = """
title = "Discrete"
seed = 7
[environment]
plugin = "tabular"
model = "D2.csv"
[objective]
horizon = 6
[policy]
plugin = "tabular-softmax"
[gradient]
batches = 3
episodes = 2
estimators = ["reinforce"]
[record]
trajectories = "all"
"""


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def reals(column):
    return np.array([float(x) for x in column])


class Export(Program):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.made, cls.results = pathlib.Path(temporary.name), {}

    def run_suite(self, text, name):
        """The results of a suite, a copy of its own for each test; it is run once."""
        if text not in self.results:
            self.results[text] = self.made / name
            (self.made / f"{name}.toml").write_text(text)
            self.seedbed("run", self.made / f"{name}.toml", "--output", self.made / name, "-q",
                         "--jobs", 1)
        shutil.copytree(self.results[text], self.folder / name)
        return self.folder / name, sorted((self.folder / name / "runs").glob("*/*/r*.h5"))

    def assert_bits(self, got, want):
        got, want = np.asarray(got, float).ravel(), np.asarray(want, float).ravel()
        np.testing.assert_array_equal(got.view(np.int64), want.view(np.int64))

    def test_tables_hold_every_number_of_a_run_file_to_the_bit(self):
        _, files = self.run_suite(SUITE, "out")
        self.seedbed("export", files[0], "--to", "csv", "--output", "tables")
        folder = self.folder / "tables"
        dictionary = table(folder / "columns.csv")
        where = dict(zip(zip(dictionary["table"], dictionary["column"]), dictionary["dataset"]))
        seen = set()
        with h5py.File(files[0]) as file:
            for (name, column), path in where.items():
                if path == "" or column not in (columns := table(folder / f"{name}.csv")):
                    continue
                seen.add(path)
                data, got = file[path], columns[column]
                if data.dtype == object:
                    if len(got) == data.size:
                        self.assertEqual(got, [x.decode() for x in np.ravel(data[()])], path)
                elif column.startswith(data.name.rsplit("/", 1)[1] + "_") and data.ndim == 2:
                    i = [k[1] for k, p in where.items() if p == path].index(column)
                    self.assert_bits(reals(got), data[:, i])
                elif len(got) == data.size:
                    self.assert_bits(reals(got), data[()])
            every = []
            file.visititems(lambda _, x: every.append(x.name) if isinstance(x, h5py.Dataset)
                            else None)
            self.assertEqual(seen, set(every))
            # The row that says which step it is, of episodes of different lengths.
            steps, lengths = table(folder / "trajectories.csv"), file["trajectories/row_size"][:]
            self.assertGreater(len(set(lengths)), 1)
            self.assertEqual([int(x) for x in steps["episode"]],
                             list(np.repeat(np.arange(len(lengths)), lengths)))
            self.assertEqual([int(x) for x in steps["t"]],
                             [t for n in lengths for t in range(n)])
            gradient = table(folder / "gradient.csv")
            self.assertEqual(gradient["parameter"][:3], list(file["gradient/parameter"].asstr()[:3]))
        attributes = table(folder / "attributes.csv")
        self.assertIn('Small, "quoted"', attributes["value"])

    def test_tables_of_results_say_where_each_row_lies_in_the_sweep(self):
        folder, _ = self.run_suite(SUITE, "out")
        self.seedbed("export", folder, "--to", "csv")
        learn = table(folder / "results-csv" / "learn.csv")
        self.assertEqual(list(learn)[:3], ["estimator", "replicate", "iteration"])
        self.assertEqual(len(learn["iteration"]), 2 * 2 * 4)
        with h5py.File(folder / "results.h5") as file:
            self.assert_bits(reals(learn["return_mean"]), file["learn/return_mean"])
            at = [i for i in range(16) if (learn["estimator"][i], learn["replicate"][i],
                                           learn["iteration"][i]) ==
                  ("reward-to-go", "1", "2")]
            self.assertEqual(float(learn["return_mean"][at[0]]), file["learn/return_mean"][1, 1, 2])
        tasks = table(folder / "results-csv" / "tasks.csv")
        self.assertEqual(tasks["status"], ["done"] * 4)
        done = self.seedbed("export", folder, "--to", "csv", code=2)
        self.assertIn("expected a name that is free", done.stderr)
        self.seedbed("export", folder, "--to", "csv", "--force")

    def test_minari_gets_every_episode_with_one_observation_more_than_steps(self):
        _, files = self.run_suite(SUITE, "out")
        self.seedbed("export", files[0], "--to", "minari", "--output", "data-v0")
        data = self.folder / "data-v0" / "data"
        meta = json.loads((data / "metadata.json").read_text())
        with h5py.File(files[0]) as run, h5py.File(data / "main_data.hdf5") as made:
            t = run["trajectories"]
            lengths = t["row_size"][:]
            self.assertEqual(set(made), {f"episode_{i}" for i in range(10)})
            self.assertEqual((meta["total_episodes"], meta["total_steps"]), (10, lengths.sum()))
            self.assertEqual((meta["data_format"], meta["dataset_id"]), ("hdf5", "data-v0"))
            end = np.cumsum(lengths)
            for i, (a, b) in enumerate(zip(end - lengths, end)):
                e = made[f"episode_{i}"]
                self.assertEqual(set(e), {"observations", "actions", "rewards", "terminations",
                                          "truncations", "infos"})
                self.assertEqual((e.attrs["id"], e.attrs["total_steps"], e.attrs["seed"]),
                                 (i, b - a, t["noise_episode"][i]))
                self.assertEqual(e["observations"].shape, (b - a + 1, 4))
                self.assert_bits(e["observations"][:-1], t["observation"][a:b])
                self.assert_bits(e["observations"][-1], t["final_observation"][i])
                self.assertEqual((e["actions"].dtype, e["actions"].shape), (np.int64, (b - a,)))
                np.testing.assert_array_equal(e["actions"], t["action"][a:b, 0])
                self.assert_bits(e["rewards"], t["reward"][a:b])
                self.assert_bits(e["infos/log_prob"][1:], t["log_prob"][a:b])
                self.assertEqual(len(e["infos/log_prob"]), b - a + 1)
                for name, flag in ("terminations", "terminated"), ("truncations", "truncated"):
                    self.assertEqual(e[name].dtype, np.dtype(bool))
                    self.assertFalse(e[name][:-1].any())
                    self.assertEqual(e[name][-1], bool(t[flag][i]))
            self.assertEqual(set(t["terminated"][:]), {0, 1})
        space = json.loads(meta["observation_space"])
        self.assertEqual((space["type"], space["shape"], space["dtype"]), ("Box", [4], "float64"))
        self.assertEqual(len(space["low"]), 4)
        self.assertEqual(json.loads(meta["action_space"]),
                         {"type": "Discrete", "dtype": "int64", "start": 0, "n": 2})

    def test_a_results_folder_becomes_one_dataset_per_run_with_trajectories(self):
        folder, _ = self.run_suite(SUITE, "out")
        made = json.loads(self.seedbed("export", folder, "--to", "minari", "--json").stdout)
        self.assertEqual(len(made), 4)
        ids = {json.loads(path.read_text())["dataset_id"]
               for path in (folder / "minari").glob("*/*/*/data/metadata.json")}
        self.assertEqual(ids, {f"learn/estimator_{e}/r000{r}-v0" for r in (0, 1)
                               for e in ("reinforce", "reward-to-go")})
        # The library's grammar of the names: letters, digits, '-' and '_', '/' between.
        for each in ids:
            self.assertRegex(each, r"^([-_\w]+/)*[-_\w]+-v\d+$")

    def test_discrete_observations_and_actions_are_integers_without_a_second_dimension(self):
        model = SOURCE / "plugins" / "environments" / "tabular" / "data" / "D2.csv"
        (self.made / "D2.csv").write_text(model.read_text())
        _, files = self.run_suite(TABULAR, "discrete")
        self.seedbed("export", files[0], "--to", "minari", "--output", "d-v0")
        data = self.folder / "d-v0" / "data"
        with h5py.File(data / "main_data.hdf5") as made, h5py.File(files[0]) as run:
            e = made["episode_5"]
            self.assertEqual((e["observations"].shape, e["observations"].dtype), ((7,), np.int64))
            np.testing.assert_array_equal(e["observations"][:6],
                                          run["trajectories/observation"][30:36, 0])
        meta = json.loads((data / "metadata.json").read_text())
        self.assertEqual(json.loads(meta["observation_space"])["n"], 2)

    def test_what_cannot_be_exported_is_one_message_and_leaves_nothing(self):
        folder, files = self.run_suite(SUITE, "out")
        whole = files[0].read_bytes()
        files[0].write_bytes(whole[:len(whole) // 2])
        for to in "csv", "minari":
            done = self.seedbed("export", files[0], "--to", to, "--output", "x-v0", code=5)
            self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        self.seedbed("export", folder, "--to", "minari", "--output", "all", code=5)
        self.assertIn("did you mean 'csv'", self.seedbed("export", folder, "--to", "cvs",
                                                         code=2).stderr)
        self.seedbed("export", folder / "nowhere.h5", "--to", "csv", code=2)
        self.assertIn("expected a run file with trajectories",
                      self.seedbed("export", folder / "results.h5", "--to", "minari",
                                   code=2).stderr)
        self.assertFalse((self.folder / "x-v0").exists())
        self.assertEqual([p for p in self.folder.rglob("*.partial-*")], [])
        # --force replaces exports, and nothing else.
        (self.folder / "mine").mkdir()
        (self.folder / "mine" / "thesis.txt").write_text("words")
        self.seedbed("export", folder / "results.h5", "--to", "csv", "--output", "mine", "--force",
                     code=2)
        self.assertEqual((self.folder / "mine" / "thesis.txt").read_text(), "words")

    def test_what_is_not_finite_reads_back(self):
        # Runs that end early since they diverge have NaN in the place of what is missing.
        suite = SUITE.replace("[sweep]", '[sweep]\n"optimizer.step" = [0.1, 1e300]')
        folder, _ = self.run_suite(suite, "wild")
        self.seedbed("export", folder, "--to", "csv")
        learn = table(folder / "results-csv" / "learn.csv")
        with h5py.File(folder / "results.h5") as file:
            want = file["learn/return_mean"][()].ravel()
        got = reals(learn["return_mean"])
        self.assertTrue(np.isnan(want).any())
        self.assertEqual([math.isnan(x) for x in got], list(np.isnan(want)))
        self.assertIn("NaN", learn["return_mean"])


if __name__ == "__main__":
    unittest.main()
