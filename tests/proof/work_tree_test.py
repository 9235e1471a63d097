"""The commit and the changes of the work tree that a suite is in are in its run files."""
import hashlib
import os
import shutil
import subprocess
import unittest

import h5py

from program import Program
from short_suite import SHORT


@unittest.skipUnless(shutil.which("git"), "there is no git")
class WorkTree(Program):
    def setUp(self):
        super().setUp()
        self.suite.write_text(SHORT)
        (self.folder / "notes").write_text("one\n")
        self.git("init", "-q")
        self.git("add", "suite.toml", "notes")
        self.git("commit", "-q", "-m", "First")

    def git(self, *words):
        return subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e", *words], cwd=self.folder, check=True,
            capture_output=True, text=True, env={**os.environ, "HOME": str(self.folder)}).stdout

    def provenance(self, name):
        self.seedbed("run", self.suite, "--output", self.folder / name, "-q")
        with h5py.File(next((self.folder / name).rglob("r0000.h5"))) as file:
            return {key: item.asstr()[()] for key, item in file["provenance"].items()}

    def test_commit_and_changes_are_kept_whatever_the_settings_and_a_long_diff_says_it_is_cut(self):
        clean = self.provenance("clean")
        self.assertEqual(clean["git_commit"], self.git("rev-parse", "HEAD").strip())
        self.assertEqual(clean["git_diff"], "")
        (self.folder / "notes").write_text("two\n")
        for setting in ("color.ui=always", "diff.noprefix=true", "diff.external=false"):
            self.git("config", *setting.split("="))
        changed = self.provenance("changed")["git_diff"]
        self.assertTrue(changed.startswith("diff --git a/notes b/notes\n"), changed)
        self.assertTrue(changed.endswith("-one\n+two\n"), changed)
        (self.folder / "notes").write_bytes(b"caf\xe9\n")
        self.assertIn("+caf\ufffd\n", self.provenance("latin")["git_diff"])
        (self.folder / "notes").write_text("three\n" * 20000)
        long = self.provenance("long")["git_diff"]
        self.assertLess(len(long), (1 << 16) + 200)
        self.git("config", "--unset", "diff.external")
        whole = self.git("diff", "HEAD", "--no-color", "--src-prefix=a/", "--dst-prefix=b/")
        self.assertRegex(long, rf"\n\[cut here: \d+ of {len(whole)} bytes; SHA-256 of all "
                               rf"{hashlib.sha256(whole.encode()).hexdigest()}\]\n$")


if __name__ == "__main__":
    unittest.main()
