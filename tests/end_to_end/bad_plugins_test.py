"""A plugin that misbehaves in a suite costs its own tasks, and the message says who and where."""
import json
import re
import shlex
import subprocess
import pathlib
import unittest

from faults import SUITE, Faults

ESTIMATOR = r"estimator 'faulty': estimate: "
STEP = r"environment 'faulty': step: "
ACT = r"policy 'faulty': act: "
DIED = "the worker process "
# key of the sweep, fault, message
SAID = [
    ("estimator", "status", ESTIMATOR + "no more at iteration 2$"),
    ("estimator", "throw", ESTIMATOR + "let an exception out: out of luck at iteration 2$"),
    ("estimator", "nan", ESTIMATOR + r"expected finite numbers, got -?nan in component 0 of the "
                                     "gradient at iteration 2$"),
    ("estimator", "silence", ESTIMATOR + "expected contributions or a gradient, got neither at "
                                         "iteration 2$"),
    ("estimator", "disorder", ESTIMATOR + "expected contributions in the order of units, .* at "
                                          "iteration 2$"),
    ("estimator", "scratch", ESTIMATOR + "let an exception out: std::bad_alloc at iteration 2$"),
    ("estimator", "segfault", ESTIMATOR + DIED + r"was killed by signal 11 \(Segmentation fault\) "
                                                 "at iteration 2; see logs/worker-"),
    ("estimator", "abort", ESTIMATOR + DIED + r"was killed by signal 6 \(Aborted\) at iteration 2"),
    ("estimator", "terminate", ESTIMATOR + DIED + r"was killed by signal 6 .* at iteration 2"),
    ("estimator", "exit", ESTIMATOR + DIED + r"ended with exit code 0 at iteration 2"),
    ("estimator", "overflow", ESTIMATOR + DIED + r"was killed by signal 11 .* at iteration 2"),
    ("estimator", "endless-plan", "estimator 'faulty': plan: expected at most 1048576 requests, "
                                  "got more at iteration 0$"),
    ("estimator", "empty-plan", "estimator 'faulty': plan: expected requests, got none at "
                                "iteration 0$"),
    ("environment", "status", STEP + "no more at iteration 0, episodes 0 to 3$"),
    ("environment", "throw", STEP + "let an exception out: out of luck at iteration 0, "
                                    "episodes 0 to 3$"),
    ("environment", "segfault", STEP + DIED + ".*signal 11.* at iteration 0, episodes 0 to 3;"),
    ("environment", "reset", "environment 'faulty': reset: " + DIED +
     ".*signal 11.* at iteration 0, episodes 0 to 3;"),
    ("environment", "nan", "environment 'faulty': reward: expected finite numbers, got nan at "
                           "iteration 0, episode 0, step 4$"),
    ("environment", "half", "environment 'faulty': terminated: expected 0 or 1, got 0.5 at "
                            "iteration 0, episode 0, step 4$"),
    ("policy", "abort", ACT + DIED + ".*signal 6.* at iteration 0, episodes 0 to 3;"),
    ("policy", "nan", "policy 'faulty': log pi: expected finite numbers, got nan at iteration 0, "
                      "episode 0, step 4$"),
]


