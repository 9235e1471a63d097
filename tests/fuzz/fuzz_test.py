"""libFuzzer over suites and result files: no crash, no hang, no memory error, and the right exit."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
BUILD = pathlib.Path(os.environ["SEEDBED_BUILD"])
SECONDS = os.environ.get("SEEDBED_FUZZ_SECONDS", "15")  # of each; they run side by side
SEED = os.environ.get("SEEDBED_FUZZ_SEED", "1")
OPTIONS = {"suite": [f"-dict={HERE / 'suite.dict'}", "-max_len=3000"], "result": []}


class Fuzz(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        targets = [f"fuzz_{name}" for name in OPTIONS]
        built = subprocess.run(["cmake", "--build", BUILD, "--target", *targets],
                               capture_output=True, text=True)
        assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-4000:]
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="seedbed-fuzz-"))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.running = {name: cls.start(name, *options) for name, options in OPTIONS.items()}

    @classmethod
    def start(cls, name, *options):
        folder = cls.folder / name
        shutil.copytree(HERE / "seeds" / name, folder / "corpus")
        with open(folder / "log", "wb") as log:
            return subprocess.Popen(
                [BUILD / "tests" / f"fuzz_{name}", folder / "corpus", f"-max_total_time={SECONDS}",
                 f"-seed={SEED}", "-timeout=5", "-rss_limit_mb=2048", "-print_final_stats=1",
                 f"-artifact_prefix={folder}/", *options], stdout=log, stderr=log,
                env={**os.environ, "TMPDIR": str(folder), "ASAN_OPTIONS": "detect_leaks=0"})

    def wait(self, name):
        exit_code = self.running[name].wait()
        log = (self.folder / name / "log").read_text(errors="replace")
        found = [f"{path.name}: {path.read_bytes()[:4000]!r}"
                 for path in (self.folder / name).glob("*-*")
                 if re.match("(crash|timeout|oom)-", path.name)]
        self.assertEqual(exit_code, 0, f"{found} {log[-6000:]}")
        executed = re.search(r"number_of_executed_units: *(\d+)", log).group(1)
        print(f"{name}: {executed} executions in {SECONDS} s")

    def test_suites_and_what_the_command_line_adds_to_them(self):
        self.wait("suite")

    def test_result_files(self):
        self.wait("result")


if __name__ == "__main__":
    unittest.main()
