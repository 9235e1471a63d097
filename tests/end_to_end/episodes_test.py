"""Recorded episodes in a report: those of results.h5's runs, drawn by environments that may fail."""
import html
import json
import re
import unittest

import h5py

from faults import Faults

GRID = """
title = "Grid"
seed = 7
replicates = 2
[environment]
plugin = "tabular"
model = "CliffWalking.csv"
columns = 12
[objective]
horizon = 30
[policy]
plugin = "tabular-softmax"
[learn]
iterations = 5
episodes = 4
estimator = "reward-to-go"
optimizer = { plugin = "sgd", step = 1e-4 }
[record]
trajectories = "all"
"""

POLE = """
title = "Pole"
seed = 7
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 300
[policy]
plugin = "linear-softmax"
[gradient]
batches = 4
episodes = 4
estimators = ["reinforce"]
[record]
trajectories = "all"
"""


class Episodes(Faults):
    def report(self, suite, *words):
        self.suite.write_text(suite)
        self.seedbed("run", self.suite, "--output", "out", "-q", *words)
        self.seedbed("report", "out", *words)
        return self.page()

    def page(self):
        return (self.folder / "out/report/index.html").read_text()

    def shown(self, page):
        """What the player of each stage plays."""
        found = re.findall(r'<section class="episodes".*?<script type="application/json">(.*?)'
                           r'</script>', page, re.DOTALL)
        return [json.loads(text) for text in found]

    def notes(self, page):
        return [html.unescape(note) for note in
                re.findall(r'<p class="note">(Recorded episodes .*?)</p>', page, re.DOTALL)]

    def test_episodes_of_the_first_the_middle_and_the_last_iteration_are_drawn_frame_by_frame(self):
        [cells] = self.shown(self.report(GRID))
        [cell] = cells
        names = [episode["name"] for episode in cell["episodes"]]
        self.assertEqual([name.split(" · ")[0] for name in names],
                         ["iteration 0", "iteration 2", "iteration 4"])
        with h5py.File(next((self.folder / "out/runs").rglob("r0000.h5"))) as run:
            recorded = run["trajectories"]
            first = int(recorded["row_size"][0])
            states = [int(x) for x in recorded["observation"][:first, 0]]
            states.append(int(recorded["final_observation"][0, 0]))
            total = float(recorded["reward"][:first].sum())
        frames = cell["episodes"][0]["frames"]
        self.assertEqual(len(frames), first + 1)
        self.assertEqual([int(re.search(r"state (\d+)", f["words"])[1]) for f in frames], states)
        self.assertIn(f"rewards so far {total:.4g}", frames[-1]["words"])
        self.assertRegex(frames[-1]["words"], "(terminated|cut off at the horizon)$")
        # The square of a state: 12 in a row, the same distance apart.
        spots = [re.search(r'<circle class="ink1" cx="([\d.]+)" cy="([\d.]+)"', f["moving"])
                 for f in frames]
        places = {state: (float(s[1]), float(s[2])) for state, s in zip(states, spots)}
        across = cell["width"] / 12.2
        for state, (x, y) in places.items():
            self.assertAlmostEqual((x - places[36][0]) / across, state % 12, delta=0.1)
            self.assertAlmostEqual((places[36][1] - y) / across, 3 - state // 12, delta=0.1)

    def test_long_episodes_have_evenly_many_frames_and_a_gradient_stage_shows_its_batches(self):
        [cells] = self.shown(self.report(POLE))
        for episode in cells[0]["episodes"]:
            self.assertLessEqual(len(episode["frames"]), 200)
            self.assertIn("<rect class=\"ink1\"", episode["frames"][0]["moving"])
            steps = int(re.search(r"(\d+) steps?", episode["name"])[1])
            self.assertIn(f"step {steps} of {steps} ", episode["frames"][-1]["words"])

    def test_a_regulator_is_drawn_in_its_phase_plane_and_cells_are_chosen_by_name(self):
        text = self.suite.read_text().replace("[1e-4, 1e-3]", "[1e-7, 1e-6]")
        stages = self.shown(self.report(text))
        self.assertEqual(len(stages), 2)
        self.assertEqual({cell["name"] for cell in stages[0]},
                         {f"estimator {e}, optimizer.step {s}" for e in
                          ("reinforce", "reward-to-go") for s in ("1e-7", "1e-6")})
        frames = stages[0][0]["episodes"][0]["frames"]
        self.assertEqual(len(frames), 11)
        self.assertTrue(all("ink5" in frame["trail"] for frame in frames))

    def test_without_recorded_trajectories_nothing_is_said(self):
        page = self.report(GRID.replace('"all"', '"none"'))
        self.assertEqual(self.shown(page), [])
        self.assertEqual(self.notes(page), [])

    def test_a_report_is_the_same_each_time_and_a_report_stage_has_the_episodes_too(self):
        text = GRID.replace("[learn]", '[[stage]]\nname = "learn"\nkind = "learn"')
        self.suite.write_text(text + '[[stage]]\nname = "page"\nkind = "report"\n')
        self.seedbed("run", self.suite, "--output", "out", "-q")
        page = self.page()
        self.assertEqual(len(self.shown(page)), 1)
        self.seedbed("report", "out")
        self.assertEqual(self.page(), page)

    def test_a_damaged_run_file_costs_its_episodes_alone(self):
        self.report(self.suite.read_text().replace("[1e-4, 1e-3]", "[1e-7, 1e-6]"))
        damaged = next((self.folder / "out/runs/learn").rglob("r0000.h5"))
        damaged.chmod(0o644)
        damaged.write_bytes(damaged.read_bytes()[:3000])
        done = self.seedbed("report", "out")
        self.assertIn("expected a whole result file", done.stderr)
        page = self.page()
        self.assertEqual(len(self.shown(page)[0]), 3)  # of four cells
        self.assertEqual(len(self.notes(page)), 1)

    def test_what_diverges_is_reported_with_its_episodes(self):
        self.report(self.suite.read_text())
        self.assertEqual(self.notes(self.page()), [])

    def faulty(self, fault, *words):
        self.suite.write_text(f'''
title = "Faults"
seed = 7
replicates = 1
[environment]
plugin = "faulty"
fault = "{fault}"
[objective]
horizon = 10
[policy]
plugin = "faulty"
[learn]
iterations = 3
episodes = 4
estimator = "faulty"
optimizer = "sgd"
[record]
trajectories = "all"
''')
        self.seedbed("run", self.suite, "--output", "out", "-q", "--plugin-path", self.plugins)
        self.seedbed("report", "out", "--plugin-path", self.plugins, *words)
        return self.page()

    def test_a_plugin_that_fails_to_draw_costs_its_pictures_alone_and_is_named(self):
        for fault, said in {
                "draw-segfault": r"environment 'faulty': draw: .*signal 11 \(Segmentation fault\)",
                "draw-throw": r"environment 'faulty': draw: let an exception out: out of luck",
                "draw-exit": r"environment 'faulty': draw: .*ended with exit code 0",
                "draw-status": r"environment 'faulty': draw: no more",
                "draw-nan": r"draw: expected finite numbers, got nan"}.items():
            with self.subTest(fault):
                page = self.faulty(fault)
                self.assertEqual(self.shown(page), [])
                [note] = self.notes(page)
                self.assertRegex(note, "^Recorded episodes are not shown: .*" + said)
                self.assertIn("data-figure=\"learning_curves\"", page)
                self.seedbed("run", self.suite, "--output", "out", "-q", "--force",
                             "--plugin-path", self.plugins)

    def test_words_that_a_plugin_draws_are_no_code(self):
        page = self.faulty("none")
        [[cell]] = self.shown(page)
        self.assertIn("&lt;script&gt;", cell["episodes"][0]["ground"])
        self.assertNotIn("<script>alert", page)

    def test_an_environment_that_does_not_draw_or_is_gone_is_said_in_one_line(self):
        self.compile(self.plugins / "faults.so", "-DWITHOUT_DRAWING")
        self.addCleanup(self.compile, self.plugins / "faults.so")
        page = self.faulty("none")
        self.assertEqual(self.notes(page), ["Recorded episodes are not shown: the environment "
                                            "faulty does not draw."])
        self.seedbed("report", "out")  # without --plugin-path
        [note] = self.notes(self.page())
        self.assertRegex(note, "are not shown: environment 'faulty': expected a plugin of that name, "
                               "got none$")


if __name__ == "__main__":
    unittest.main()
