"""One episode again from its noise, and two runs side by side."""
import csv
import io
import json
import unittest

import h5py

from flipped import flipped
from program import Program
from short_suite import SHORT


class Runs(Program):
    def run_suite(self, text, name="out", *words):
        self.suite.write_text(text)
        self.seedbed("run", self.suite, "--output", self.folder / name, "-q", *words)
        return sorted((self.folder / name / "runs").rglob("r*.h5"))


class Replay(Runs):
    def replay(self, run, *words, code=0):
        return json.loads(self.seedbed("replay", run, "--json", *words, code=code).stdout)

    def test_an_episode_is_the_recorded_one_bit_for_bit_and_its_table_can_be_read(self):
        run = self.run_suite(SHORT)[0]
        found = self.replay(run, "--episode", 6)
        self.assertTrue(found["equal"])
        self.assertEqual((found["iteration"], found["noise_episode"], found["steps"]), (10, 2, 10))
        # sgd and reward-to-go carry nothing along: from the checkpoint, without an iteration.
        self.assertEqual((found["from_iteration"], found["iterations_run"]), (10, 0))
        with h5py.File(run) as file:
            stored = file["trajectories"]
            self.assertEqual(found["observation"]["names"], [*stored["obs"].asstr()[()]])
            self.assertEqual(found["action"]["values"],
                             stored["action"][60:70].tolist())
            self.assertEqual(found["reward"], stored["reward"][60:70].tolist())
        done = self.seedbed("replay", run, "--episode", 6)
        self.assertRegex(done.stdout, r"episode 6: iteration 10, noise 2; 10 steps, return -")
        self.assertIn("equal to the recorded one, bit for bit: 54 numbers", done.stderr)
        rows = list(csv.DictReader(io.StringIO(
            self.seedbed("replay", run, "--episode", 6, "--csv", "-q").stdout)))
        self.assertEqual([float(row["reward"]) for row in rows], found["reward"])

    def test_between_checkpoints_and_with_states_iterations_are_run_again(self):
        text = SHORT.replace("[record]", "[record]\ncheckpoints = { every = 8 }")
        run = self.run_suite(text)[0]
        found = self.replay(run, "--episode", 5)
        self.assertEqual((found["equal"], found["from_iteration"], found["iterations_run"]),
                         (True, 8, 2))
        adam = text.replace('{ plugin = "sgd", step = 1e-4 }', '"adam"').replace(
            'estimator = "reward-to-go"', 'estimator = "pgpe"')
        for text in (adam, adam.replace('"pgpe"', '"reinforce"')):
            found = self.replay(self.run_suite(text, "state")[0], "--episode", 5)
            self.assertEqual((found["equal"], found["from_iteration"]), (True, 0))

    def test_mirrored_episodes_those_of_other_stages_and_those_not_recorded(self):
        text = SHORT.replace("[learn]", "[learn]\nantithetic = true") + """
[[stage]]
name = "look"
kind = "gradient"
theta = { stage = "learn", checkpoint = 10 }
estimators = ["reinforce", "central-differences"]
batches = 11
episodes = 4
[[stage]]
name = "judge"
kind = "evaluate"
theta = { stage = "learn", checkpoint = "last" }
episodes = 25
"""
        judge, learn, look = self.run_suite(text)
        found = self.replay(learn, "--episode", 7)
        self.assertEqual((found["equal"], found["antithetic"], found["noise_episode"]),
                         (True, True, 1))
        self.assertTrue(self.replay(look, "--episode", 6)["equal"])
        found = self.replay(judge, "--episode", 2)
        self.assertEqual((found["equal"], found["noise_episode"]), (True, 20))
        whole = self.run_suite(text, "whole", "--set", 'record.trajectories="all"')
        one = self.replay(learn, "--iteration", 13, "--episode", 3)
        self.assertFalse(one["compared"])
        two = self.replay(whole[1], "--iteration", 13, "--episode", 3)
        self.assertTrue(two["equal"])
        self.assertEqual(one["observation"], two["observation"])

    def test_a_flipped_bit_is_named_with_step_and_component(self):
        run = self.run_suite(SHORT)[0]
        copy = flipped(run, self.folder / "copy.h5", "trajectories/observation", 2 * 63 + 1)
        found = self.replay(copy, "--episode", 6, code=4)
        self.assertRegex(found["difference"], r"^step 3, observation \S+: \S+ against \S+$")
        self.assertIn(found["observation"]["names"][1], found["difference"])
        done = self.seedbed("replay", copy, "--episode", 6, "-q", code=4)
        self.assertIn("differs from the recorded episode: step 3", done.stderr)
        self.seedbed("replay", copy, "--episode", 5, "-q")

    def test_an_episode_that_is_not_there_is_said_to_be_none(self):
        run = self.run_suite(SHORT)[0]
        self.assertIn("expected an episode from 0 to 7, got 8",
                      self.seedbed("replay", run, "--episode", 8, code=2).stderr)
        self.assertIn("expected an iteration from 0 to 19",
                      self.seedbed("replay", run, "--episode", 0, "--iteration", 20, code=2).stderr)
        self.assertIn("--episode N", self.seedbed("replay", run, code=2).stderr)


