"""Every command and program in the README works, in its order, as it stands there."""
import os
import pathlib
import re
import subprocess
import sys
import unittest

from program import SEEDBED, SOURCE, Program

SLOW = ("./quickstart", "./run-tests")  # install packages and build: the CI is their test


class Readme(Program):
    def setUp(self):
        super().setUp()
        text = (SOURCE / "README.md").read_text()
        self.commands = [line for block in re.findall(r"```sh\n(.*?)```", text, re.S)
                         for line in block.splitlines()]
        self.programs = re.findall(r"```python\n(.*?)```", text, re.S)

    def test_the_commands_and_the_program(self):
        (self.folder / "experiments").symlink_to(SOURCE / "experiments")
        (self.folder / "build").mkdir()
        (self.folder / "build/release").symlink_to(pathlib.Path(SEEDBED).resolve().parents[1])
        path = {**os.environ, "PATH": f"{pathlib.Path(SEEDBED).parent}:{os.environ['PATH']}"}
        self.assertGreater(len(self.commands), 3)
        for command in self.commands:
            if command in SLOW:
                continue
            done = subprocess.run(command, shell=True, cwd=self.folder, env=path,
                                  capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, command + "\n" + done.stdout + done.stderr)
            self.assertTrue(done.stdout, command)
        self.assertEqual(len(self.programs), 1)
        done = subprocess.run([sys.executable, "-c", self.programs[0]], cwd=self.folder,
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("return_mean", done.stdout)

    def test_its_links_lead_somewhere_and_it_is_short(self):
        for page in [SOURCE / "README.md", *SOURCE.glob("plugins/*/*/README.md"),
                     *SOURCE.glob("experiments/*/README.md"), *SOURCE.glob("framework/**/README.md")]:
            for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
                self.assertTrue((page.parent / link).exists(), f"{page}: {link}")
        self.assertLessEqual(len((SOURCE / "README.md").read_text().splitlines()), 150)

    def test_every_plugin_and_experiment_has_its_page_and_every_plugin_its_test(self):
        for folder in [*SOURCE.glob("plugins/*/*/"), *SOURCE.glob("experiments/*/")]:
            self.assertTrue((folder / "README.md").exists(), folder)
        for folder in SOURCE.glob("plugins/*/*/"):
            self.assertTrue((folder / f"{folder.name}_test.cpp").exists(), folder)


if __name__ == "__main__":
    unittest.main()
