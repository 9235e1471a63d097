"""`cmake --install`, and plugins of every kind built against it and nothing else."""
import os
import pathlib
import shutil
import time
import unittest

import installed
from program import SEEDBED, SOURCE, Program, datasets

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])

# One suite with a plugin of each kind from outside.
SUITE = """
title = "Strangers"
seed = 11
replicates = 2
[environment]
plugin = "my-environment"
[objective]
horizon = 8
[policy]
plugin = "my-policy"
sigma = 0.5
[learn]
iterations = 10
episodes = 12
optimizer = { plugin = "my-optimizer", step = 1e-4 }
[sweep]
estimator = ["my-estimator", { plugin = "reward-to-go", baseline = "my-baseline" }]
"""


class Installation(Program):
    def setUp(self):
        super().setUp()
        self.folder = self.folder.resolve()
        self.prefix = self.folder / "prefix"
        self.run_(["cmake", "--install", BUILD, "--prefix", self.prefix])

    def run_(self, words, code=0):
        return installed.run(words, self.prefix, self.folder, code)

    def build_new(self, kind):
        """Four commands, from nothing to a running suite."""
        name, start = f"my-{kind}", time.monotonic()
        self.run_(["seedbed", "new", kind, name])
        self.run_(["cmake", "-S", name, "-B", f"{name}/build"])
        self.run_(["cmake", "--build", f"{name}/build"])
        self.run_(["seedbed", "run", name, "-q", "--plugin-path", f"{name}/build/plugins",
                   "--output", f"{name}/build/results"])
        print(f"{kind}: from new to a running suite in {time.monotonic() - start:.1f} s")
        self.run_(["ctest", "--test-dir", f"{name}/build", "--no-tests=error"])
        listed = self.run_(["seedbed", "plugins", name, "--plugin-path", f"{name}/build/plugins"])
        self.assertTrue(listed.startswith(f"{kind} '{name}' 0.1.0, MIT"), listed)
        return self.folder / name / "build/plugins" / f"{name}.so"

    def test_the_program_finds_what_belongs_to_it(self):
        installed.program_works(self, self.prefix, self.folder)

    def test_nothing_installed_refers_to_the_source_or_the_build_tree(self):
        files = [file for file in self.prefix.rglob("*") if file.is_file()]
        self.assertIn(self.prefix / "lib/cmake/Seedbed/SeedbedTargets.cmake", files)
        for file in files:
            text = file.read_bytes()
            if not text.startswith(b"\x7fELF"):  # debug information names its sources
                for tree in (SOURCE, BUILD):
                    self.assertNotIn(str(tree).encode(), text, file)

    def test_new_plugins_of_every_kind_build_pass_and_run_together_on_the_built_program(self):
        dropped = self.folder / "dropped"
        dropped.mkdir()
        for kind in installed.KINDS:
            shutil.copy(self.build_new(kind), dropped)
        self.suite.write_text(SUITE)
        self.assertNotEqual(pathlib.Path(SEEDBED).resolve().parent, self.prefix / "bin")
        self.seedbed("run", self.suite, "-q", "--plugin-path", dropped, "--output", "built")
        self.run_(["seedbed", "run", self.suite, "-q", "--plugin-path", dropped,
                   "--output", "installed"])
        runs = [{file.relative_to(self.folder / name): datasets(file)
                 for file in (self.folder / name / "runs").rglob("*.h5")}
                for name in ("built", "installed")]
        self.assertEqual(len(runs[0]), 4)
        for file, expected in runs[0].items():
            for key, data in expected.items():
                if not key.startswith("provenance"):
                    self.assertEqual(runs[1][file][key], data, f"{file} {key}")

    def test_the_package_is_version_1_the_major_of_the_plugin_abi(self):
        for version, code in ((1, 0), (2, 1)):
            project = self.folder / f"wants-{version}"
            project.mkdir()
            (project / "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.25)\nproject(wants NONE)\n"
                f"find_package(Seedbed {version} CONFIG REQUIRED)\n")
            self.run_(["cmake", "-S", project, "-B", project / "build"], code)
        self.assertTrue(self.run_(["pkg-config", "--modversion", "seedbed"]).startswith("1."))

    def test_a_project_installs_its_plugin_beside_the_shipped_ones(self):
        self.build_new("baseline")
        self.run_(["cmake", "--install", "my-baseline/build", "--prefix", self.prefix])
        self.assertIn("my-baseline.so", self.run_(["seedbed", "plugins", "my-baseline"]))

    def test_a_plugin_in_c_is_one_line_with_pkg_config(self):
        source = SOURCE / "tests/toolchains/double-integrator.c"
        plugins = self.run_(["pkg-config", "--variable=plugindir", "seedbed"]).strip()
        self.run_(["sh", "-c", "gcc -std=c11 -O2 -Wall -Wextra -Werror -shared -fPIC "
                   f"{source} -o {plugins}/double-integrator.so "
                   "$(pkg-config --cflags --libs seedbed)"])
        self.assertIn("build:   C11", self.run_(["seedbed", "plugins", "double-integrator"]))


if __name__ == "__main__":
    unittest.main()
