"""`seedbed doctor` finds what is wrong here, says what to do, and leaves nothing behind."""
import fcntl
import json
import os
import subprocess
import unittest

from program import SEEDBED, Program


class Doctor(Program):
    def examine(self, *words, code=0, environment=None, before=None):
        done = subprocess.run([SEEDBED, "doctor", "--json", *map(str, words)], capture_output=True,
                              text=True, cwd=self.folder, env=environment, preexec_fn=before)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return {finding["what"]: finding for finding in json.loads(done.stdout)}

    def verdict(self, findings, what):
        return findings[what]["verdict"]

    def test_a_sound_machine_is_fine_line_by_line(self):
        text = self.seedbed("doctor").stdout
        for what in ("processor", "cores", "memory", "processes", "open files", "clock", "hdf5",
                     "plugins", "writing", "file locks", "disk", "locale", "terminal", "git"):
            self.assertRegex(text, rf"(?m)^(ok|warn)  +{what}  ")
        self.assertEqual(os.listdir(self.folder), ["suite.toml"])

    def test_a_warning_has_a_remedy_and_what_is_fine_has_none(self):
        environment = dict(os.environ, LC_ALL="C")
        findings = self.examine(environment=environment)
        self.assertEqual(self.verdict(findings, "locale"), "warn")
        self.assertIn("export LC_ALL=C.UTF-8", findings["locale"]["remedy"])
        for finding in findings.values():
            self.assertEqual(finding["verdict"] == "ok", finding["remedy"] == "", finding)

    def test_a_low_limit_of_open_files_is_named_with_the_command_that_raises_it(self):
        import resource
        findings = self.examine(before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64)))
        self.assertEqual(findings["open files"]["remedy"], "ulimit -n 256")

    def test_a_plugin_that_cannot_be_used_is_named_and_none_at_all_fails(self):
        (self.folder / "broken.so").write_text("hello")
        findings = self.examine("--plugin-path", self.folder)
        self.assertIn("broken.so", findings["plugin"]["found"])
        self.assertIn("seedbed check", findings["plugin"]["remedy"])

    def test_a_folder_that_cannot_be_written_to_fails_with_exit_code_1(self):
        findings = self.examine("--output", "/proc/nowhere", code=1)
        self.assertEqual(self.verdict(findings, "output"), "fail")
        self.assertIn("--output", findings["output"]["remedy"])

    def test_what_killed_runs_left_is_counted_and_a_run_at_work_is_named(self):
        runs = self.folder / "out" / "runs" / "learn" / "all"
        runs.mkdir(parents=True)
        for name in ("r0000.h5", "r0001.h5.partial", "r0002.s000.h5", "r0002.s001.h5"):
            (runs / name).touch()
        findings = self.examine("--output", "out")
        self.assertIn("1 run files", findings["results"]["found"])
        self.assertIn("1 of killed runs", findings["partial files"]["found"])
        self.assertIn("2 checkpoints", findings["segments"]["found"])
        with open(self.folder / "out" / ".run.lock", "w") as lock:
            lock.write('{"host":"x","pid":4711}')
            lock.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
            findings = self.examine("--output", "out")
        self.assertIn("4711", findings["lock"]["found"])
        self.assertNotIn("partial files", findings)

    def test_a_folder_that_is_not_there_yet_is_judged_by_the_one_above(self):
        findings = self.examine("--output", "a/b/c")
        self.assertEqual(self.verdict(findings, "writing"), "ok")
        self.assertFalse((self.folder / "a").exists())


if __name__ == "__main__":
    unittest.main()
