"""A long run is kept in segments: whatever cuts it off, its run file has the same bits."""
import random
import signal
import subprocess
import time
import unittest

import h5py
import numpy

from program import SEEDBED, Program, datasets

# Estimators and an optimizer that have a state, and no oracle.
HEAD = """
title = "Long"
seed = 5
replicates = 1
[environment]
plugin = "cartpole"
[objective]
horizon = 60
[policy]
plugin = "linear-softmax"
[record]
trajectories = { every = 2 }
gradients = { every = 1, contributions = true }
"""
LEARN = HEAD + """
[learn]
iterations = 150
episodes = 20
estimator = { plugin = "reward-to-go", baseline = "previous-batch-mean" }
optimizer = { plugin = "adam" }
"""
GRADIENT = HEAD + """
[gradient]
batches = 100
episodes = 20
reference_batches = 100
reference_error = 1e-9
estimators = ["reinforce", { plugin = "reward-to-go", baseline = "previous-batch-mean" }]
"""
EVALUATE = HEAD + """
[evaluate]
episodes = 4000
block = 40
theta = "initial"
"""


class Segments(Program):
    def start(self, folder, *options):
        """One worker at task 0."""
        worker = subprocess.Popen(
            [SEEDBED, "worker", str(self.suite), "--output", str(folder), *options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        worker.stdin.write("0\n")
        worker.stdin.flush()
        return worker

    def work(self, folder, *options, after=None, end=signal.SIGKILL):
        """The same, ended by a signal so many seconds later, or never: answer and messages."""
        worker = self.start(folder, *options)
        if after is not None:
            time.sleep(after)
            worker.send_signal(end)
        answer, messages = worker.communicate(timeout=60)
        return answer.strip(), messages

    def files(self, folder):
        return sorted(str(file.relative_to(folder)) for file in folder.rglob("runs/**/*.h5*"))

    def uninterrupted(self, suite):
        self.suite.write_text(suite)
        whole = self.folder / "whole"
        start = time.monotonic()
        self.assertEqual(self.work(whole), ("done", ""))
        (self.file,) = self.files(whole)
        self.run = datasets(whole / self.file)
        return time.monotonic() - start

    def assert_same(self, folder):
        self.assertEqual(self.files(folder), [self.file])
        self.assertEqual(datasets(folder / self.file), self.run)

    def stopped(self, folder):
        """The segments, three or more, of a run that was asked to stop."""
        worker = self.start(folder, "--checkpoint-every", "0")
        while len([file for file in self.files(folder) if ".s" in file]) < 3:
            self.assertIsNone(worker.poll(), "the run is too short for this test")
            time.sleep(0.002)
        worker.send_signal(signal.SIGTERM)
        self.assertEqual(worker.communicate(timeout=60), ("stopped\n", ""))
        return [folder / file for file in self.files(folder)]

    def cut_off(self, suite, seed):
        seconds = self.uninterrupted(suite)
        folder, chance = self.folder / "cut", random.Random(seed)
        for attempt in range(12):
            answer, messages = self.work(
                folder, "--checkpoint-every", "0", after=0.03 + chance.random() * seconds,
                end=chance.choice([signal.SIGKILL, signal.SIGTERM]))
            self.assertEqual(messages, "")
            self.assertIn(answer, ("", "stopped", "done"))
            for file in folder.rglob("*.h5"):
                with h5py.File(file) as whole:
                    self.assertIn(whole.attrs["status"], ("segment", "done"))
            if answer == "done":
                break
        else:
            self.assertEqual(self.work(folder), ("done", ""))
        self.assert_same(folder)

    def test_a_learn_run_cut_off_anywhere_has_the_bits_of_one_that_was_not(self):
        self.cut_off(LEARN, 1)

    def test_a_gradient_stage_cut_off_in_its_reference_or_its_batches_has_the_same_bits(self):
        self.cut_off(GRADIENT, 2)

    def test_an_evaluation_cut_off_anywhere_has_the_same_bits(self):
        self.cut_off(EVALUATE, 3)

    def test_a_short_run_has_no_segments_and_time_decides_what_is_short(self):
        self.uninterrupted(LEARN)
        self.assertEqual(self.work(self.folder / "timed", "--checkpoint-every", "1000"),
                         ("done", ""))
        self.assert_same(self.folder / "timed")

    def test_a_segment_has_its_rows_and_the_state_after_them(self):
        self.uninterrupted(LEARN)
        segments = self.stopped(self.folder / "cut")
        before = 0
        for number, path in enumerate(segments):
            self.assertTrue(path.name.endswith(f".s{number:03}.h5"))
            with h5py.File(path) as segment:
                begin, end = (segment.attrs["segment_begin"], segment.attrs["segment_end"])
                self.assertEqual(begin, before)
                self.assertEqual(segment["state/iteration"][0], end)
                numpy.testing.assert_array_equal(segment["learning/iteration"], range(begin, end))
                if end % 2 == 0 and len(segment["policy/theta"]):
                    numpy.testing.assert_array_equal(segment["state/theta"],
                                                     segment["policy/theta"][-1])
                before = end

    def damage(self, how, message):
        self.uninterrupted(LEARN)
        folder = self.folder / "cut"
        segments = self.stopped(folder)
        how(segments[1])
        answer, messages = self.work(folder)
        self.assertEqual(answer, "done")
        self.assertRegex(messages, message)
        self.assertIn(segments[1].name, messages)
        self.assert_same(folder)

    def test_a_truncated_segment_is_discarded_with_what_comes_after_it(self):
        self.damage(lambda path: path.write_bytes(path.read_bytes()[:5000]),
                    "cut short .*discarded")

    def test_a_segment_that_turns_out_to_be_damaged_when_it_is_joined_is_made_again(self):
        def overwrite(path):
            data = bytearray(path.read_bytes())
            data[100:400] = b"x" * 300
            path.write_bytes(data)
        self.damage(overwrite, "checksum .*discarded")

    def test_a_gap_ends_what_can_be_used_and_run_removes_what_is_behind_it(self):
        self.uninterrupted(LEARN)
        folder = self.folder / "cut"
        segments = self.stopped(folder)
        segments[1].unlink()
        self.seedbed("run", self.suite, "--output", folder, "--jobs", 1, "-q")
        self.assert_same(folder)

    def test_segments_of_another_task_are_removed(self):
        self.uninterrupted(LEARN)
        folder = self.folder / "cut"
        self.stopped(folder)
        answer, messages = self.work(folder, "--set", "learn.episodes=21")
        self.assertEqual(answer, "done")
        self.assertIn("a segment of another task", messages)
        self.assertEqual(self.files(folder), [self.file])

    def test_run_removes_segments_that_a_kill_left_beside_a_finished_run(self):
        self.uninterrupted(LEARN)
        folder = self.folder / "cut"
        left = {path: path.read_bytes() for path in self.stopped(folder)}
        self.assertEqual(self.work(folder)[0], "done")
        for path, data in left.items():
            path.write_bytes(data)
        self.seedbed("run", self.suite, "--output", folder, "--checkpoint-every", 0, "-q")
        self.assert_same(folder)


if __name__ == "__main__":
    unittest.main()
