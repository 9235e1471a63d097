"""g++ and clang++ give the same bits. Builds once more what computes, with clang++."""
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import languages
from program import SEEDBED
from same_bits import SUITES, SameBits

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
THIS, OTHER = (SEEDBED, {}), (BUILD / "toolchain" / "bin" / "seedbed", {})
# Identities follow the libraries' hashes, which a compiler changes.
IGNORED = ("provenance", "tasks")


class Clang(SameBits):
    @classmethod
    def setUpClass(cls):
        built = subprocess.run(["cmake", "--build", BUILD, "--target", "toolchain"],
                               capture_output=True, text=True)
        assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-4000:]

    def test_suites(self):
        for name, text in SUITES.items():
            with self.subTest(name):
                self.compare(text, THIS, OTHER, ignored=IGNORED)
                shutil.rmtree(self.folder / "one")
                shutil.rmtree(self.folder / "other")

    def test_plugins_in_other_languages_and_with_other_flags(self):
        for name, folder in languages.build(self.folder)[0].items():
            with self.subTest(name):
                self.compare(languages.SUITE, THIS, OTHER, "--plugin-path", folder, ignored=IGNORED)
                shutil.rmtree(self.folder / "one")
                shutil.rmtree(self.folder / "other")


if __name__ == "__main__":
    if os.environ.get("SEEDBED_COMPILER") != "GNU-Release":
        print("skipped: this is not the g++ release build")
        sys.exit(77)
    unittest.main()
