"""What plan says would run is exactly what run then runs."""
import json
import pathlib
import shutil
import unittest

import program
from program import SEEDBED, SUITE, Program

# 2 x 2 cells that learn, one that measures, two replicates: 10 tasks.
SMALL = (SUITE.replace("replicates = 4", "replicates = 2").replace("iterations = 30",
                                                                   "iterations = 3")
         .replace("batches = 20", "batches = 2"))
FEEDING = SMALL[:SMALL.index("[gradient]")] + """
[[stage]]
name = "judge"
kind = "evaluate"
theta = { stage = "learn", checkpoint = 3 }
episodes = 4
""" + SMALL[SMALL.index("[sweep]"):]


class Plan(Program):
    def setUp(self):
        super().setUp()
        self.output = self.folder / "out"
        self.suite.write_text(SMALL)

    def plan(self, *words):
        text = self.seedbed("plan", self.suite, "--output", self.output, "--json", *words).stdout
        return {task["file"]: task for task in json.loads(text)["tasks"]}

    def run_files(self):
        return {str(f.relative_to(self.output)): (f.stat().st_mtime_ns, f.stat().st_ino)
                for f in self.output.glob("runs/**/r*.h5")}

    def agree(self, count, *words):
        """Plans, runs, and compares; the tasks that were to be run, by file."""
        todo = {f: t for f, t in self.plan(*words).items() if t["state"] != "done"}
        before = self.run_files()
        self.seedbed("run", self.suite, "--output", self.output, "-q", *words)
        old = set(before.values())
        ran = {f for f, stamp in self.run_files().items() if stamp not in old}
        self.assertEqual(set(todo), ran)
        self.assertEqual(len(todo), count)
        states = {t["state"] for t in self.plan(*words).values()}
        self.assertEqual(states, {"done"})
        return todo

    def test_fresh_half_done_damaged_and_longer_suites(self):
        self.assertEqual({t["why"] for t in self.agree(10).values()}, {"no run file yet"})
        self.agree(0)
        files = sorted(self.output.glob("runs/learn/**/r*.h5"))
        files[0].unlink()
        files[3].unlink()
        self.agree(2)
        with open(files[1], "r+b") as file:
            file.truncate(5000)
        data = bytearray(files[2].read_bytes())
        data[200] ^= 0x55
        files[2].write_bytes(data)
        self.assertEqual([t["state"] for t in self.agree(2).values()], ["damaged"] * 2)
        self.suite.write_text("# a comment\n" + SMALL.replace("iterations = 3\nepisodes = 5",
                                                              "episodes = 5\niterations = 3"))
        self.agree(0)
        self.agree(5, "--set", "replicates=3")
        wide = ("--set", "sweep.\"optimizer.step\"=[1e-5, 1e-4, 1e-3]")
        self.agree(6, "--set", "replicates=3", *wide)
        changed = self.agree(21, "--set", "policy.sigma=0.2", "--set", "replicates=3", *wide)
        self.assertEqual({t["why"] for t in changed.values()}, {
            "policy.sigma [0.29999999999999999] → [0.20000000000000001]"})

    def test_a_cell_whose_label_changes_keeps_its_runs(self):
        axis = "sweep.estimator=[\"reward-to-go\", {plugin=\"reinforce\", baseline=\"batch-mean\"}%s]"
        self.agree(10, "--set", axis % "")
        more = ("--set", axis % ", {plugin=\"reinforce\", baseline=\"leave-one-out\"}")
        why = [t["why"] for t in self.plan(*more).values() if "reinforce+batch-mean" in t["cell"]]
        self.assertEqual(len(why), 4)
        for text in why:
            self.assertIn("its run file is there, as runs/learn/estimator=reinforce,", text)
        self.agree(4, *more)
        self.seedbed("run", self.suite, "--output", self.output, "-q", "--set", axis % "")

    def test_noise_of_each_cell_is_its_own_whatever_other_cells_there_are(self):
        own = ("--set", "pairing=independent")
        self.agree(10, *own)
        wide = (*own, "--set", "sweep.\"optimizer.step\"=[1e-5, 1e-4, 1e-3]")
        self.agree(4, *wide)
        kept = self.run_files()
        narrow = self.folder / "narrow"
        self.seedbed("run", self.suite, "--output", narrow, "-q", *own)
        for file in narrow.glob("runs/**/r*.h5"):
            name = str(file.relative_to(narrow))
            self.assertIn(name, kept)
            self.assertEqual(program.datasets(file), program.datasets(self.output / name), name)

    def test_who_takes_theta_from_a_run_that_is_gone_is_done_all_the_same(self):
        self.suite.write_text(FEEDING)
        self.agree(16)
        next(self.output.glob("runs/learn/**/r0001.h5")).unlink()
        self.agree(1)
        self.agree(16, "--set", "learn.episodes=6")

    def test_a_rebuilt_plugin_runs_again_what_used_it(self):
        home = self.folder / "home"
        (home / "bin").mkdir(parents=True)
        source = pathlib.Path(SEEDBED).parent.parent
        shutil.copy(SEEDBED, home / "bin" / "seedbed")
        shutil.copytree(source / "lib", home / "lib")
        known, program.SEEDBED = program.SEEDBED, str(home / "bin" / "seedbed")
        self.addCleanup(setattr, program, "SEEDBED", known)
        self.agree(10)
        for library in home.glob("lib/**/leave-one-out.so"):
            library.write_bytes(library.read_bytes() + b" ")
        changed = self.agree(6)
        for task in changed.values():
            self.assertIn("plugin 'leave-one-out' rebuilt (sha256 ", task["why"])

    def test_a_cost_is_estimated_whatever_a_plugin_does(self):
        plan = ("plan", self.suite, "--output", self.output)
        self.assertRegex(self.seedbed(*plan, "--cost").stdout,
                         r"to do: 1\.4e\+03 environment steps, about [0-9.e-]+ s of one worker "
                         r"\(iterations timed here\)")
        self.agree(10)
        text = self.seedbed(*plan, "--set", "replicates=3").stdout
        self.assertRegex(text, r"about [0-9.e-]+ s of one worker \(5 finished runs\)")
        cost = json.loads(self.seedbed(*plan, "--json", "--cost").stdout)["cost"]
        self.assertEqual((cost["steps"], cost["seconds"]), (0, 0))


if __name__ == "__main__":
    unittest.main()
