"""A run file is run again from itself alone, and every bit is compared."""
import json
import os
import re
import shutil
import subprocess
import unittest

import h5py

from flipped import flipped
from program import SOURCE, SUITE, Program
from short_suite import SHORT

OPTIMIZER = """
#include <seedbed/plugin.h>
#include <stdlib.h>
static uint64_t size(const void *self, uint64_t d) { (void)self; (void)d; return 0; }
static int32_t step(const void *self, uint64_t d, const double *g, double *theta, double *state,
                    seedbed_message *m) {
  (void)self; (void)state; (void)m;
  BODY
  for (uint64_t j = 0; j < d; ++j) theta[j] += STEP * g[j];
  return 0;
}
static const seedbed_optimizer functions = {sizeof functions, size, step};
static int32_t create(const seedbed_value *v, const seedbed_context *c, void **s,
                      seedbed_message *m) { (void)v; (void)c; (void)m; *s = 0; return 0; }
static void destroy(void *self) { (void)self; }
static const seedbed_descriptor one = {sizeof one, SEEDBED_OPTIMIZER, "fixed-step", "1", "MIT", "",
  "", 0, 0, 0, 0, &functions, create, destroy};
static const seedbed_descriptor *const all[] = {&one};
const seedbed_library seedbed_plugin = {SEEDBED_MAGIC, SEEDBED_ABI_MAJOR, SEEDBED_ABI_MINOR,
  sizeof(seedbed_library), 0, 1, "cc", "", all};
"""


