"""SIGKILL at random moments: whatever is published is whole, and the resumed run has the same bits."""
import concurrent.futures
import os
import random
import time
import unittest

from laboratory import (STATEFUL, Laboratory, kill_all, kill_process, suite, wait_for_all,
                        workers_of)

KILLS = int(os.environ.get("SEEDBED_KILLS", "200"))
SEED = int(os.environ.get("SEEDBED_KILL_SEED", "5"))
LANES = 2


class Kill(Laboratory):
    suite_text = suite(2, 6, '"reinforce"', STATEFUL)

    def interrupt(self, process, random):
        """One kill of the orchestrator, of a worker, or of all; how many it was."""
        workers = workers_of(process)
        victim = random.choice(("orchestrator", "worker", "all"))
        if victim == "all" or (victim == "worker" and not workers):
            kill_all(process)
        elif victim == "orchestrator":
            kill_process(process.pid)
        else:
            return int(kill_process(random.choice(workers)))
        return 1

    def go_until_killed(self, output, seen, random):
        """One start of the program: kills until it ends. Whether it was done, and how many."""
        process, kills = self.start(output), 0
        while process.poll() is None and kills < 8:
            time.sleep(random.uniform(0, 0.7 * self.seconds))
            if process.poll() is None:
                kills += self.interrupt(process, random)
                self.check_published(output, seen)
        message = process.communicate(timeout=60)[1]
        wait_for_all(output)
        self.assertIn(process.returncode, (0, 1, -9), message)
        self.check_published(output, seen)
        self.check_plan(output)
        return process.returncode == 0, kills

    def kill_suites(self, lane):
        """One after another, until there were enough kills: kills, starts and suites."""
        chance, kills, starts, suites = random.Random(f"{SEED} {lane}"), 0, 0, 0
        while kills < KILLS // LANES:
            output, seen, done = self.folder / f"out{lane}.{suites}", {}, False
            while not done:
                done, more = self.go_until_killed(output, seen, chance)
                kills, starts = kills + more, starts + 1
                self.assertLess(starts, 20 * KILLS, "it does not come to an end")
            self.check_final(output)
            suites += 1
        return kills, starts, suites

    def test_a_suite_that_is_killed_hundreds_of_times_ends_with_the_same_bits(self):
        with concurrent.futures.ThreadPoolExecutor(LANES) as lanes:
            kills, starts, suites = map(sum, zip(*lanes.map(self.kill_suites, range(LANES))))
        print(f"{kills} kills in {starts} starts of {suites} suites; seed {SEED}")


if __name__ == "__main__":
    unittest.main()
