"""A suite of four tasks that take milliseconds, and a slow one of the same four."""
import json
import subprocess
import time

from program import SEEDBED, Program

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
ENDLESS = ("--set", "iterations=100000000")


class SmallRuns:
    """For a Program: its suite is that one, run by two workers into `out`."""

    def setUp(self):
        super().setUp()
        self.suite.write_text(SUITE)
        self.out = self.folder / "out"

    def command(self, *words):
        return ("run", self.suite, "--output", self.out, "--jobs", 2, *words)

    def run_suite(self, *words, code=0):
        return self.seedbed(*self.command(*words), code=code)

    def start(self, *words, **streams):
        """A run that goes on; for ENDLESS, see at_work()."""
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, **streams}
        run = subprocess.Popen([SEEDBED, *map(str, self.command(*words))], text=True,
                               cwd=self.folder, **streams)
        self.addCleanup(run.communicate)
        self.addCleanup(run.kill)
        return run

    def at_work(self, run, tasks=2):
        """Waits until so many tasks are at work, or it has ended."""
        wait_for(lambda: len(list(self.out.rglob("*.partial"))) == tasks or run.poll() is not None)
        return run


class SmallSuite(SmallRuns, Program):
    """Four tasks."""


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]


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
