"""g++ and clang++ give the same bits. Builds once more what computes, with clang++."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import languages
from program import SEEDBED, SUITE, Program, datasets

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
OTHER = BUILD / "toolchain"

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


class Clang(Program):
    @classmethod
    def setUpClass(cls):
        built = subprocess.run(["cmake", "--build", BUILD, "--target", "toolchain"],
                               capture_output=True, text=True)
        assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-4000:]

    def compare(self, text, *words):
        self.suite.write_text(text)
        results = []
        for name, program in (("this", SEEDBED), ("other", OTHER / "bin" / "seedbed")):
            subprocess.run([program, "run", self.suite, "-q", *words,
                            "--output", self.folder / name],
                           check=True, capture_output=True)
            files = sorted((self.folder / name).rglob("*.h5"))
            results.append({f.relative_to(self.folder / name): datasets(f) for f in files})
        this, other = results
        self.assertGreater(len(this), 2)
        self.assertEqual(this.keys(), other.keys())
        for file in this:
            self.assertEqual(this[file].keys(), other[file].keys())
            for name, data in this[file].items():
                # Identities follow the libraries' hashes, which a compiler changes.
                if not name.startswith("provenance") and not name.startswith("tasks"):
                    self.assertEqual(data, other[file][name], f"{file} {name}")

    def test_a_linear_quadratic_suite(self):
        self.compare(SUITE)

    def test_cartpole_with_everything_recorded(self):
        self.compare(CARTPOLE)

    def test_a_tabular_suite(self):
        self.compare(LAKE)

    def test_plugins_in_other_languages_and_with_other_flags(self):
        for name, folder in languages.build(self.folder)[0].items():
            with self.subTest(name):
                self.compare(languages.SUITE, "--plugin-path", folder)
                for results in ("this", "other"):
                    shutil.rmtree(self.folder / results)


if __name__ == "__main__":
    if os.environ.get("SEEDBED_COMPILER") != "GNU-Release":
        print("skipped: this is not the g++ release build")
        sys.exit(77)
    unittest.main()