class Diff(Runs):
    def test_two_runs_differ_first_in_configuration_then_at_an_iteration(self):
        one = self.run_suite(SHORT, "one")[0]
        self.assertIn("equal, bit for bit", self.seedbed("diff", one, one).stdout)
        two = self.run_suite(SHORT, "two", "--set", "optimizer.step=2e-4")[0]
        found = json.loads(self.seedbed("diff", one, two, "--json", code=4).stdout)["pairs"][0]
        self.assertEqual(len(found["changes"]), 1)
        self.assertRegex(found["changes"][0], r"optimizer.*0\.0001.* → .*0\.0002")
        first = {each["dataset"]: each for each in found["divergences"]}
        self.assertEqual(first["/learning/return_mean"]["iteration"], 1)
        self.assertEqual(first["/policy/theta"]["place"], "checkpoint 1")
        self.assertEqual(first["/trajectories/reward"]["place"], "iteration 10, episode 4, step 0")
        with h5py.File(one) as a, h5py.File(two) as b:
            apart = abs(a["learning/return_mean"][()] - b["learning/return_mean"][()])
        self.assertEqual(first["/learning/return_mean"]["largest"], apart.max())
        self.assertEqual(first["/learning/return_mean"]["last"], apart[-1])
        self.assertGreater(found["datasets_equal"], 10)
        text = self.seedbed("diff", one, two, code=4).stdout
        self.assertRegex(text, r"datasets differ, first /learning/return_mean at iteration 1;")

    def test_a_flipped_bit_is_one_difference(self):
        run = self.run_suite(SHORT, "one")[0]
        copy = flipped(run, self.folder / "copy.h5", "gradient/mean", 2 * 12 + 1)
        found = json.loads(self.seedbed("diff", run, copy, "--json", code=4).stdout)["pairs"][0]
        self.assertEqual(found["changes"], [])
        self.assertEqual([(each["dataset"], each["iteration"]) for each in found["divergences"]],
                         [("/gradient/mean", 12)])

    def test_folders_are_compared_run_by_run_and_results_files_too(self):
        self.run_suite(SHORT, "one", "--set", "replicates=2")
        self.run_suite(SHORT, "two", "--set", "replicates=3")
        done = self.seedbed("diff", "one", "two", code=4)
        self.assertIn("2 of 3 pairs are equal", done.stdout)
        self.assertRegex(done.stdout, r"r0002\.h5: only in two")
        self.run_suite(SHORT, "three", "--set", "replicates=2")
        self.seedbed("diff", "one", "three")
        self.seedbed("diff", "one/results.h5", "three/results.h5")
        self.assertIn("/learn/return_mean", self.seedbed(
            "diff", "one/results.h5", "two/results.h5", code=4).stdout)
        self.assertIn("expected two files or two folders",
                      self.seedbed("diff", "one", "two/results.h5", code=2).stderr)


if __name__ == "__main__":
    unittest.main()
