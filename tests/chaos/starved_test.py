"""A full disk, a broken one, a folder that may not be written: a clear error, and a run that goes on
afterwards."""
import concurrent.futures
import errno
import os
import shutil
import subprocess
import unittest

from call_by_call import CallByCall, kind_of, sample
from laboratory import SEEDBED, contents

FAULTS = int(os.environ.get("SEEDBED_FAULTS", "5"))  # of each error; 0: at every call


class Starved(CallByCall):
    def check(self, error, calls, times):
        """At some of these calls, or at them and all that follow."""
        struck = [(call, path) for _, call, path in self.calls if call in calls.split()]
        chosen = sample(list(range(1, len(struck) + 1)), FAULTS, lambda n: (
            struck[n - 1][0], kind_of(struck[n - 1][1])))
        with concurrent.futures.ThreadPoolExecutor(2) as lanes:
            failed = sum(lanes.map(lambda at: self.fail_and_resume(error, calls, at, times),
                                   chosen))
        self.assertGreater(failed, 0)
        print(f"{errno.errorcode[error]}: {failed} of {len(chosen)} runs failed")

    def test_a_disk_that_is_full_is_named_and_costs_nothing_that_is_there(self):
        self.check(errno.ENOSPC, "open write truncate mkdir sync rename", times=0)

    def test_a_disk_that_fails_once_is_named_and_costs_nothing_that_is_there(self):
        self.check(errno.EIO, "open write sync rename close peek truncate", times=1)

    def test_a_folder_that_may_not_be_written_any_more_is_named(self):
        self.check(errno.EACCES, "open mkdir rename remove truncate", times=0)

    def test_a_file_system_that_becomes_read_only_is_named(self):
        self.check(errno.EROFS, "open write mkdir rename remove truncate", times=0)

    def work_on_one_task(self, output, **faults):
        """What a worker answers."""
        done = subprocess.run(
            [SEEDBED, "worker", self.suite, "--output", output], input="0\n", text=True,
            capture_output=True, timeout=60, cwd=self.folder,
            env={**os.environ, **self.faulty(output, {"FAULT_CALLS": "write sync close rename",
                                                      **faults})})
        self.assertEqual(done.returncode, int("failed" in done.stdout), done.stderr)
        return done.stdout

    def check_write(self, at):
        """One write that fails: nothing is published, or all of it all the same."""
        output = self.folder / f"worker{at}"
        answer = self.work_on_one_task(output, FAULT_AT=str(at), FAULT_TIMES="1",
                                       FAULT_DO=str(errno.EIO))
        for name, data in contents(output).items():
            self.assertTrue(data == self.whole[name], f"{at}: {answer}")
        if "failed" in answer:
            self.assertIn(os.strerror(errno.EIO), answer)
        else:
            self.assertEqual(len(contents(output)), 1, answer)
        shutil.rmtree(output)
        return "failed" in answer

    def test_no_write_of_a_run_file_that_fails_is_taken_for_done(self):
        log = self.folder / "worker.calls"
        self.work_on_one_task(self.folder / "worker", FAULT_LOG=str(log))
        calls = log.read_text().splitlines()
        with concurrent.futures.ThreadPoolExecutor(2) as lanes:
            failed = sum(lanes.map(self.check_write, range(1, len(calls) + 1)))
        self.assertGreater(failed, 0.9 * sum(" write " in call for call in calls))
        print(f"{failed} of {len(calls)} calls failed the task")


if __name__ == "__main__":
    unittest.main()
