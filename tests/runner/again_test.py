"""The command printed with a failure, pasted into a shell, repeats it, whatever the names are."""
import json
import re
import shutil
import subprocess
import unittest

from faults import Faults

AWKWARD = "it's a \"$HOME\" `id` \\ & ; café"


class Again(Faults):
    def setUp(self):
        super().setUp()
        self.folder = self.folder / AWKWARD
        plugins = self.folder / "plug ins"
        plugins.mkdir(parents=True)
        shutil.copy(self.plugins / "faults.so", plugins)

    def failures(self, faults, *words):
        """What was said of each failure, and what its command then says and how it ends."""
        choices = ", ".join(f'{{ plugin = "faulty", fault = "{fault}" }}' for fault in faults)
        (self.folder / "it's.toml").write_text(self.suite_text + f"estimator = [{choices}]\n")
        done = self.seedbed("run", "it's.toml", "--output", "o u'\"t", "--plugin-path", "plug ins",
                            "--set", "title=" + json.dumps(AWKWARD, ensure_ascii=False),
                            "--set", 'sweep."iterations"=[4, 5]', "--only", "iterations = 5",
                            *words, code=1)
        for said, command in re.findall(r"(.*)\n  alone: (.*)", done.stderr):
            self.assertTrue(command.endswith(" ".join(map(str, words))), command)
            yield said, subprocess.run(["bash", "-c", command], capture_output=True, text=True,
                                       cwd=self.folder, timeout=60)

    def test_a_failure_is_repeated_with_its_message_and_exit_code_1(self):
        [(said, again)] = self.failures(["none", "status"])
        message = "estimator 'faulty': estimate: no more at iteration 2"
        self.assertTrue(said.endswith(message), said)
        self.assertEqual((again.stdout, again.returncode), (f"failed {message}\n", 1), again.stderr)

    def test_a_crash_is_repeated_within_the_same_limit_of_memory(self):
        found = list(self.failures(["abort", "allocate"], "--memory-per-worker", 400))
        self.assertEqual(len(found), 2)
        for said, again in found:
            self.assertEqual(again.stdout, "")
            self.assertEqual(again.returncode, 3, again.stderr)
            [by] = re.findall(r"killed by signal \d+", said)
            self.assertIn(f"estimator 'faulty': estimate: expected to return, got {by}",
                          again.stderr)


if __name__ == "__main__":
    unittest.main()
