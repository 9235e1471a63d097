"""table.py BUILD: one table of ratios (README.md): the limit programs, the engine, the program."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import h5py

HEAD = """
title = "Benchmark"
seed = 1
replicates = {replicates}
[environment]
plugin = "cartpole"
[objective]
horizon = 500
[policy]
{policy}
"""
SUITE = HEAD + """
[learn]
iterations = {iterations}
episodes = {episodes}
estimator = "reward-to-go"
optimizer = {{ plugin = "sgd", step = 1e-12 }}
[record]
trajectories = "{record}"
"""
STUDY = HEAD + """
[gradient]
batches = {batches}
episodes = {episodes}
reference_batches = 1
estimators = [{estimators}]
"""
LINEAR = 'plugin = "linear-softmax"'
WORKS = {  # work: policy, what [learn] adds, episodes, iterations, and those of the recorded run
    "linear/short/gradient": (LINEAR, "theta = [0, 0, 0, 0, 0, 0, 0, 0]", 960, 8000, 1500),
    "linear/long/gradient": (LINEAR, "theta = [0, 0, 0, 0, 0.5, 1, 10, 3]", 96, 4000, 700),
    "mlp/double/gradient": ('plugin = "mlp"', "", 960, 250, 250),
    "mlp/single/gradient": ('plugin = "mlp"\nprecision = "single"', "", 960, 350, 350),
}


class Laboratory:
    def __init__(self, build):
        self.program = build / "bin" / "seedbed"
        self.benchmarks = build / "bin" / "seedbed_benchmarks"
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="seedbed-benchmarks-"))

    def engine(self, works, *options):
        """Steps per second of engine/<work> and limit/<work>, the best of each."""
        done = subprocess.run(
            [self.benchmarks, f"--benchmark_filter=^{works}", "--benchmark_format=json", *options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        best = {}
        for run in json.loads(done.stdout)["benchmarks"]:
            if run["run_type"] == "iteration":
                best[run["run_name"]] = max(best.get(run["run_name"], 0.0), run["steps"])
        return best

    def peer(self):
        """Steps per second of PyTorch; nothing where it is not installed."""
        environment = {name: value for name, value in os.environ.items()
                       if name != "OPENBLAS_CORETYPE"}
        done = subprocess.run(
            ["/usr/bin/python3", pathlib.Path(__file__).with_name("peer_torch.py")],
            env={**environment, "OPENBLAS_NUM_THREADS": "1"}, capture_output=True)
        return json.loads(done.stdout) if done.returncode == 0 else {}

    def run(self, text, *words):
        """Seconds of a run from start to end, those until results.h5 is there, and the folder."""
        suite, output = self.folder / "suite.toml", self.folder / "results"
        suite.write_text(text)
        shutil.rmtree(output, ignore_errors=True)
        start = time.time()
        subprocess.run([self.program, "run", suite, "-q", "--output", output, *words], check=True,
                       stdout=subprocess.DEVNULL)
        whole = time.time() - start
        return whole, (output / "results.h5").stat().st_mtime - start, output

    def program_and_engine(self, name):
        """Steps per second of one worker from start to end, and of the engine alone for as long:
        best of three each, in turn, since a machine's speed changes by the minute."""
        *work, iterations, _ = WORKS[name]
        program = engine = 0.0
        for _ in range(3):
            program = max(program, self.rates(*work, iterations, "none", times=1)["whole"])
            alone = self.engine(f"engine/{name}$", "--benchmark_min_time=3")
            engine = max(engine, alone[f"engine/{name}"])
        return program, engine

    def rates(self, policy, theta, episodes, iterations, record="all", times=3):
        """Steps per second of one worker with trajectories, the best, from the start: to the end,
        `whole`, and to the collected file, `written`; `raw`: to write the same numbers by plain
        HDF5."""
        text = SUITE.format(replicates=1, policy=policy, iterations=iterations, episodes=episodes,
                            record=record).replace("[learn]", "[learn]\n" + theta)
        best = {"whole": 0.0, "written": 0.0, "raw": 0.0}
        for _ in range(times):
            whole, written, output = self.run(text, "--jobs", "1")
            steps, seconds = steps_of(output), {"whole": whole, "written": written}
            if record == "all":
                seconds["raw"] = self.seconds_of_plain_arrays(output)
            for name, value in seconds.items():
                best[name] = max(best[name], steps / value)
        return best

    def seconds_of_plain_arrays(self, output):
        with h5py.File(next(output.glob("runs/learn/**/*.h5"))) as file:
            arrays = {name: file["trajectories"][name][:]
                      for name in ("observation", "action", "reward", "log_prob", "step")}
        path = self.folder / "plain.h5"
        path.unlink(missing_ok=True)
        start = time.perf_counter()
        with h5py.File(path, "w") as file:
            for name, values in arrays.items():
                file[name] = values
        with open(path, "rb+") as file:
            os.fsync(file.fileno())
        return time.perf_counter() - start

    def seconds(self, *words, policy=LINEAR, replicates=1, iterations=2, episodes=48):
        return self.run(SUITE.format(replicates=replicates, policy=policy, iterations=iterations,
                                     episodes=episodes, record="none"), *words)[0]


