"""Plugins for x86-64-v4 give the bits of those for x86-64-v3, and stand for them where they may."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

from program import SEEDBED
from same_bits import SUITES, SameBits

V3, V4 = (SEEDBED, {"SEEDBED_CPU_LEVEL": "x86-64-v3"}), (SEEDBED, {})
PLUGINS = pathlib.Path(SEEDBED).parent.parent / "lib" / "seedbed" / "plugins"
VARIANTS = pathlib.Path("glibc-hwcaps") / "x86-64-v4"
NEEDED = {"avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"}


def cpu_flags():
    lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
    return set(next(line for line in lines if line.startswith("flags")).split())


class Levels(SameBits):
    def plugin(self, program=SEEDBED, **environment):
        done = subprocess.run([program, "plugins", "sgd", "--json"], capture_output=True, text=True,
                              env={**os.environ, **environment})
        self.assertEqual(done.returncode, 0, done.stderr)
        [plugin] = json.loads(done.stdout)
        return plugin

    def test_the_same_bits_identities_and_files(self):
        for name, text in SUITES.items():
            with self.subTest(name):
                self.compare(text, V3, V4, ignored=("provenance", "timing"))
                shutil.rmtree(self.folder / "one")
                shutil.rmtree(self.folder / "other")

    def test_a_variant_is_used_where_the_cpu_has_it(self):
        self.assertTrue(self.plugin()["code"].endswith(str(VARIANTS / "sgd.so")))
        v3 = self.plugin(SEEDBED_CPU_LEVEL="x86-64-v3")
        self.assertEqual(v3["code"], v3["library"])
        self.assertEqual(v3["sha256"], self.plugin()["sha256"])

    def test_a_variant_of_another_build_or_a_damaged_one_is_not_used(self):
        program = self.folder / "bin" / "seedbed"
        folder = self.folder / "lib" / "seedbed" / "plugins"
        program.parent.mkdir()
        (folder / VARIANTS).mkdir(parents=True)
        shutil.copy(SEEDBED, program)
        shutil.copy(PLUGINS / "sgd.so", folder)
        for variant, used in ((PLUGINS / VARIANTS / "sgd.so", True),
                              (PLUGINS / VARIANTS / "adam.so", False),
                              (PLUGINS / "sgd.so", False),
                              (__file__, False)):
            shutil.copy(variant, folder / VARIANTS / "sgd.so")
            found = self.plugin(program)
            self.assertEqual(found["code"] != found["library"], used, variant)


if __name__ == "__main__":
    if not (PLUGINS / VARIANTS).exists() or not NEEDED <= cpu_flags():
        print("skipped: no variants of plugins, or no CPU for them")
        sys.exit(77)
    unittest.main()
