"""A suite of the plugins of faults.cpp: estimator, environment and policy, wrong on purpose."""
import pathlib
import subprocess
import tempfile

from program import SOURCE, Program

SUITE = """
title = "Faults"
seed = 7
replicates = 1
[environment]
plugin = "faulty"
[objective]
horizon = 10
[policy]
plugin = "faulty"
[learn]
iterations = 5
episodes = 4
estimator = "faulty"
optimizer = "sgd"
[sweep]
"""


class Faults(Program):
    suite_text = SUITE

    @classmethod
    def setUpClass(cls):
        cls.built = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.built.cleanup)
        cls.plugins = pathlib.Path(cls.built.name) / "plugins"
        cls.plugins.mkdir()
        cls.compile(cls.plugins / "faults.so")

    @staticmethod
    def compile(library, *flags):
        subprocess.run(["c++", "-std=c++20", "-shared", "-fPIC", "-O1", *flags,
                        f"-I{SOURCE / 'framework' / 'sdk' / 'include'}",
                        SOURCE / "tests" / "end_to_end" / "faults.cpp", "-o", library], check=True)

    def run_faults(self, key, faults, *words, code=1):
        self.out = self.folder / f"out-{key}-{faults[0]}"
        choices = ", ".join(f'{{ plugin = "faulty", fault = "{fault}" }}' for fault in faults)
        self.suite.write_text(SUITE + f"{key} = [{choices}]\n")
        jobs = () if "--jobs" in words else ("--jobs", 2)
        return self.seedbed("run", self.suite, "--output", self.out, *jobs, "--plugin-path",
                            self.plugins, *words, code=code)
