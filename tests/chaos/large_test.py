"""Files that are large enough to be written past the page cache, on a disk: what cannot be written."""
import errno
import os
import unittest

from call_by_call import CallByCall, sample

FAULTS = int(os.environ.get("SEEDBED_FAULTS", "3"))  # of each error; 0: at every write

SUITE = """
title = "Large"
seed = 11
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 200
[policy]
plugin = "linear-softmax"
[learn]
iterations = 5
episodes = 240
theta = [0, 0, 0, 0, 0.5, 1, 10, 3]
estimator = "reward-to-go"
optimizer = { plugin = "sgd", step = 1e-9 }
[record]
trajectories = "all"
"""


class Large(CallByCall):
    suite_text = SUITE
    place = None
    options = ("--checkpoint-every", "3600")

    def writes(self):
        """Numbers of the first writes past the page cache."""
        number, past, direct = 0, False, []
        for _, call, _ in self.calls:
            past = past or call == "direct"
            number += call == "write"
            if call == "write" and past:
                direct.append(number)
        return direct[:4]

    def check(self, error, times):
        self.assertEqual(len(self.writes()), 4)
        for at in sample(self.writes(), FAULTS, str):
            self.assertTrue(self.fail_and_resume(error, "write", at, times))

    def test_where_the_page_cache_cannot_be_passed_the_bits_are_the_same(self):
        output = self.folder / "cached"
        process = self.start(output, faults={"FAULT_AT": "1", "FAULT_CALLS": "direct",
                                             "FAULT_TIMES": "0", "FAULT_DO": str(errno.EINVAL)})
        self.assertEqual(self.end_of(process, output.name), "")
        self.check_final(output)

    def test_a_disk_that_is_full_is_named_and_costs_nothing_that_is_there(self):
        self.check(errno.ENOSPC, times=0)

    def test_a_disk_that_fails_once_is_named_and_costs_nothing_that_is_there(self):
        self.check(errno.EIO, times=1)

    def test_a_write_that_comes_back_half_done_is_finished(self):
        for at in sample(self.writes(), FAULTS, str):
            output = self.folder / f"short{at}"
            process = self.start(output, faults={"FAULT_AT": str(at), "FAULT_CALLS": "write",
                                                 "FAULT_TIMES": "1", "FAULT_DO": "short"})
            self.assertEqual(self.end_of(process, output.name), "")
            self.check_final(output)


if __name__ == "__main__":
    unittest.main()