PAIRS = [(estimator, baseline)
         for baseline in ("none", "leave-one-out", "batch-mean", "previous-batch-mean")
         for estimator in ("reinforce", "reward-to-go")]
MEMORY = {  # what: the suite behind its policy
    "an evaluation of 10^8 steps": (LINEAR, """
[evaluate]
theta = [0, 0, 0, 0, 0.5, 1, 10, 3]
episodes = 220000
"""),
    "learning, d = 10^5": ('plugin = "mlp"\nhidden = [320, 310]', """
[learn]
iterations = 2
episodes = 10000
estimator = "reward-to-go"
optimizer = { plugin = "sgd", step = 1e-12 }
"""),
    "a gradient stage, d = 10^5": ('plugin = "mlp"\nhidden = [320, 310]', """
[gradient]
batches = 2
episodes = 10000
reference_batches = 1
estimators = ["reward-to-go", "reinforce"]
"""),
}


def steps_of(output):
    with h5py.File(next(output.glob("runs/learn/**/*.h5"))) as file:
        return float(file["learning/env_steps"][-1])


def million(rate):
    return f"{rate / 1e6:8.2f}" if rate else f"{'':8}"


def print_rates(laboratory):
    best = laboratory.engine("(engine|limit)/", "--benchmark_repetitions=5",
                             "--benchmark_min_time=0.3",
                             "--benchmark_enable_random_interleaving=true")
    peer = laboratory.peer()
    if not peer:
        print("No peer: PyTorch is not here (Debian: python3-torch, libopenblas0-pthread)")
    print(f"{'work':24} {'limit':>8} {'engine':>8} {'ratio':>6} {'program':>8} {'ratio':>6} "
          f"{'written':>8} {'ratio':>6} {'of raw':>6} {'crate':>6} {'PyTorch':>8}   "
          "(10^6 steps/s; engine/limit, program/engine in turn; all trajectories until results.h5 "
          "is there: /program, /raw; until the crate is: /program)")
    for name in sorted(name.removeprefix("engine/") for name in best if name.startswith("engine/")):
        limit, engine = best[f"limit/{name}"], best[f"engine/{name}"]
        line = f"{name:24} {million(limit)} {million(engine)} {engine / limit:6.2f}"
        rest = f"{'':44}"
        if name in WORKS:
            *work, _, iterations = WORKS[name]
            program, alone = laboratory.program_and_engine(name)
            recorded = laboratory.rates(*work, iterations)
            rest = (f"{million(program)} {program / alone:6.2f} {million(recorded['written'])} "
                    f"{recorded['written'] / program:6.2f} "
                    f"{recorded['written'] / recorded['raw']:6.2f} "
                    f"{recorded['whole'] / program:6.2f}")
        print(f"{line} {rest:44} {million(peer.get(name))}".rstrip(), flush=True)