class Reproduce(Program):
    def run_suite(self, text, *words, name="out"):
        self.suite.write_text(text)
        self.seedbed("run", self.suite, "--output", self.folder / name, "-q", *words)
        return sorted((self.folder / name / "runs").rglob("r*.h5"))

    def optimizer(self, folder, step, body=""):
        """Builds `fixed-step` as fixed.so in a folder of its own."""
        (self.folder / folder).mkdir(exist_ok=True)
        source = self.folder / folder / "fixed.c"
        source.write_text(OPTIMIZER.replace("STEP", step).replace("BODY", body))
        library = self.folder / folder / "fixed.so"
        library.unlink(missing_ok=True)
        subprocess.run(["cc", "-std=c11", "-shared", "-fPIC", "-O1",
                        f"-I{SOURCE / 'framework' / 'sdk' / 'include'}", source, "-o", library],
                       check=True)
        return "--plugin-path", self.folder / folder

    def test_every_stage_is_the_same_again_far_from_suite_and_folder(self):
        self.run_suite(SUITE.replace("replicates = 4", "replicates = 1"), "--set",
                       'pairing="independent"')
        self.suite.unlink()
        moved = self.folder / "moved"
        shutil.move(self.folder / "out", moved)
        (moved / "suite.toml").unlink()
        (moved / "suite.resolved.toml").unlink()
        done = self.seedbed("reproduce", moved, "--json")
        found = json.loads(done.stdout)
        self.assertEqual((found["equal"], found["of"]), (5, 5), found)
        for run in found["runs"]:
            self.assertGreater(run["datasets_equal"], 30)
            self.assertGreater(run["numbers"], 300)
            self.assertEqual((run["changes"], run["warnings"]), ([], []))

    def test_antithetic_pairs_and_stages_that_begin_elsewhere_are_the_same_again(self):
        text = SHORT.replace("[learn]", '[[stage]]\nname = "train"\nkind = "learn"\n'
                             "antithetic = true")
        text = text.replace("[record]", """[[stage]]
name = "look"
kind = "gradient"
after = "train"
antithetic = true
theta = [0.1, -0.5]
batches = 5
episodes = 4
[[stage]]
name = "look at the middle"
kind = "gradient"
theta = { stage = "train", checkpoint = 10 }
batches = 5
episodes = 4
[[stage]]
name = "judge"
kind = "evaluate"
theta = { stage = "train", checkpoint = "last" }
episodes = 20
[record]""".replace("look at the middle", "middle"))
        self.assertEqual(len(self.run_suite(text)), 4)
        shutil.rmtree(self.folder / "out" / "runs" / "train")  # theta is in the files themselves
        self.seedbed("reproduce", "out")

    def test_one_flipped_bit_is_named_with_its_place(self):
        run = self.run_suite(SHORT)[-1]
        for dataset, index, place in (("learning/return_mean", 12, "[12]"), ("policy/theta", 7, "[3,1]"),
                                      ("trajectories/observation", 5, "[2,1]")):
            copy = flipped(run, self.folder / "copy.h5", dataset, index)
            done = self.seedbed("reproduce", copy, code=4)
            self.assertRegex(done.stdout, rf"copy\.h5: differs\n  /{dataset}{re.escape(place)}: "
                                          r"(\S+) against (\S+) \(stored against remade\)")
            self.assertIn("same build and plugins", done.stdout)
            with h5py.File(run) as file:
                self.assertIn(f"against {file[dataset][()].ravel()[index]:.17g} ", done.stdout)

    def test_a_plugin_is_found_by_its_hash_and_else_by_its_name(self):
        path = self.optimizer("first", "1e-4")
        text = SHORT.replace('{ plugin = "sgd", step = 1e-4 }', '"fixed-step"')
        run = self.run_suite(text, *path)[-1]
        self.seedbed("reproduce", run, *path)
        other = self.optimizer("second", "2e-4")
        # Two libraries of one name: the hash decides, wherever it lies on the path.
        done = self.seedbed("reproduce", run, *other, *path)
        self.assertEqual(done.stderr, "")
        shutil.move(self.folder / "first" / "fixed.so", self.folder / "second" / "renamed.so")
        self.assertEqual(self.seedbed("reproduce", run, *other).stderr, "")
        (self.folder / "second" / "renamed.so").unlink()
        done = self.seedbed("reproduce", run, *other, code=4)
        self.assertRegex(done.stderr, r"warning: optimizer 'fixed-step': expected fixed\.so with "
                                      r"SHA-256 \w{12}… on the plugin path, got none; took "
                                      r".*second/fixed\.so")
        self.assertRegex(done.stdout, r"/learning/return_mean\[1\]: \S+ against \S+ ")
        self.assertRegex(done.stdout, r"since then: plugin 'fixed-step' rebuilt \(sha256")
        # One that crashes is a message that names it, and its exit code is that of plugins.
        self.optimizer("second", "1e-4", "abort();")
        done = self.seedbed("reproduce", run, *other, code=3)
        self.assertRegex(done.stderr, r"optimizer 'fixed-step': step: the worker process was killed "
                                      r"by signal 6 .* at iteration 0")
        done = self.seedbed("reproduce", run, code=3)
        self.assertIn("optimizer 'fixed-step': expected a plugin of that name, got none",
                      done.stderr)

    def test_files_of_parameters_are_in_the_run_file(self):
        model = "state,action,probability,next_state,reward,terminated\nstart,,1,0,,\n" + "".join(
            f"{s},{a},0.25,{t},{0.1 * s + t - a},0\n{s},{a},0.75,{1 - t},0.5,0\n"
            for s in (0, 1) for a in (0, 1) for t in (0,))
        (self.folder / "model.csv").write_text(model)
        text = """
seed = 3
environment = { plugin = "tabular", model = "model.csv" }
objective = { horizon = 5 }
policy = "tabular-softmax"
estimator = "reinforce"
[learn]
iterations = 4
episodes = 3
optimizer = "sgd"
"""
        run = self.run_suite(text)[0]
        (self.folder / "model.csv").unlink()
        self.seedbed("reproduce", run)
        with h5py.File(run) as file:
            files = json.loads(file["provenance/files"][()])
            self.assertIn("sha256:" + list(files)[0], file["provenance/resolved"].asstr()[()])
        self.assertEqual([*files.values()], [{"name": "model.csv", "text": model}])

    def test_what_is_no_run_file_is_said_to_be_none(self):
        self.run_suite(SHORT)
        self.assertIn("results.h5: expected a run file",
                      self.seedbed("reproduce", "out/results.h5", code=2).stderr)
        (self.folder / "text.h5").write_text("text")
        self.assertIn("text.h5: expected a whole result file",
                      self.seedbed("reproduce", "text.h5", code=5).stderr)
        self.assertIn("expected run files", self.seedbed("reproduce", "out/report", code=2).stderr)

    def test_the_remade_file_can_be_kept(self):
        run = self.run_suite(SHORT)[-1]
        self.seedbed("reproduce", run, "--output", "kept", "-q")
        self.seedbed("reproduce", self.folder / "kept" / run.relative_to(self.folder / "out"))
        self.assertFalse([name for name in os.listdir(self.folder) if "partial" in name])


if __name__ == "__main__":
    unittest.main()
