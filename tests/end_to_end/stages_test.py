"""Stages that feed each other: train, then measure and judge what was trained, then report."""
import json
import math
import subprocess
import time
import unittest

import h5py
import numpy

from program import SEEDBED, SOURCE, SUITE, Program, datasets

HEAD = SUITE[:SUITE.index("[learn]")].replace("replicates = 4", "replicates = 2")
CHAIN = HEAD + """
[[stage]]
name = "train"
kind = "learn"
iterations = 30
episodes = 5
optimizer = { plugin = "sgd", step = 1e-5 }
[[stage]]
name = "measure"
kind = "gradient"
batches = 10
episodes = 5
estimators = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }]
theta = { stage = "train", checkpoint = ["first", 10, "last"] }
[[stage]]
name = "judge"
kind = "evaluate"
episodes = 1000
theta = { stage = "train" }
[[stage]]
name = "page"
kind = "report"
after = ["judge"]
[sweep]
estimator = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }]
[record]
checkpoints = { every = 5 }
trajectories = { every = 100 }
"""


class Stages(Program):
    def setUp(self):
        super().setUp()
        self.suite.write_text(CHAIN)
        self.out = self.folder / "out"

    def run_suite(self, *words, out=None, code=0):
        return self.seedbed("run", self.suite, "--output", out or self.out, *words, code=code)

    def states(self, *words):
        done = self.seedbed("plan", self.suite, "--output", self.out, "--json", *words)
        return {task["file"]: (task["state"], task["why"])
                for task in json.loads(done.stdout)["tasks"]}

    def test_theta_is_the_checkpoint_bit_for_bit_and_no_number_hangs_on_the_workers(self):
        done = self.run_suite("--jobs", 1)
        other = self.folder / "other"
        self.run_suite("--jobs", 3, "--set", "judge.block=7", out=other)
        for file in sorted(self.out.rglob("r*.h5")):
            twin = datasets(other / file.relative_to(self.out))
            mine = datasets(file)
            for name in mine.keys() - {"provenance/suite", "provenance/overrides"}:
                self.assertEqual(mine[name], twin[name], f"{file} {name}")
        self.check_theta()
        self.check_what_is_collected()
        self.assertTrue((self.out / "report" / "table.csv").exists(), "of the one stage it is after")
        self.assertIn("judge: return of the policy", done.stdout)
        self.assertNotIn("measure:", done.stdout)

    def check_theta(self):
        runs = self.out / "runs"
        for file in (runs / "measure").rglob("r*.h5"):
            cell, label = file.parent.name.rsplit(",checkpoint=", 1)
            with h5py.File(file) as measured, h5py.File(runs / "train" / cell / file.name) as trained:
                at = {"first": 0, "last": 30}.get(label) if not label.isdigit() else int(label)
                row = list(trained["policy/checkpoint"]).index(at)
                self.assertEqual(trained["policy/theta"][row].tobytes(),
                                 measured["policy/theta"][0].tobytes())
                self.assertEqual(list(measured["policy/checkpoint"]), [at])
                needs = json.loads(measured["provenance/needs"][()])
                self.assertEqual(needs, {"file": f"runs/train/{cell}/{file.name}",
                                         "task": trained.attrs["task"], "checkpoint": at})
                self.assertEqual(list(trained["policy/checkpoint"]), [0, 5, 10, 15, 20, 25, 30])

    def check_what_is_collected(self):
        with h5py.File(self.out / "results.h5") as results:
            self.assertEqual(results["measure/variance_trace"].shape, (2, 3, 2, 2))
            self.assertEqual([bytes(x) for x in results["measure/checkpoint"]],
                             [b"first", b"10", b"last"])
            judge = results["judge"]
            self.assertEqual(judge["return_mean"].shape, (2, 2))
            self.assertEqual(judge["return_quantile"].shape, (2, 2, 5))
            for c, cell in enumerate(("estimator=reinforce", "estimator=reward-to-go")):
                mean = []
                for r in range(2):
                    with h5py.File(self.out / "runs" / "judge" / cell / f"r{r:04}.h5") as run:
                        mean.append(run["evaluation/return_mean"][()])
                        self.assertEqual(judge["J"][c, r], run["evaluation/J"][()])
                self.assertEqual(list(judge["return_mean"][c]), mean)
                self.assertAlmostEqual(results["summary/judge/return_mean"][c],
                                       sum(mean) / 2, delta=1e-12)

    def test_only_what_hangs_on_a_change_is_changed_and_one_run_redoes_all_of_it(self):
        self.run_suite()
        self.suite.write_text(CHAIN.replace("batches = 10", "batches = 11"))
        states = self.states()
        self.assertEqual({file.split("/")[1]: state for file, (state, _) in states.items()},
                         {"train": "done", "measure": "changed", "judge": "done"})
        self.suite.write_text(CHAIN.replace("step = 1e-5", "step = 2e-5"))
        states = self.states()
        self.assertEqual({state for state, _ in states.values()}, {"changed"})
        self.assertEqual(states["runs/judge/estimator=reinforce/r0001.h5"][1],
                         "needs runs/train/estimator=reinforce/r0001.h5, which is changed")
        self.run_suite("--jobs", 2)
        self.assertEqual({state for state, _ in self.states().values()}, {"done"})
        self.suite.write_text(CHAIN.replace("step = 1e-5", "step = 3e-5"))
        self.run_suite("--only", "stage = train")
        self.assertEqual(self.states()["runs/judge/estimator=reinforce/r0001.h5"],
                         ("changed", "needs runs/train/estimator=reinforce/r0001.h5, which has "
                                     "changed since"))

    def test_a_task_refuses_a_run_file_of_another_task_than_the_plan_names(self):
        self.run_suite()
        judge = self.out / "runs" / "judge" / "estimator=reinforce" / "r0001.h5"
        judge.unlink()
        train = self.out / "runs" / "train"
        (train / "estimator=reinforce" / "r0001.h5").write_bytes(
            (train / "estimator=reinforce" / "r0000.h5").read_bytes())
        files = sorted(file.relative_to(self.out) for file in self.out.rglob("r*.h5"))
        index = [task["file"] for task in json.loads(self.seedbed(
            "plan", self.suite, "--output", self.out, "--json").stdout)["tasks"]].index(
                "runs/judge/estimator=reinforce/r0001.h5")
        done = subprocess.run([SEEDBED, "worker", self.suite, "--output", self.out],
                              input=f"{index}\n", capture_output=True, text=True, timeout=60)
        self.assertRegex(done.stdout, r"failed .*r0001\.h5: expected the run of task [0-9a-f]{12}, "
                                      r"got that of task [0-9a-f]{12}; run again")
        self.assertEqual(files, sorted(f.relative_to(self.out) for f in self.out.rglob("r*.h5")))

    def broken(self):
        plugins = self.folder / "plugins"
        plugins.mkdir()
        subprocess.run(["cc", "-std=c11", "-shared", "-fPIC", "-O1",
                        f"-I{SOURCE / 'framework' / 'sdk' / 'include'}",
                        SOURCE / "tests" / "end_to_end" / "broken.c", "-o", plugins / "broken.so"],
                       check=True)
        return plugins

    def test_a_failed_task_fails_its_dependents_alone(self):
        plugins = self.broken()
        sweep = CHAIN[CHAIN.index("[sweep]"):].splitlines()[1]
        self.suite.write_text(CHAIN.replace(sweep, 'estimator = ["reinforce", "nan"]'))
        done = self.run_suite("--plugin-path", plugins, "--jobs", 2, code=1)
        events = [json.loads(line) for line in (self.out / "events.jsonl").read_text().splitlines()]
        not_run = {event["task"]: event["message"] for event in events
                   if event["event"] == "task-not-run"}
        self.assertEqual(len(not_run), 8)
        for r in range(2):
            need = f"runs/train/estimator=nan/r{r:04}.h5"
            self.assertIn(f"and 3 others: not run: needs {need}\n", done.stderr)
            dependents = [f"runs/judge/estimator=nan/r{r:04}.h5"] + [
                f"runs/measure/estimator=nan,checkpoint={at}/r{r:04}.h5"
                for at in ("first", "10", "last")]
            for file in dependents:
                self.assertEqual(not_run[file], f"not run: needs {need}")
                self.assertFalse((self.out / file).exists())
        self.assertIn("10 of 20 tasks failed", done.stderr)
        self.assertIn("stage 'page': not run: needs runs/judge/estimator=nan/r0000.h5", done.stderr)
        self.assertEqual(len(list((self.out / "runs").rglob("estimator=reinforce*/r*.h5"))), 10)

    def test_a_report_is_of_what_it_waits_for_whatever_else_fails(self):
        self.suite.write_text(CHAIN.replace('estimators = ["reinforce"', 'estimators = ["nan"'))
        words = ("--plugin-path", self.broken(), "--jobs", 2)
        done = self.run_suite(*words, "--json", code=1)
        self.assertNotIn("stage 'page'", done.stderr)
        report = self.out / "report"
        written = json.loads(done.stdout)["files"]["report"]
        self.assertEqual(written[0], str(report / "index.html"))
        self.assertLess({str(report / name) for name in ("table.md", "table.csv", "table.tex")},
                        set(written))
        self.assertFalse((self.out / "results.h5").exists())
        with h5py.File(report / "results.h5") as collected:
            self.assertEqual(set(collected) - {"provenance", "summary", "tasks", "timing"}, {"judge"})
            self.assertTrue((collected["judge/present"][()] == 1).all())
        table = (report / "table.csv").read_text()
        self.assertIn("judge: return of the policy", self.run_suite(*words, code=1).stdout)
        self.suite.write_text(CHAIN)
        self.run_suite()
        self.assertEqual((report / "table.csv").read_text(), table)
        self.assertFalse((report / "results.h5").exists(), "it is in results.h5 now")

    def test_what_hangs_on_a_theta_that_diverged_is_diverged_and_the_cube_stays_whole(self):
        self.suite.write_text(CHAIN.replace("[sweep]", '[sweep]\n"optimizer.step" = [1e-5, 1.0]'))
        done = self.run_suite()
        self.assertIn("diverged", done.stdout)
        with h5py.File(self.out / "results.h5") as results:
            status = dict(zip((bytes(x).decode() for x in results["tasks/file"]),
                              (bytes(x).decode() for x in results["tasks/status"])))
            J = results["judge/J"][()]
            variance = results["measure/variance_trace"][()]
            share = results["summary/judge/diverged"][()]
        self.assertTrue(numpy.isfinite(J[0]).all() and numpy.isnan(J[1]).all())
        self.assertTrue(numpy.isfinite(variance[:, :, 0]).all(), "theta_0 is as good as any")
        self.assertTrue(numpy.isnan(variance[1, :, 2]).all())
        self.assertEqual(share.tolist(), [[0, 0], [1, 1]])
        for file, word in status.items():
            broken = "step=1.0" in file and "checkpoint=first" not in file
            self.assertEqual(word, "diverged" if broken else "done", file)


