"""The program on result files that are cut short: one message, exit code 5, and left as they are."""
import random
import subprocess
import unittest

from program import SEEDBED, Program

SIGNS = ("terminate called", "Assertion", "internal error", "HDF5-DIAG", "Segmentation fault")


class Cut(Program):
    def setUp(self):
        super().setUp()
        self.seedbed("run", self.suite, "-q", "--output", "out")
        self.run_file = next((self.folder / "out" / "runs" / "learn").rglob("r0000.h5"))

    def refused(self, path, *words):
        before = (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes())
        done = subprocess.run([SEEDBED, *map(str, words)], capture_output=True, text=True,
                              errors="replace", cwd=self.folder, timeout=20)
        self.assertEqual(done.returncode, 5, f"{words}: {done.stdout}{done.stderr}")
        self.assertEqual(done.stderr.count(path.name), 1, done.stderr)
        for sign in SIGNS:
            self.assertNotIn(sign, done.stderr)
        self.assertEqual(before,
                         (path.stat().st_mtime_ns, path.stat().st_ino, path.read_bytes()))

    def test_every_verb_that_reads_a_run_file_refuses_a_cut_one(self):
        whole, draw = self.run_file.read_bytes(), random.Random(8)
        other = self.folder / "other.h5"
        other.write_bytes(whole)
        verbs = (("reproduce", self.run_file), ("replay", self.run_file, "--episode", "0"),
                 ("diff", other, self.run_file), ("export", self.run_file, "--to", "csv"),
                 ("export", self.run_file, "--to", "minari"), ("collect", "out"))
        for _ in range(5):
            self.run_file.write_bytes(whole[:512 * draw.randrange(len(whole) // 512)])
            for words in verbs:
                with self.subTest(words=words[0]):
                    self.refused(self.run_file, *words)

    def test_every_verb_that_reads_results_refuses_cut_ones(self):
        results = self.folder / "out" / "results.h5"
        whole, draw = results.read_bytes(), random.Random(9)
        other = self.folder / "other.h5"
        other.write_bytes(whole)
        for _ in range(4):
            results.write_bytes(whole[:512 * draw.randrange(len(whole) // 512)])
            for words in (("report", "out"), ("export", results, "--to", "csv"),
                          ("diff", other, results)):
                with self.subTest(words=words[0]):
                    self.refused(results, *words)


if __name__ == "__main__":
    unittest.main()