def print_times(laboratory):
    start = time.perf_counter()
    subprocess.run([laboratory.program, "--help"], check=True, stdout=subprocess.DEVNULL)
    print(f"\nseedbed --help             {1e3 * (time.perf_counter() - start):8.1f} ms   (20)")
    trivial = min(laboratory.seconds() for _ in range(5))
    print(f"a trivial suite            {1e3 * trivial:8.1f} ms   (150)")
    one, two = (min(laboratory.seconds("--jobs", jobs, policy=WORKS["mlp/double/gradient"][0],
                                       replicates=4, iterations=120, episodes=960)
                    for _ in range(2)) for jobs in "12")
    print(f"two workers                {one / two:8.2f} x    (1.9 of one)", flush=True)


def print_estimators(laboratory):
    """Seconds of k estimators on one batch, of those of reward-to-go alone; best of two."""
    print(f"\nestimators on one batch  {2:>6} {4:>6} {8:>6}   (1.5, 2, 3 of one)")
    for policy, batches, episodes in ((LINEAR, 8000, 960), (LINEAR, 2000, 960),
                                      ('plugin = "mlp"', 4000, 96), ('plugin = "mlp"', 1000, 96)):
        def seconds(pairs):
            estimators = ", ".join(f'{{ plugin = "{e}", baseline = "{b}" }}' for e, b in pairs)
            text = STUDY.format(replicates=1, policy=policy, batches=batches, episodes=episodes,
                                estimators=estimators)
            with h5py.File(next(laboratory.run(text, "--jobs", "1")[2]
                                .glob("runs/gradient/**/*.h5"))) as file:
                return float(file["timing/wall_seconds"][:].sum())
        sets = [[("reward-to-go", "none")], PAIRS[:2], PAIRS[:4], PAIRS[:8]]
        turns = [[seconds(pairs) for pairs in sets] for _ in range(2)]
        one, *others = map(min, zip(*turns))
        name = f"{policy.split(chr(34))[1]} {batches} x {episodes}"
        print(f"{name:24} " + " ".join(f"{k / one:6.2f}" for k in others), flush=True)


def print_memory(laboratory):
    """The largest process of a run: what the kernel says of those that were waited for."""
    print("largest process")
    for what, (policy, rest) in MEMORY.items():
        suite, output = laboratory.folder / "suite.toml", laboratory.folder / "results"
        suite.write_text(HEAD.format(replicates=1, policy=policy) + rest)
        shutil.rmtree(output, ignore_errors=True)
        run = subprocess.Popen([laboratory.program, "run", suite, "-q", "--jobs", "1", "--output",
                                output], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(run.pid, 0)
        assert status == 0
        print(f"{what:28} {usage.ru_maxrss / 1024:6.0f} MiB   (200)", flush=True)
    print()


def print_growth(laboratory):
    """Seconds beyond those of a trivial suite: of each a thousandfold more."""
    trivial = min(laboratory.seconds() for _ in range(5))
    for axis, least in (("iterations", 100), ("episodes", 480), ("replicates", 10)):
        print(f"\n{axis:>10} {'seconds':>9} {'us of one':>10}")
        for number in (least * 10**power for power in range(4)):
            seconds = laboratory.seconds(**{axis: number}) - trivial
            print(f"{number:10} {seconds:9.3f} {1e6 * seconds / number:10.1f}", flush=True)


def main():
    os.environ.pop("SEEDBED_PLUGIN_PATH", None)
    laboratory = Laboratory(pathlib.Path(sys.argv[1]).absolute())
    try:
        print_memory(laboratory)  # first: a child's peak begins with what this process has
        print_rates(laboratory)
        print_times(laboratory)
        print_estimators(laboratory)
        print_growth(laboratory)
    finally:
        shutil.rmtree(laboratory.folder, ignore_errors=True)


if __name__ == "__main__":
    main()
