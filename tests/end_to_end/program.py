"""The program as a user runs it, and what its results files hold (read by h5py, not by our code)."""
import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py
import numpy

SEEDBED = os.environ["SEEDBED"]
SOURCE = pathlib.Path(os.environ["SEEDBED_SOURCE"])

# Small and quick; noise of every kind, two axes, trajectories.
SUITE = """
title = "Small"
seed = 7
replicates = 4
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
iterations = 30
episodes = 5
optimizer = { plugin = "sgd", step = 1e-4 }
[gradient]
batches = 20
episodes = 5
estimators = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }]
[sweep]
estimator = ["reinforce", { plugin = "reward-to-go", baseline = "leave-one-out" }]
"optimizer.step" = [1e-4, 1e-3]
[record]
trajectories = { every = 10 }
"""


class Program(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.suite = self.folder / "suite.toml"
        self.suite.write_text(SUITE)

    def seedbed(self, *words, code=0):
        done = subprocess.run([SEEDBED, *map(str, words)], capture_output=True, text=True,
                              cwd=self.folder, timeout=300)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for text in (done.stdout, done.stderr):
            self.assertNotIn("terminate called", text)
            self.assertNotIn("Assertion", text)
        return done


def datasets(path):
    """Every dataset outside /timing: its type, shape and bytes."""
    found = {}
    with h5py.File(path, "r") as file:
        def visit(name, item):
            if isinstance(item, h5py.Dataset) and not name.startswith("timing"):
                data = item[()]
                if isinstance(data, numpy.ndarray) and data.dtype == object:
                    data = [bytes(x) for x in data.ravel()]
                found[name] = (str(item.dtype), item.shape, attributes(item),
                               data.tobytes() if isinstance(data, numpy.ndarray) else data)
        file.visititems(visit)
    return found


def attributes(item):
    """Of plain types: references to scales are addresses in the file."""
    return {name: str(value) for name, value in item.attrs.items()
            if name not in ("DIMENSION_LIST", "REFERENCE_LIST")}