class BadPlugins(Faults):
    def failures(self):
        """The message of every failed task, by its folder."""
        lines = (self.out / "events.jsonl").read_text().splitlines()
        return {pathlib.Path(event["task"]).parent.name: event["message"]
                for event in map(json.loads, lines) if event["event"] == "task-failed"}

    def runs(self):
        return [file.parent.name for file in (self.out / "runs").rglob("*.h5")]

    def test_each_fault_fails_its_task_alone_and_names_plugin_function_iteration_episode(self):
        for key in ("estimator", "environment", "policy"):
            expected = {fault: said for k, fault, said in SAID if k == key}
            with self.subTest(key):
                done = self.run_faults(key, ["none", *expected])
                self.assertIn(f"{len(expected)} of {len(expected) + 1} tasks failed", done.stderr)
                failed = self.failures()
                for fault, said in expected.items():
                    [message] = [text for cell, text in failed.items()
                                 if re.search(rf"\b{fault}\b", cell)]
                    self.assertRegex(message, said)
                [sound] = self.runs()
                self.assertFalse([f for f in expected if re.search(rf"={f}\b", sound)])
                for partial in self.out.rglob("*.partial"):
                    self.fail(partial)

    def test_a_plugin_that_hangs_costs_its_task_alone_when_tasks_have_a_time_limit(self):
        self.run_faults("estimator", ["hang", "none"], "--time-limit", 2)
        [message] = self.failures().values()
        self.assertRegex(message, ESTIMATOR + DIED + "was still at work after the time limit of 2 s "
                                                     "at iteration 2;")
        self.assertEqual(len(self.runs()), 1)

    def test_a_plugin_that_allocates_without_end_costs_its_task_alone_when_memory_is_limited(self):
        self.run_faults("estimator", ["allocate", "none"], "--memory-per-worker", 400)
        [message] = self.failures().values()
        self.assertRegex(message, ESTIMATOR + DIED + r"was killed by signal 11 .*memory limit 400 "
                                                     r"MiB\) at iteration 2;")
        self.assertEqual(len(self.runs()), 1)

    def test_the_command_that_is_printed_repeats_the_failure_alone(self):
        done = self.run_faults("estimator", ["none", "abort", "status"])
        commands = re.findall(r"alone: (.*)", done.stderr)
        self.assertEqual(len(commands), 2)
        answers = [subprocess.run(["bash", "-c", command], capture_output=True, text=True,
                                  cwd=self.folder) for command in commands]
        said = sorted(answer.stdout for answer in answers)
        self.assertEqual(said[0], "")  # aborted
        self.assertIn("failed estimator 'faulty': estimate: no more at iteration 2", said[1])
        self.assertIn("seedbed worker " + shlex.quote(str(self.suite)), done.stderr)

    def test_a_crash_while_a_suite_is_read_ends_with_a_line_that_names_the_plugin(self):
        for key, fault, said in (("environment", "create", "environment 'faulty': create: expected "
                                                           "to return, got killed by signal 11"),
                                 ("environment", "create-exit", "environment 'faulty': create: "
                                  "expected to return, got the end of the process"),
                                 ("estimator", "describe", "estimator 'faulty': describe: expected "
                                                           "to return, got killed by signal 6"),
                                 ("policy", "destroy", "policy 'faulty': destroy: expected to "
                                                       "return, got killed by signal 6")):
            done = self.run_faults(key, [fault], code=3)
            self.assertIn(said, done.stderr)

    def test_a_library_that_was_rebuilt_is_an_explained_run_of_the_tasks_that_use_it(self):
        plugins = self.folder / "plugins"
        plugins.mkdir()
        self.compile(plugins / "faults.so")
        self.suite.write_text(SUITE + 'estimator = ["faulty"]\n"optimizer" = ["sgd", "adam"]\n')
        words = (self.suite, "--output", self.folder / "out", "--plugin-path", plugins)
        self.seedbed("run", *words)
        self.assertIn("2 tasks: 2 done", self.seedbed("plan", *words).stdout)
        self.compile(plugins / "faults.so", "-O2")
        because = (r"changed.*plugin 'faulty' rebuilt \(sha256 [0-9a-f]{8}… → [0-9a-f]{8}…\)")
        self.assertRegex(self.seedbed("plan", *words).stdout, because)
        again = self.seedbed("run", *words)
        self.assertRegex(again.stderr, because + r".*\(2 to be run again\)")
        self.assertIn("2 tasks: 2 done", self.seedbed("plan", *words).stdout)

    def test_what_others_may_write_to_is_loaded_only_when_that_is_asked_for(self):
        plugins = self.folder / "plugins"
        plugins.mkdir()
        self.compile(plugins / "faults.so")
        plugins.chmod(0o777)
        words = ("plugins", "--plugin-path", plugins)
        refused = self.seedbed(*words)
        self.assertIn("others may not write to (chmod o-w", refused.stdout)
        self.assertNotIn("faulty", refused.stdout)
        self.assertIn("faulty", self.seedbed(*words, "--allow-unsafe-plugin-path").stdout)
        problems = json.loads(self.seedbed(*words, "--json").stdout)["problems"]
        self.assertEqual([p["library"] for p in problems], [str(plugins)])
        self.suite.write_text(SUITE + 'estimator = ["faulty"]\n')
        words = ("run", self.suite, "--output", self.folder / "out", "--plugin-path", plugins)
        self.assertIn("others may not write to", self.seedbed(*words, code=2).stderr)
        self.seedbed(*words, "--allow-unsafe-plugin-path")


if __name__ == "__main__":
    unittest.main()
