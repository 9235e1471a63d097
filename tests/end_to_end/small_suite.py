"""A suite of four tasks that take milliseconds, and a slow one of the same four."""
import json
import time

from program import Program

SUITE = """
title = "Smallest"
seed = 7
replicates = 2
[environment]
plugin = "linear-quadratic"
A = [[1.0]]
B = [[1.0]]
R = [[1.0]]
x0 = [1.0]
[objective]
horizon = 3
[policy]
plugin = "linear-gaussian"
[learn]
iterations = 3
episodes = 2
estimator = "reinforce"
optimizer = "sgd"
[sweep]
"optimizer.step" = [1e-4, 1e-3]
"""


class SmallSuite(Program):
    def setUp(self):
        super().setUp()
        self.suite.write_text(SUITE)
        self.out = self.folder / "out"

    def command(self, *words):
        return ("run", self.suite, "--output", self.out, "--jobs", 2, *words)

    def run_suite(self, *words, code=0):
        return self.seedbed(*self.command(*words), code=code)


def events(out):
    return [json.loads(line) for line in (out / "events.jsonl").read_text().splitlines()
            if line.endswith("}")]


def wait_for(condition, seconds=20.0):
    """The first true value of the condition; an assertion when there is none in time."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "nothing happened in time"
        time.sleep(0.005)
    return value
