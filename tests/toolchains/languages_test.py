"""The same environment from every language, compiler and set of flags gives the same bits."""
import os
import pathlib
import sys
import tempfile
import unittest

import languages
from program import Program, datasets

HAS_CHECK = os.environ["SEEDBED_HAS_CHECK"] == "ON"


class Languages(Program):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.built, cls.skipped = languages.build(folder.name)

    def run_with(self, name):
        self.suite.write_text(languages.SUITE)
        self.seedbed("run", self.suite, "-q", "-j", 1, "--plugin-path", self.built[name],
                     "--output", self.folder / name)
        return {f"{file.name}/{key}": data
                for file in sorted((self.folder / name).rglob("*.h5"))
                for key, data in datasets(file).items()
                if not key.startswith(("provenance", "tasks"))}  # they hold the library's hash

    def test_every_build_gives_the_bits_of_c11(self):
        expected = self.run_with("c11-gcc")
        self.assertGreater(len(expected), 20)
        self.assertIn("r0000.h5/trajectories/reward", expected)
        for name in self.built:
            with self.subTest(name):
                found = self.run_with(name)
                self.assertEqual(found.keys(), expected.keys())
                for key in expected:
                    self.assertEqual(found[key], expected[key], key)

    def test_every_build_passes_check(self):
        if not HAS_CHECK:
            self.skipTest("this program has no check")
        for name, folder in self.built.items():
            with self.subTest(name):
                self.seedbed("check", folder / "double-integrator.so")

    def test_every_build_is_listed_with_its_compiler(self):
        for name, folder in self.built.items():
            text = self.seedbed("plugins", "double-integrator", "--plugin-path", folder).stdout
            self.assertIn("build:", text)
            self.assertIn({"r": "rustc", "c": "C11" if "c11" in name else "c"}[name[0]], text)

    def test_what_could_not_be_built_here(self):
        if self.skipped:
            self.skipTest("; ".join(f"{n}: {reason}" for n, reason in self.skipped.items()))


if __name__ == "__main__":
    unittest.main()