class Evaluate(Program):
    def evaluate(self, text):
        self.suite.write_text(text)
        self.seedbed("run", self.suite, "--output", self.folder / "out")
        return h5py.File(self.folder / "out" / "runs" / "evaluate" / "all" / "r0000.h5")

    def check_statistics(self, run, discount):
        """Every number again, from the episodes in the file: plain sums in their order."""
        group = run["evaluation"]
        returns = list(group["episodes/episode_return"][()])
        n = len(returns)

        def mean(values):
            total = 0.0
            for x in values:
                total += float(x)
            return total / n

        m = mean(returns)
        square = 0.0
        for x in returns:
            square += (x - m) * (x - m)
        deviation = math.sqrt(square / (n - 1))
        expected = {"return_mean": m, "return_std": deviation, "return_min": min(returns),
                    "return_max": max(returns), "return_mean_se": deviation / math.sqrt(n),
                    "reward_sum_mean": mean(group["episodes/reward_sum"]),
                    "episode_length_mean": mean(group["episodes/episode_length"]),
                    "terminated_fraction": mean(group["episodes/terminated"])}
        for name, value in expected.items():
            self.assertEqual(group[name][()], value, name)
        ordered = sorted(returns)
        for level, value in zip(group["quantile"], group["return_quantile"]):
            h = (n - 1) * float(level)
            k = math.floor(h)
            self.assertEqual(value, ordered[k] + (h - k) * (ordered[k + 1] - ordered[k]))
        self.check_trajectories(run, discount)
        return group["return_mean"][()], group["return_mean_se"][()]

    def check_trajectories(self, run, discount):
        episodes = run["evaluation/episodes"]
        kept = run["trajectories/noise_episode"][()]
        self.assertEqual(list(kept), list(range(0, len(episodes["episode"]), 100)))
        self.assertEqual(list(run["trajectories/episode_return"]),
                         list(episodes["episode_return"][()][kept]))
        start = 0
        for i, length in enumerate(run["trajectories/row_size"]):
            part, power = [0.0] * 8, 1.0  # eight partial sums, then their sum by halves
            for t, r in enumerate(run["trajectories/reward"][start:start + length]):
                part[t % 8] += power * r
                power *= discount
            even, odd = ((part[k] + part[k + 4]) + (part[k + 2] + part[k + 6]) for k in (0, 1))
            self.assertEqual(even + odd, episodes["episode_return"][kept[i]])
            start += length

    def test_what_was_stopped_goes_on_with_blocks_of_another_size(self):
        self.suite.write_text(HEAD.replace("replicates = 2", "") + """
[evaluate]
episodes = 20000
theta = [0.0, 0.0]
[record]
trajectories = { every = 100 }
""")
        out, whole = self.folder / "out", self.folder / "whole"
        words = ["worker", self.suite, "--output", out, "--set", "evaluate.block=10",
                 "--checkpoint-every", "0"]
        worker = subprocess.Popen([SEEDBED, *map(str, words)], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        worker.stdin.write("0\n")
        worker.stdin.flush()
        folder = out / "runs" / "evaluate" / "all"
        end = time.monotonic() + 60
        while not list(folder.glob("r0000.s*.h5")) and time.monotonic() < end:
            time.sleep(0.001)
        worker.terminate()
        answer, _ = worker.communicate(timeout=60)
        self.assertEqual(answer, "stopped\n")
        self.assertTrue(list(folder.glob("r0000.s*.h5")))
        self.seedbed("run", self.suite, "--output", out, "--set", "evaluate.block=777")
        self.seedbed("run", self.suite, "--output", whole)
        mine, theirs = (datasets(path / "runs" / "evaluate" / "all" / "r0000.h5")
                        for path in (out, whole))
        self.assertEqual(mine.keys(), theirs.keys())
        for name in mine.keys() - {"provenance/overrides"}:
            self.assertEqual(mine[name], theirs[name], name)

    def test_on_the_two_state_process_it_agrees_with_the_exact_objective(self):
        text = """
seed = 11
[environment]
plugin = "tabular"
model = "D2.csv"
[objective]
horizon = 10
discount = 0.9
[policy]
plugin = "tabular-softmax"
[evaluate]
episodes = 20000
block = 1000
theta = [0.5, -0.5, 0.0, 0.3]
[record]
trajectories = { every = 100 }
"""
        with self.evaluate(text) as run:
            mean, se = self.check_statistics(run, 0.9)
            J = run["evaluation/J"][()]
            self.assertAlmostEqual(J, -0.6672809382, places=9)
            self.assertLess(abs(mean - J), 3 * se)
            self.assertLess(se, 0.02)
            self.assertTrue((run["evaluation/episodes/episode_length"][()] == 10).all())

    def test_on_the_regulator_it_agrees_with_the_exact_objective(self):
        text = HEAD.replace("replicates = 2", "") + """
[evaluate]
episodes = 20000
theta = [-0.480450, -1.249350]
[record]
trajectories = { every = 100 }
"""
        with self.evaluate(text) as run:
            mean, se = self.check_statistics(run, 1.0)
            self.assertLess(abs(mean - run["evaluation/J"][()]), 3 * se)


if __name__ == "__main__":
    unittest.main()
