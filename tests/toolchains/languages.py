"""One environment in C11, C++ and Rust, by the compilers that are there, each with its own flags."""
import pathlib
import re
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
LINK = ["-shared", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off", "-Wl,-z,nodelete",
        "-Wl,-z,defs", f"-Wl,--version-script={SOURCE / 'cmake/plugin.map'}",
        f"-I{SOURCE / 'framework/sdk/include'}", "-Wall", "-Wextra", "-Werror"]
CPP = ["-std=c++20", *LINK]

# A name, what the processor must have, the compiler and its flags, the source.
BUILDS = (
    ("c11-gcc", "", "gcc", ["-std=c11", "-O2", *LINK], "double-integrator.c"),
    ("c11-clang", "", "clang", ["-std=c11", "-O1", *LINK], "double-integrator.c"),
    ("cpp-g++", "", "g++", ["-O3", "-march=x86-64-v3", *CPP], "double-integrator.cpp"),
    ("cpp-g++-baseline", "", "g++", ["-O2", "-march=x86-64", *CPP], "double-integrator.cpp"),
    ("cpp-clang++-O0", "", "clang++", ["-O0", *CPP], "double-integrator.cpp"),
    ("cpp-g++-native", "", "g++", ["-O3", "-march=native", *CPP], "double-integrator.cpp"),
    ("cpp-g++-avx512", "avx512f", "g++", ["-O3", "-march=native", "-mavx512f",
                                          "-mprefer-vector-width=512", *CPP],
     "double-integrator.cpp"),
    ("rust", "", "rustc", ["--crate-type=cdylib", "-Copt-level=3", "-Cpanic=abort", "-Cstrip=symbols",
                           "-Dwarnings", "-Aunused"], "double-integrator.rs"),
)

SUITE = """
title = "Noisy double integrator"
seed = 5
replicates = 2
[environment]
plugin = "double-integrator"
sigma = 0.3
[objective]
horizon = 50
[policy]
plugin = "linear-gaussian"
sigma = 2.0
[learn]
iterations = 20
episodes = 30
estimator = { plugin = "reward-to-go", baseline = "leave-one-out" }
optimizer = { plugin = "sgd", step = 1e-4 }
[record]
trajectories = { every = 5 }
gradients = { every = 1, contributions = true }
"""


def missing(needed, compiler):
    """Why a build cannot be made here, or ""."""
    if not shutil.which(compiler):
        return f"{compiler} is not installed"
    flags = re.search(r"^flags\s*:(.*)$", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    if needed and needed not in (flags.group(1).split() if flags else ()):
        return f"this processor has no {needed}"
    return ""


def build(folder):
    """Folders of one library each by the name of the build, and why the others are not there."""
    built, skipped = {}, {}
    for name, needed, compiler, flags, source in BUILDS:
        if reason := missing(needed, compiler):
            skipped[name] = reason
            continue
        built[name] = pathlib.Path(folder) / name
        built[name].mkdir()
        subprocess.run([compiler, *flags, HERE / source, "-o", built[name] / "double-integrator.so"],
                       check=True)
    return built, skipped
