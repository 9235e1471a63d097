"""The RO-Crate of a results folder: valid, complete, and a folder is checked against it."""
import hashlib
import json
import os
import unittest
import urllib.parse

from flipped import flipped
from program import Program
from short_suite import SHORT


class Crate(Program):
    def setUp(self):
        super().setUp()
        self.suite.write_text(SHORT.replace("seed = 7", 'seed = 7\nlicense = "CC-BY-4.0"'))
        self.run_it()
        self.out = self.folder / "out"
        self.path = self.out / "ro-crate-metadata.json"

    def run_it(self):
        self.seedbed("run", self.suite, "--output", self.folder / "out", "-q")

    def test_it_is_a_process_run_crate_with_the_hash_of_every_file(self):
        crate = json.loads(self.path.read_text())
        self.assertEqual(crate["@context"], ["https://w3id.org/ro/crate/1.1/context",
                                             "https://w3id.org/ro/terms/workflow-run/context"])
        entities = {entity["@id"]: entity for entity in crate["@graph"]}
        self.assertEqual(len(entities), len(crate["@graph"]), "an @id is there twice")
        self.check_that_every_reference_resolves(crate["@graph"], entities)
        descriptor, root = entities["ro-crate-metadata.json"], entities["./"]
        self.assertEqual(descriptor["about"], {"@id": "./"})
        self.assertEqual(root["conformsTo"], {"@id": "https://w3id.org/ro/wfrun/process/0.5"})
        self.assertEqual((root["name"], entities[root["license"]["@id"]]["name"]),
                         ("Short", "CC-BY-4.0"))
        files = {id_: entity for id_, entity in entities.items() if entity["@type"] == "File"}
        self.assertEqual(sorted(part["@id"] for part in root["hasPart"]), sorted(files))
        for id_, entity in files.items():
            contents = (self.out / urllib.parse.unquote(id_)).read_bytes()
            self.assertEqual(entity["sha256"], hashlib.sha256(contents).hexdigest())
            self.assertEqual(entity["contentSize"], str(len(contents)))
        self.assertEqual(entities["results.h5"]["encodingFormat"], "application/x-hdf5")
        self.assertTrue(any(id_.startswith("runs/learn/") for id_ in files))
        self.assertTrue(any(id_.startswith("report/") for id_ in files))
        self.check_action(entities[root["mentions"]["@id"]], entities)

    def check_that_every_reference_resolves(self, node, entities):
        if isinstance(node, dict):
            if node.keys() == {"@id"} and node["@id"] != "https://w3id.org/ro/crate/1.1":
                self.assertIn(node["@id"], entities)
            for value in node.values():
                self.check_that_every_reference_resolves(value, entities)
        elif isinstance(node, list):
            for value in node:
                self.check_that_every_reference_resolves(value, entities)

    def check_action(self, action, entities):
        self.assertEqual((action["@type"], action["actionStatus"]),
                         ("CreateAction", "http://schema.org/CompletedActionStatus"))
        self.assertEqual(action["object"], [{"@id": "suite.toml"}])
        self.assertIn({"@id": "results.h5"}, action["result"])
        self.assertLessEqual(action["startTime"], action["endTime"])
        program = entities[action["instrument"]["@id"]]
        self.assertEqual((program["@type"], program["name"]), ("SoftwareApplication", "Seedbed"))
        plugins = [entities[part["@id"]] for part in program["hasPart"]]
        self.assertEqual({plugin["name"] for plugin in plugins},
                         {"linear-quadratic.so", "linear-gaussian.so", "reward-to-go.so", "sgd.so"})
        for plugin in plugins:
            self.assertRegex(plugin["sha256"], r"^[0-9a-f]{64}$")

    def test_a_folder_is_checked_against_it_and_each_file_that_is_not_as_it_was_is_named(self):
        self.assertIn("files are as", self.seedbed("reproduce", "out", "--files").stdout)
        run = next(self.out.rglob("r0000.h5"))
        with open(run, "r+b") as file:
            file.seek(5000)
            byte = file.read(1)[0]
            file.seek(5000)
            file.write(bytes([byte ^ 1]))
        (self.out / "suite.resolved.toml").unlink()
        (self.out / "report" / "more.txt").write_text("more")
        found = json.loads(self.seedbed("reproduce", "out", "--files", "--json", code=4).stdout)
        self.assertEqual((found["changed"], found["missing"], found["extra"]),
                         ([str(run.relative_to(self.out))], ["suite.resolved.toml"],
                          ["report/more.txt"]))
        self.path.unlink()
        self.seedbed("reproduce", "out", "--files", code=2)
        self.path.write_text("{}")
        self.seedbed("reproduce", "out", "--files", code=5)

    def test_files_that_did_not_change_are_not_read_again(self):
        run = next(self.out.rglob("r0000.h5"))
        before, times = self.path.read_text(), os.stat(run)
        first = json.loads(before)
        copy = flipped(run, self.folder / "copy.h5", "learning/return_mean", 3)
        os.replace(copy, run)  # as a disk may do: another bit, same size and time
        os.utime(run, ns=(times.st_atime_ns, times.st_mtime_ns))
        (self.out / "report" / "more.txt").write_text("more")
        self.run_it()
        second = json.loads(self.path.read_text())
        hash_of = lambda crate: [entity["sha256"] for entity in crate["@graph"]
                                 if entity["@id"].endswith("r0000.h5")]
        self.assertNotEqual(first, second)
        self.assertEqual(hash_of(first), hash_of(second))
        found = json.loads(self.seedbed("reproduce", "out", "--files", "--json", code=4).stdout)
        self.assertEqual(found["changed"], [str(run.relative_to(self.out))])


if __name__ == "__main__":
    unittest.main()
