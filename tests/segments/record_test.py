"""Whatever [record] asks for, a run file has the documented datasets in the documented shapes."""
import itertools
import subprocess
import unittest

import h5py
import numpy

from program import SEEDBED, Program

SUITE = """
title = "Recorded"
seed = 3
replicates = 1
[environment]
plugin = "linear-quadratic"
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
Q_next = [[1.0, 0.0], [0.0, 0.0]]
R = [[1.0]]
W = [[1e-4, 0.0], [0.0, 1e-4]]
x0 = [-1.0, 0.0]
[objective]
horizon = 10
[policy]
plugin = "linear-gaussian"
sigma = 0.3
[learn]
iterations = 7
episodes = 5
estimator = "reward-to-go"
optimizer = { plugin = "sgd", step = 1e-6 }
"""
ITERATIONS, EPISODES, HORIZON, OBS, ACT = 7, 5, 10, 2, 1
TRAJECTORIES = {"\"none\"": 0, "\"all\"": 1, "{ every = 3 }": 3}
GRADIENTS = {"\"none\"": (0, False), "\"all\"": (1, False),
             "{ every = 2, contributions = true }": (2, True),
             "{ every = 2, contributions = false }": (2, False)}


class Recorded(Program):
    def run_with(self, trajectories, gradients, compression="none", iterations=ITERATIONS,
                 more=""):
        suite = SUITE.replace("iterations = 7", f"iterations = {iterations}")
        self.suite.write_text(suite + f"[record]\ntrajectories = {trajectories}\n"
                              f"gradients = {gradients}\ncompression = \"{compression}\"\n{more}")
        subprocess.run([SEEDBED, "worker", self.suite, "--output", self.folder / "out"],
                       input="0\n", text=True, check=True, capture_output=True)
        (path,) = (self.folder / "out").rglob("r0000.h5")
        return h5py.File(path)

    def check_trajectories(self, file, every):
        if not every:
            return self.assertNotIn("trajectories", file)
        shown = len(range(0, ITERATIONS, every))
        n, steps = shown * EPISODES, shown * EPISODES * HORIZON
        shapes = {"step": (steps,), "observation": (steps, OBS), "action": (steps, ACT),
                  "reward": (steps,), "log_prob": (steps,), "episode": (n,), "row_size": (n,),
                  "iteration": (n,), "terminated": (n,), "truncated": (n,),
                  "final_observation": (n, OBS), "episode_return": (n,), "noise_episode": (n,)}
        group = file["trajectories"]
        self.assertEqual({name: group[name].shape for name in shapes}, shapes)
        numpy.testing.assert_array_equal(group["step"], range(steps))
        numpy.testing.assert_array_equal(group["row_size"], HORIZON)
        numpy.testing.assert_array_equal(
            group["iteration"], numpy.repeat(range(0, ITERATIONS, every), EPISODES))
        returns = numpy.add.reduceat(group["reward"][()], range(0, steps, HORIZON))
        numpy.testing.assert_allclose(group["episode_return"], returns, rtol=1e-12)
        numpy.testing.assert_array_equal(group["observation"][::HORIZON], [[-1.0, 0.0]] * n)

    def check_gradients(self, file, every, contributions):
        if not every:
            return self.assertNotIn("gradient", file)
        group, rows = file["gradient"], len(range(0, ITERATIONS, every))
        d = file["policy/theta"].shape[1]
        numpy.testing.assert_array_equal(group["iteration"], range(0, ITERATIONS, every))
        self.assertEqual(group["mean"].shape, (rows, 1, d))
        self.assertEqual(group["variance"].shape, (rows, 1, d))
        self.assertEqual(group["count"].shape, (rows, 1))
        if not contributions:
            return self.assertNotIn("contribution", group)
        self.assertEqual(group["contribution"].shape, (rows, 1, EPISODES, d))
        numpy.testing.assert_allclose(group["contribution"][()].mean(axis=2), group["mean"],
                                      rtol=1e-9, atol=1e-12)

    def test_every_combination_has_its_datasets_in_their_shapes(self):
        for trajectories, gradients in itertools.product(TRAJECTORIES, GRADIENTS):
            with self.subTest(trajectories=trajectories, gradients=gradients):
                with self.run_with(trajectories, gradients) as file:
                    self.check_trajectories(file, TRAJECTORIES[trajectories])
                    self.check_gradients(file, *GRADIENTS[gradients])
                    self.assertEqual(file["learning/return_mean"].shape, (ITERATIONS,))

    def test_the_divergence_of_each_update_is_what_its_actions_and_both_policies_say(self):
        def log_prob(file, gain, rows):  # but for a constant
            mean = file["trajectories/observation"][rows] @ gain
            return -0.5 * ((file["trajectories/action"][rows, 0] - mean) / 0.3) ** 2

        with self.run_with("\"all\"", "\"none\"", more="checkpoints = \"all\"\nkl = true\n") as file:
            theta, kl = file["policy/theta"][()], file["learning/kl"][()]
            self.assertTrue((kl > 0).all())
            for k in range(ITERATIONS):
                rows = slice(k * EPISODES * HORIZON, (k + 1) * EPISODES * HORIZON)
                x = log_prob(file, theta[k + 1], rows) - log_prob(file, theta[k], rows)
                numpy.testing.assert_allclose(kl[k], numpy.mean(numpy.expm1(x) - x), rtol=1e-6)
        with self.run_with("\"none\"", "\"none\"") as file:
            self.assertNotIn("kl", file["learning"])

    def test_an_archive_is_compressed_and_has_the_same_numbers(self):
        every = ("\"all\"", "{ every = 1, contributions = true }")
        with self.run_with(*every, iterations=700) as plain:
            reward, gain = plain["trajectories/reward"][()], plain["policy/theta"][()]
            self.assertIsNone(plain["trajectories/observation"].compression)
        with self.run_with(*every, "gzip", iterations=700) as archive:
            self.assertEqual(archive["trajectories/observation"].compression, "gzip")
            numpy.testing.assert_array_equal(archive["trajectories/reward"], reward)
            numpy.testing.assert_array_equal(archive["policy/theta"], gain)

    def test_a_compression_that_is_not_there_is_refused_with_its_place(self):
        self.suite.write_text(SUITE + "[record]\ncompression = \"zip\"\n")
        said = self.seedbed("plan", self.suite, code=2).stderr
        self.assertIn("compression", said)
        self.assertIn("\"none\" or \"gzip\"", said)


if __name__ == "__main__":
    unittest.main()
