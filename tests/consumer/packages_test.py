"""The Debian packages: what they hold works from a scratch root, and they say what they need."""
import os
import pathlib
import subprocess
import unittest

import installed
from program import Program

BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])


class Packages(Program):
    def setUp(self):
        super().setUp()
        self.folder = self.folder.resolve()
        self.output("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", self.folder / "deb")
        self.packages = {file.name.split("_")[0]: file
                         for file in (self.folder / "deb").glob("*.deb")}

    def output(self, *words):
        done = subprocess.run([str(word) for word in words], cwd=self.folder, capture_output=True,
                              text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def field(self, package, field):
        return self.output("dpkg-deb", "--field", self.packages[package], field)

    def test_two_packages_that_work_from_a_scratch_root(self):
        self.assertEqual(set(self.packages), {"seedbed", "seedbed-dev"})
        for library in ("libc6", "libhdf5", "libfmt", "libsleef", "libboost"):
            self.assertIn(library, self.field("seedbed", "Depends"))
        self.assertIn("seedbed (= 1.", self.field("seedbed-dev", "Depends"))
        self.assertIn("libsleef-dev", self.field("seedbed-dev", "Depends"))
        root = self.folder / "root"
        for package in self.packages.values():
            self.output("dpkg-deb", "-x", package, root)
        installed.program_works(self, root / "usr", self.folder)
        for words in (["cmake", "-S", "my-estimator", "-B", "b"], ["cmake", "--build", "b"],
                      ["ctest", "--test-dir", "b", "--no-tests=error"]):
            installed.run(words, root / "usr", self.folder)


if __name__ == "__main__":
    unittest.main()
