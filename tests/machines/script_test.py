"""The scripts of `seedbed slurm`, without a Slurm: what they ask for, and what they run."""
import os
import signal
import subprocess
import time
import tomllib
import unittest

from program import SEEDBED, SUITE, Program

BARRIER = SUITE.replace("[gradient]", "[gradient]\nafter = \"learn\"")
AWKWARD = "a 'quoted' \"$HOME\" `id` \\ 100% café"

SBATCH = """#!/bin/sh
printf '%s\\n' "$@" --- >>"$SBATCH_LOG"
case "$*" in *refused*) echo "sbatch: error: no such partition" >&2; exit 1 ;; esac
expr $(grep -c -e --- "$SBATCH_LOG") + 40
"""


class Script(Program):
    def setUp(self):
        super().setUp()
        programs = self.folder / "programs"
        programs.mkdir()
        (programs / "sbatch").write_text(SBATCH)
        (programs / "sbatch").chmod(0o755)
        self.log = self.folder / "sbatch.log"
        self.environment = dict(os.environ, SBATCH_LOG=str(self.log),
                                PATH=f"{programs}:/usr/bin:/bin")

    def slurm(self, *words, code=0):
        done = subprocess.run([SEEDBED, "slurm", str(self.suite), *map(str, words)], text=True,
                              capture_output=True, cwd=self.folder, env=self.environment, timeout=60)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def submitted(self):
        return [call.split("\n")[:-1] for call in self.log.read_text().split("---\n")[:-1]]

    def test_an_array_and_a_job_that_collects_are_submitted(self):
        said = self.slurm("--array", "4%2", "--time", "1:30:00", "--output", "out").stdout
        folder = self.folder.resolve() / "out"
        self.assertEqual(self.submitted(),
                         [["--parsable", f"{folder}/slurm/run.sh"],
                          ["--parsable", "--dependency=afterany:41", f"{folder}/slurm/run-collect.sh"]])
        self.assertRegex(said, r"array +41 +4 slices\ncollect +42\n")
        script = (folder / "slurm" / "run.sh").read_text()
        for line in ("#SBATCH --array=1-4%2", "#SBATCH --time=1:30:00", "#SBATCH --cpus-per-task=1",
                     "#SBATCH --signal=B:USR1@60", "#SBATCH --job-name=" + self.folder.name,
                     f"#SBATCH --output={folder}/logs/slurm-%A_%a.out"):
            self.assertIn(line + "\n", script.replace("job-name=suite", "job-name=" +
                                                      self.folder.name))
        self.assertTrue((folder / "logs").is_dir(), "Slurm makes no folder for logs")

    def test_what_is_asked_for_is_in_both_scripts(self):
        said = self.slurm("--dry-run", "--mem", "4G", "--partition", "p", "--account", "a",
                          "--sbatch=--exclusive", "--sbatch=--qos=low", "--cpus", "3").stdout
        for line in ("--mem=4G", "--partition=p", "--account=a", "--exclusive", "--qos=low"):
            self.assertEqual(said.count(f"#SBATCH {line}\n"), 2, line)
        self.assertIn("#SBATCH --cpus-per-task=3\n", said)
        self.assertIn(" --jobs 3 ", said)

    def test_a_dry_run_writes_and_submits_nothing(self):
        self.slurm("--dry-run", "--output", "out")
        self.assertFalse((self.folder / "out").exists())
        self.assertFalse(self.log.exists())

    def test_script_writes_and_submits_nothing_and_says_how_to(self):
        said = self.slurm("--script", "job.sh", "--output", "out").stdout
        self.assertFalse(self.log.exists())
        self.assertTrue((self.folder / "job.sh").exists())
        self.assertRegex(said, r"sbatch \S*/job.sh\nsbatch --dependency=afterany:<id> \S*/job-collect.sh")

    def test_a_suite_that_is_done_is_not_submitted(self):
        self.seedbed("run", self.suite, "--output", "out", "--quiet", "--set", "iterations=5")
        said = self.slurm("--output", "out", "--set", "iterations=5").stderr
        self.assertRegex(said, r"all 20 tasks are done; seedbed collect \S+/out collects them")
        self.assertFalse(self.log.exists())

    def test_a_stage_that_waits_for_another_makes_a_second_array(self):
        self.suite.write_text(BARRIER)
        self.slurm("--array", "2", "--output", "out")
        first, second, collect = self.submitted()
        self.assertEqual(first[-1], "first")
        self.assertIn("--dependency=afterany:41", second)
        self.assertIn("--dependency=afterany:42", collect)

    def test_the_scripts_run_what_was_asked_for_whatever_characters_are_in_it(self):
        output = self.folder / AWKWARD
        self.slurm("--array", "2", "--output", output, "--set", f"title='''{AWKWARD}'''",
                   "--set", "iterations=5")
        for task in ("1", "2"):
            subprocess.run(["bash", output / "slurm" / "run.sh"], check=True, cwd="/",
                           env=dict(self.environment, SLURM_ARRAY_TASK_ID=task))
        self.assertTrue((output / "results.h5").exists())
        resolved = tomllib.loads((output / "suite.resolved.toml").read_text())
        self.assertEqual(resolved["title"], AWKWARD)

    def test_the_search_path_of_plugins_is_handed_on_with_absolute_folders(self):
        self.environment["SEEDBED_PLUGIN_PATH"] = "mine:/theirs"
        said = self.slurm("--dry-run", "--plugin-path", "given").stdout
        here = self.folder.resolve()
        self.assertIn(f"export SEEDBED_PLUGIN_PATH={here}/mine:/theirs\n", said)
        self.assertIn(f"--plugin-path {here}/given", said)

    def test_what_sbatch_refuses_is_told_in_its_words(self):
        done = self.slurm("--output", "refused", code=1)
        self.assertIn("no such partition", done.stderr)

    def test_without_sbatch_the_message_says_what_else_there_is(self):
        self.environment["PATH"] = str(self.folder)
        self.assertRegex(self.slurm(code=1).stderr, r"expected sbatch in PATH.*--dry-run")

    def test_limits_and_sizes_that_slurm_does_not_take_are_refused(self):
        for words, expected in ((("--time", "1h"), "--time: expected a limit such as"),
                                (("--time", "0"), "more than no time"),
                                (("--mem", "4 GB"), "--mem: expected a size"),
                                (("--array", "0"), "--array: expected the number of slices"),
                                (("--array", "1-4"), "--array: expected the number of slices"),
                                (("--cpus", "0"), "--cpus: expected an integer >= 1"),
                                (("--job-name", "a\nb"), "expected one line"),
                                (("--sbatch", "exclusive"), "--sbatch: expected an option")):
            self.assertIn(expected, self.slurm("--dry-run", *words, code=2).stderr)
        for time_limit in ("90", "90:00", "1:30:00", "1-12", "1-12:30", "1-12:30:00"):
            self.slurm("--dry-run", "--time", time_limit)

    def test_the_warning_before_the_end_stops_the_run_at_a_checkpoint(self):
        output = self.folder / "out"
        self.slurm("--array", "1", "--output", output, "--requeue", "--set", "iterations=200000",
                   "--set", "record.trajectories=\"none\"", "--time", "5")
        scontrol = self.folder / "programs" / "scontrol"
        scontrol.write_text("#!/bin/sh\necho \"$@\" >requeued\n")
        scontrol.chmod(0o755)
        job = subprocess.Popen(["bash", output / "slurm" / "run.sh"], cwd=self.folder,
                               env=dict(self.environment, SLURM_ARRAY_TASK_ID="1", SLURM_JOB_ID="7"))
        while not (output / "events.jsonl").exists() or job.poll() is not None:
            time.sleep(0.02)
        time.sleep(0.3)
        job.send_signal(signal.SIGUSR1)
        self.assertEqual(job.wait(timeout=60), 75)
        self.assertEqual((self.folder / "requeued").read_text(), "requeue 7\n")


if __name__ == "__main__":
    unittest.main()
