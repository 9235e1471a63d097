"""A suite that is killed, starved and resumed: how it is started, and what must hold afterwards."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

import h5py

from program import SEEDBED, datasets

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
FAULT = BUILD / "tests" / "chaos_fault.so"
READ_WHOLE = BUILD / "tests" / "read_whole"
SANITIZED = os.environ["SEEDBED_COMPILER"].endswith("Debug")

# A stage of every kind, and estimators and an optimizer that have a state.
SUITE = """
title = "Chaos"
seed = 11
replicates = {replicates}
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
iterations = {steps}
episodes = 12
optimizer = {{ plugin = "adam" }}
[gradient]
batches = {steps}
episodes = 12
estimators = ["reinforce", {{ plugin = "reward-to-go", baseline = "previous-batch-mean" }}]
[evaluate]
episodes = {evaluated}
block = 12
theta = {{ stage = "learn" }}
[record]
trajectories = {{ every = 3 }}
gradients = {{ every = 2, contributions = true }}
[sweep]
estimator = [{estimators}]
"""
STATEFUL = '{ plugin = "reward-to-go", baseline = "previous-batch-mean" }'


def suite(replicates, steps, *estimators):
    return SUITE.format(replicates=replicates, steps=steps, evaluated=12 * steps,
                        estimators=", ".join(estimators))


# Where fsync costs nothing: it is the order of calls that is tested here, not the disk.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
DEBRIS = re.compile(r"\.partial$|\.s\d+\.h5$")


class Laboratory(unittest.TestCase):
    """One suite, what an uninterrupted run of it gives, and folders in which it is run otherwise."""
    maxDiff = None
    suite_text = ""
    jobs = 2
    place = MEMORY
    options = ("--checkpoint-every", "0")  # after each iteration

    @classmethod
    def setUpClass(cls):
        if SANITIZED:
            raise unittest.SkipTest("sanitizers and LD_PRELOAD exclude each other")
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="seedbed-chaos-", dir=cls.place))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.suite = cls.folder / "suite.toml"
        cls.suite.write_text(cls.suite_text)
        began = time.monotonic()
        done = cls.start(cls.folder / "whole", "--checkpoint-every", "3600")
        message = done.communicate(timeout=120)[1]
        cls.seconds = time.monotonic() - began
        assert done.returncode == 0, message
        cls.whole = contents(cls.folder / "whole")

    @classmethod
    def faulty(cls, output, faults):
        """The environment in which what is done below `output` goes wrong."""
        counter = cls.folder / f"{output.name}.counter"
        counter.write_bytes(bytes(16))
        return {"LD_PRELOAD": str(FAULT), "FAULT_COUNTER": str(counter),
                "FAULT_PATHS": f"{output}*", **faults}

    @classmethod
    def start(cls, output, *words, faults=None):
        """`seedbed run`, with the faults of fault.c."""
        environment = dict(os.environ)
        if faults is not None:
            environment.update(cls.faulty(output, faults))
        return subprocess.Popen(
            [SEEDBED, "run", cls.suite, "--output", output, "-q", "--jobs", str(cls.jobs),
             *(words or cls.options)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=environment, cwd=cls.folder)

    def end_of(self, process, where):
        """Its standard error. Neither a crash nor a hang is ever an answer."""
        try:
            message = process.communicate(timeout=60)[1]
        except subprocess.TimeoutExpired:
            kill_all(process)
            self.fail(f"{where}: still at work after 60 s: {process.communicate()[1]}")
        for sign in ("terminate called", "Assertion", "Segmentation fault", "HDF5-DIAG"):
            self.assertNotIn(sign, message, where)
        return message

    def run_to_end(self, output, *words):
        process = self.start(output, *words)
        message = self.end_of(process, output.name)
        self.assertEqual(process.returncode, 0, f"{output.name}: {message}")
        return message

    def check_published(self, output, seen):
        """Whatever has a published name is whole, and stays the very file that it was."""
        fresh = []
        for path in published(output):
            try:
                now = path.stat()
            except FileNotFoundError:  # a segment that was joined meanwhile
                continue
            mark = (now.st_ino, now.st_mtime_ns, now.st_size)
            if seen.get(path) == mark:
                continue
            if path.parent.parent.parent.name == "runs" and not DEBRIS.search(path.name):
                self.assertNotIn(path, seen, "a finished run file was written again")
            seen[path] = mark
            fresh.append(path)
        readable = [path for path in fresh if path.suffix == ".h5" and read_by_h5py(path)]
        if readable:
            done = subprocess.run([READ_WHOLE, *readable], capture_output=True, text=True,
                                  timeout=60)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return fresh

    def check_plan(self, output):
        done = subprocess.run([SEEDBED, "plan", self.suite, "--output", output],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("damaged", done.stdout)

    def check_final(self, output):
        """The same datasets, bit for bit, and nothing else but what an uninterrupted run leaves."""
        now = contents(output)
        self.assertEqual(sorted(now), sorted(self.whole))
        for name, data in self.whole.items():
            self.assertEqual(sorted(now[name]), sorted(data), name)
            for dataset, value in data.items():
                self.assertTrue(now[name][dataset] == value, f"{name}: {dataset} differs")
        self.assertEqual(names(output), names(self.folder / "whole"))


def published(output):
    return [path for path in output.rglob("*") if path.is_file()
            and not path.name.endswith(".partial") and not path.name.startswith(".")]


def names(output):
    """Of all files, hidden ones too; logs of workers depend on how many there were."""
    return sorted(str(path.relative_to(output)) for path in output.rglob("*")
                  if path.is_file() and path.parent.name != "logs")


def contents(output):
    return {str(path.relative_to(output)): datasets(path) for path in output.rglob("*.h5")}


def read_by_h5py(path):
    """Every byte of it; False when it is a segment that was joined meanwhile."""
    try:
        with h5py.File(path, "r") as file:
            file.visititems(lambda _, item: item[()] if isinstance(item, h5py.Dataset) else None)
    except OSError:
        if path.exists():
            raise
        return False
    return True


def workers_of(process):
    """Of a running orchestrator: started by any of its threads."""
    found = []
    for children in pathlib.Path(f"/proc/{process.pid}/task").glob("*/children"):
        try:
            found += [int(pid) for pid in children.read_text().split()]
        except OSError:
            pass
    return found


def kill_process(pid, number=signal.SIGKILL):
    try:
        os.kill(pid, number)
        return True
    except ProcessLookupError:
        return False


def kill_all(process):
    """The orchestrator and its workers, which may have process groups of their own."""
    for pid in [process.pid, *workers_of(process)]:
        kill_process(pid)


def wait_for_all(output):
    """Until no process is at work on that folder: workers die with their orchestrator."""
    word = str(output).encode()
    for _ in range(1000):
        if not any(word in command_line(folder) for folder in pathlib.Path("/proc").glob("[0-9]*")
                   if folder.name != str(os.getpid())):
            return
        time.sleep(0.01)
    raise AssertionError(f"{output}: processes are left behind by a run that was killed")


def command_line(folder):
    try:
        return (folder / "cmdline").read_bytes()
    except OSError:
        return b""
