"""What is no suite or no result file of ours: one clear message, no crash, no hang, and untouched."""
import os
import subprocess
import unittest

import netCDF4

from program import SEEDBED, SUITE, Program

SIGNS = ("terminate called", "Assertion", "internal error", "HDF5-DIAG", "Segmentation fault")


class Foreign(Program):
    def refused(self, *words, code, says):
        done = subprocess.run([SEEDBED, *map(str, words)], capture_output=True, text=True,
                              errors="replace", cwd=self.folder, timeout=20)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        for sign in SIGNS:
            self.assertNotIn(sign, done.stderr)
        self.assertIn(says, done.stderr)
        self.assertLess(len(done.stderr), 20_000)
        return done.stderr


class ForeignSuite(Foreign):
    def suite_of(self, data, says="suite.toml:"):
        self.suite.write_bytes(data)
        return self.refused("plan", self.suite, code=2, says=says)

    def test_a_pipe_is_refused_and_not_waited_for(self):
        os.mkfifo(self.folder / "pipe.toml")
        self.refused("plan", self.folder / "pipe.toml", code=2, says="something that is not a file")

    def test_a_folder_without_a_suite_and_a_link_to_nowhere_are_refused(self):
        (self.folder / "empty").mkdir()
        (self.folder / "link.toml").symlink_to("nowhere.toml")
        (self.folder / "loop.toml").symlink_to("loop.toml")
        self.refused("plan", self.folder / "empty", code=2, says="a folder without suite.toml")
        self.refused("plan", self.folder / "link.toml", code=2, says="No such file or directory")
        self.refused("plan", self.folder / "loop.toml", code=2, says="Too many levels")
        self.refused("plan", self.folder / ("x" * 300), code=2, says="File name too long")

    def test_a_huge_file_is_not_read_into_memory(self):
        with open(self.suite, "wb") as file:
            file.truncate(1 << 40)
        self.refused("plan", self.suite, code=2, says="a file of more than 64 MiB")

    def test_bytes_that_are_no_text_are_refused(self):
        self.suite_of(bytes(range(256)) * 40)
        self.suite_of(b'title = "\xff\xfe"\n' + SUITE.encode())
        self.suite_of(SUITE.encode() + b"\0" * 100)
        self.suite_of(SUITE.encode("utf-16"))

    def test_deep_nesting_is_refused_and_does_not_overflow_the_stack(self):
        for text in ("a = " + "[" * 200_000, "a = " + "{b=" * 200_000, "[" + "a." * 200_000 + "a]",
                     "a." * 200_000 + "a = 1", "a = " + "[" * 200 + "]" * 200,
                     "x = " + ("{" + "a." * 60 + "a = ") * 240 + "1" + "}" * 240):
            self.suite_of(text.encode())
        self.refused("plan", self.suite, "--set", "a=" + "[" * 60_000, code=2, says="")
        self.refused("plan", self.suite, "--set", "a." * 30_000 + "a=1", code=2, says="")

    def test_a_byte_order_mark_and_line_ends_of_windows_are_no_errors(self):
        for data in (b"\xef\xbb\xbf" + SUITE.encode(), SUITE.replace("\n", "\r\n").encode(),
                     SUITE.rstrip("\n").encode()):
            self.suite.write_bytes(data)
            self.seedbed("plan", self.suite)

    def test_a_file_parameter_that_is_a_pipe_or_a_folder_is_refused(self):
        os.mkfifo(self.folder / "pipe")
        (self.folder / "data").mkdir()
        environment = SUITE[SUITE.index("[environment]"):SUITE.index("[objective]")]
        for name, says in (("pipe", "something that is not a file"), ("data", "a folder")):
            text = SUITE.replace(environment, f'[environment]\nplugin = "tabular"\nmodel = "{name}"\n')
            self.assertIn(name, self.suite_of(text.encode(), says))


class ForeignResult(Foreign):
    def setUp(self):
        super().setUp()
        self.seedbed("run", self.suite, "-q", "--output", "out")
        self.run_file = next((self.folder / "out" / "runs").rglob("r0000.h5"))
        self.results = self.folder / "out" / "results.h5"

    def check(self, make, says):
        """Both a run file and results.h5 are replaced by what `make` makes."""
        for path in (self.run_file, self.results):
            kept = path.read_bytes()
            path.unlink()
            make(path)
            before = os.lstat(path)
            if path == self.results:
                self.refused("report", "out", code=5, says=says)
            else:
                done = self.seedbed("plan", self.suite, "--output", "out")
                self.assertIn("1 damaged", done.stdout)
                self.assertIn(says, done.stdout)
            after = os.lstat(path)
            self.assertEqual((before.st_mtime_ns, before.st_size, before.st_ino),
                             (after.st_mtime_ns, after.st_size, after.st_ino))
            path.rmdir() if path.is_dir() else path.unlink()
            path.write_bytes(kept)

    def test_files_of_others_and_what_is_no_file_are_refused_as_they_are(self):
        def netcdf(path):
            with netCDF4.Dataset(path, "w") as file:
                file.createDimension("x", 3)
                file.createVariable("y", "f8", ("x",))[:] = [1, 2, 3]

        def huge(path):
            with open(path, "wb") as file:
                file.truncate(1 << 40)

        self.check(netcdf, "cut short or of another program")
        self.check(lambda path: path.write_bytes(b""), "an empty file")
        self.check(lambda path: path.write_text("not HDF5\n" * 100), "not HDF5")
        self.check(lambda path: path.mkdir(), "a folder")
        self.check(os.mkfifo, "something that is not a file")
        self.check(huge, "not HDF5")
        self.check(lambda path: path.symlink_to(path.name), "Too many levels")

    def test_what_is_damaged_is_done_again_and_replaced_as_a_whole(self):
        whole = self.run_file.read_bytes()
        self.run_file.write_bytes(whole[:5000])
        self.seedbed("run", self.suite, "-q", "--output", "out")
        done = self.seedbed("plan", self.suite, "--output", "out")
        self.assertNotIn("damaged", done.stdout)
        self.run_file.unlink()
        self.run_file.symlink_to("nowhere.h5")
        self.seedbed("run", self.suite, "-q", "--output", "out")
        self.assertFalse(self.run_file.is_symlink())


if __name__ == "__main__":
    unittest.main()
