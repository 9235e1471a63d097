"""Which tasks a run takes: --only, --failed, --force; results are collected when all are done."""
import json
import os
import unittest

from small_suite import SmallSuite, events


class Selection(SmallSuite):
    def files(self):
        return sorted(str(f.relative_to(self.out / "runs")) for f in self.out.rglob("r0*.h5"))

    def test_only_takes_the_tasks_for_which_the_condition_holds(self):
        done = self.run_suite("--only", "optimizer.step < 5e-4 and replicate = 1")
        self.assertEqual(self.files(), ["learn/optimizer.step=1e-4/r0001.h5"])
        self.assertIn("3 of 4 tasks are not done", done.stdout)
        self.assertFalse((self.out / "results.h5").exists())
        self.run_suite("--only", "replicate = 0 or optimizer.step = 1e-3")
        self.assertEqual(len(self.files()), 4)
        self.assertTrue((self.out / "results.h5").exists(), "every task is done, by whichever run")

    def test_a_selection_of_nothing_is_an_error_that_names_what_is_near(self):
        for condition, said in (("replicate = 7", "got none of 4"),
                                ("optimizer.stepp < 1", "did you mean 'optimizer.step'"),
                                ("optimizer.step = 2e-3", "got none of 4"),
                                ("optimizer.step = fast", "it has: 1e-4, 1e-3"),
                                ("stage = lern", "did you mean 'learn'"),
                                ("replicate <", "expected")):
            with self.subTest(condition):
                done = self.run_suite("--only", condition, code=2)
                self.assertIn(said, done.stderr)
                self.assertEqual(self.files(), [])

    def test_force_runs_what_is_selected_again_though_it_is_done(self):
        self.run_suite()
        before = {f: os.stat(f).st_mtime_ns for f in self.out.rglob("r0*.h5")}
        self.run_suite("--force", "--only", "replicate = 0")
        again = {f.name for f in before if os.stat(f).st_mtime_ns != before[f]}
        self.assertEqual(again, {"r0000.h5"})

    def test_a_run_of_several_stages_says_when_each_begins_and_ends_and_events_say_all(self):
        self.suite.write_text(self.suite.read_text().replace("[sweep]", """
[gradient]
batches = 2
episodes = 2
estimators = ["reinforce"]
[sweep]"""))
        done = self.run_suite("--events", self.folder / "more.jsonl")
        self.assertRegex(done.stderr, r"^learn: 4 tasks\n(.*\n)*learn: 4 done, 0 failed, 0:0\d\n")
        self.assertLessEqual(len(done.stderr.splitlines()), 5)
        log = (self.out / "events.jsonl").read_text()
        self.assertEqual((self.folder / "more.jsonl").read_text(), log)
        found = events(self.out)
        tasks = len(self.files())
        self.assertEqual([e["event"] for e in found].count("task-started"), tasks)
        for event in found:
            if event["event"] == "task-done":
                self.assertEqual(set(event), {"time", "event", "task", "worker", "seconds"})
        self.assertEqual((found[-1]["event"], found[-1]["message"]), ("run-ended", "done"))
        self.run_suite("--events", "-", code=2)

    def test_a_task_whose_upstream_is_not_selected_says_so(self):
        self.suite.write_text(self.suite.read_text().replace("[sweep]", """
[evaluate]
episodes = 4
theta = { stage = "learn" }
[sweep]"""))
        done = self.run_suite("--only", "stage = evaluate and replicate = 0", code=1)
        self.assertIn("not run: needs runs/learn/optimizer.step=1e-3/r0000.h5, which is not done "
                      "and not selected", done.stderr)
        self.assertNotIn("Run the same command again", done.stderr)
        self.run_suite("--only", "replicate = 0")

    def test_failed_takes_the_tasks_that_failed_alone(self):
        nothing = self.run_suite("--failed")
        self.assertIn("no task of this suite failed", nothing.stderr)
        failed = "runs/learn/optimizer.step=1e-3/r0001.h5"
        with (self.out / "events.jsonl").open("a") as log:
            for event in ("task-failed", "task-started", "task-stopped"):
                log.write(json.dumps({"event": event, "task": failed}) + "\n")
            log.write("{\"event\": \"cu")
        self.run_suite("--failed")
        self.assertEqual(self.files(), ["learn/optimizer.step=1e-3/r0001.h5"])
        self.assertEqual(events(self.out)[-1]["event"], "run-ended")
        self.assertIn("no task of this suite failed", self.run_suite("--failed").stderr)


if __name__ == "__main__":
    unittest.main()
