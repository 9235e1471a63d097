"""Signals, exit codes and streams: how a run ends, and that it can be continued."""
import json
import os
import signal
import subprocess
import time
import unittest

from faults import Faults
from program import SEEDBED, datasets
from small_suite import ENDLESS, SUITE, SmallRuns, children, events, wait_for


class Stop(SmallRuns, Faults):
    def start(self, *words, **streams):
        return self.at_work(super().start(*words, **streams))

    def end(self, run):
        _, said = run.communicate(timeout=30)
        return run.returncode, said

    def test_the_first_signal_stops_and_the_same_command_continues(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(number):
                run = self.start(*ENDLESS)
                run.send_signal(number)
                code, said = self.end(run)
                self.assertEqual(code, 75, said)
                self.assertIn("stopped: 4 of 4 tasks are not done; run again to continue", said)
                self.assertEqual([e["event"] for e in events(self.out)][-3:],
                                 ["task-stopped", "task-stopped", "run-ended"])
                self.assertEqual(list(self.out.rglob("*.partial")), [])
        run = self.start("--set", "iterations=2000")
        run.send_signal(signal.SIGTERM)
        self.assertIn(self.end(run)[0], (0, 75))
        self.seedbed("run", self.suite, "--output", self.out, "--set", "iterations=2000")
        self.seedbed("run", self.suite, "--output", "whole", "--set", "iterations=2000")
        self.assertEqual(datasets(self.out / "results.h5"),
                         datasets(self.folder / "whole" / "results.h5"))

    def test_the_second_signal_ends_at_once_also_when_a_plugin_hangs(self):
        hang = '[{ plugin = "faulty", fault = "hang" }]'
        self.suite.write_text(self.suite_text + f"estimator = {hang}\n")
        for number, expected in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with self.subTest(number):
                run = self.start("--plugin-path", self.plugins, "--set", "replicates=2")
                time.sleep(0.5)  # to the iteration in which it hangs
                workers = children(run.pid)
                run.send_signal(number)
                wait_for(lambda: run.stderr.readline().startswith(str(signal.strsignal(number))))
                time.sleep(0.15)  # what comes within a tenth of a second is one signal
                self.assertIsNone(run.poll(), "a plugin that hangs is waited for")
                run.send_signal(number)
                code, said = self.end(run)
                self.assertEqual(code, expected, said)
                self.assertIn("ended at once", said)
                self.assertEqual(list(self.out.rglob("*.partial")), [])
                self.assertFalse([pid for pid in workers if os.path.exists(f"/proc/{pid}")])
        self.seedbed("run", self.suite, "--output", self.out, "--plugin-path", self.plugins,
                     "--set", "sweep.estimator=[\"faulty\"]", "--set", "replicates=2")

    def test_a_terminals_signal_to_the_whole_group_is_one_signal(self):
        run = self.start(*ENDLESS, start_new_session=True)
        os.killpg(run.pid, signal.SIGINT)
        self.assertEqual(self.end(run)[0], 75)

    def test_a_run_that_is_suspended_suspends_its_workers_and_goes_on_with_them(self):
        run = self.start(*ENDLESS)
        processes = [run.pid, *children(run.pid)]

        def states():
            return {open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[0]
                    for pid in processes}
        run.send_signal(signal.SIGTSTP)
        wait_for(lambda: states() == {"T"})
        run.send_signal(signal.SIGCONT)
        wait_for(lambda: "T" not in states())
        run.send_signal(signal.SIGINT)
        self.assertEqual(self.end(run)[0], 75)

    def test_fail_fast_stops_the_others_at_the_first_failure(self):
        self.suite.write_text(self.suite_text + """
estimator = [{ plugin = "faulty", fault = "status" }, "faulty"]
episodes = [1, 2, 3, 4]
""")
        code, said = self.end(self.start("--plugin-path", self.plugins, "--fail-fast", *ENDLESS,
                                         "--only", "estimator = faulty or episodes = 1"))
        self.assertEqual(code, 1, said)
        kinds = [e["event"] for e in events(self.out)]
        self.assertEqual(kinds.count("task-failed"), 1)
        self.assertEqual(kinds.count("task-started"), 2)
        self.assertEqual(kinds.count("task-stopped"), 1)

    def test_json_says_what_became_of_the_tasks_and_the_code_is_the_exit_code(self):
        faulty = lambda fault: self.suite.write_text(
            self.suite_text + f'estimator = [{{ plugin = "faulty", fault = "{fault}" }}, "faulty"]\n')
        words = ("run", self.suite, "--output", "codes", "--plugin-path", self.plugins, "--json")
        for fault, code, status in (("none", 0, "done"), ("abort", 1, "failed")):
            faulty(fault)
            done = self.seedbed(*words, code=code)
            said = json.loads(done.stdout)
            self.assertEqual((said["status"], said["exit"]), (status, code))
            self.assertEqual(said["tasks"]["failed"], code)
            self.assertEqual(said["tasks"]["done"], 2 - code)
            self.assertEqual(len(said["files"]["runs"]), 2 - code)
            self.assertGreater(said["seconds"], 0)
        [failure] = said["failures"]
        self.assertIn("signal 6", failure["message"])
        again = subprocess.run(["bash", "-c", failure["alone"]], capture_output=True, text=True,
                               cwd=self.folder)
        self.assertEqual(again.returncode, 3)
        self.assertIn("estimator 'faulty': estimate: expected to return, got killed by signal 6",
                      again.stderr)
        self.assertEqual(self.seedbed(*words, "--frobnicate", code=2).stdout, "")
        faulty("create")
        self.assertEqual(self.seedbed(*words, code=3).stdout, "")
        self.suite.write_text(SUITE)
        self.seedbed("run", self.suite, "--output", self.out)
        file = next(self.out.rglob("r0000.h5"))
        file.write_bytes(file.read_bytes()[:1000])
        self.assertIn("damaged", self.seedbed("run", self.suite, "--output", self.out).stderr)

    def test_streams_that_are_closed_or_full_cost_no_task(self):
        for where, code in (("| head -c 1; exit ${PIPESTATUS[0]}", 0), ("2>&-", 0), (">&-", 0),
                            ("2>&1 >/dev/null | true; exit ${PIPESTATUS[0]}", 0),
                            ("<&- >&- 2>&-", 0), ("2>/dev/full", 0), (">/dev/full", 1)):
            with self.subTest(where):
                command = f"{SEEDBED} run {self.suite} --output out{abs(hash(where))} {where}"
                done = subprocess.run(["bash", "-c", command], cwd=self.folder, timeout=60,
                                      capture_output=True, text=True)
                self.assertEqual(done.returncode, code, done.stderr)
                self.assertTrue((self.folder / f"out{abs(hash(where))}" / "results.h5").exists())


if __name__ == "__main__":
    unittest.main()
