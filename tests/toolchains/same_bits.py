"""Suites that use most of what computes, and a comparison of two programs' results bit for bit."""
import os
import subprocess

from program import SUITE, Program, datasets

CARTPOLE = """
title = "Cartpole"
seed = 3
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 200
discount = 0.99
[policy]
plugin = "linear-softmax"
init_scale = 0.1
[learn]
iterations = 20
episodes = 30
estimator = { plugin = "reward-to-go", baseline = "previous-batch-mean" }
optimizer = { plugin = "adam", step = 0.05 }
[record]
trajectories = { every = 5 }
gradients = { every = 1, contributions = true }
"""

LAKE = """
title = "Frozen lake"
seed = 3
replicates = 2
[environment]
plugin = "tabular"
model = "FrozenLake-4x4.csv"
[objective]
horizon = 100
discount = 0.95
[policy]
plugin = "tabular-softmax"
[learn]
iterations = 20
episodes = 50
estimator = "reinforce-optimal"
optimizer = { plugin = "sgd", step = 0.5 }
[gradient]
batches = 20
episodes = 10
estimators = ["reinforce", { plugin = "reinforce", baseline = "batch-mean" }]
[record]
trajectories = { every = 5 }
"""

PERCEPTRON = CARTPOLE.replace('plugin = "linear-softmax"\ninit_scale = 0.1',
                              'plugin = "mlp"\nhidden = [24, 16]')
SINGLE = PERCEPTRON.replace("hidden", 'precision = "single"\nhidden')
SUITES = {"linear-quadratic": SUITE, "cartpole": CARTPOLE, "lake": LAKE,
          "perceptron": PERCEPTRON, "single": SINGLE}


class SameBits(Program):
    def run_and_read(self, folder, program, words, **environment):
        subprocess.run([program, "run", self.suite, "-q", *words, "--output", folder], check=True,
                       capture_output=True, env={**os.environ, **environment})
        return {file.relative_to(folder): datasets(file) for file in sorted(folder.rglob("*.h5"))}

    def compare(self, text, one, other, *words, ignored=()):
        """Of two ways to run: program and environment. `ignored`: groups."""
        self.suite.write_text(text)
        results = [self.run_and_read(self.folder / name, program, words, **environment)
                   for name, (program, environment) in (("one", one), ("other", other))]
        self.assertGreater(len(results[0]), 2)
        self.assertEqual(results[0].keys(), results[1].keys())
        for file, these in results[0].items():
            self.assertEqual(these.keys(), results[1][file].keys())
            for name, data in these.items():
                if not name.startswith(ignored):
                    self.assertEqual(data, results[1][file][name], f"{file} {name}")
