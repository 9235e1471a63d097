"""A small suite and every call of its run that changes the folder: where something can go wrong."""
import errno
import os
import random
import re
import shutil

from laboratory import STATEFUL, Laboratory, suite, wait_for_all


class CallByCall(Laboratory):
    """`calls`: what fault.c looks at in a run that is left alone, each as pid, call, path."""
    suite_text = suite(1, 3, STATEFUL)
    jobs = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        log = cls.folder / "calls"
        done = cls.start(cls.folder / "logged", faults={"FAULT_LOG": str(log)})
        message = done.communicate(timeout=120)[1]
        assert done.returncode == 0, message
        cls.calls = [line.split(" ", 2) for line in log.read_text().splitlines()]

    def fail_and_resume(self, error, calls, at, times):
        """One call that fails, or it and those that follow: a clear error, and it goes on."""
        where = f"{errno.errorcode[error]} at {at} of {calls}"
        output = self.folder / f"{error}-{times}-{at}"
        message = self.end_of(process := self.start(output, faults={
            "FAULT_AT": str(at), "FAULT_CALLS": calls, "FAULT_TIMES": str(times),
            "FAULT_DO": str(error)}), where)
        self.assertIn(process.returncode, (0, 1, 5), f"{where}: {message}")
        if process.returncode:
            self.assertIn(os.strerror(error), message, where)
        self.resume(output, where)
        return process.returncode != 0

    def resume(self, output, where):
        """After what went wrong: what is published is whole, and another run ends as any does."""
        wait_for_all(output)
        seen = {}
        if output.exists():
            self.check_published(output, seen)
        self.assertNotIn("damaged", self.run_to_end(output), where)
        self.check_published(output, seen)
        self.check_final(output)
        shutil.rmtree(output)


def kind_of(path):
    """Of the files of a run: what is the same for all cells, segments and processes."""
    return re.sub(r"\d+", "", re.sub(r"cell-\d+|estimator=[^/]*", "", path.split("/", 3)[-1]))


def sample(things, number, group_of):
    """So many of them (0: all), of each group as often as of any other, always the same ones."""
    groups, chosen = {}, []
    for thing in random.Random(8).sample(things, len(things)):
        groups.setdefault(group_of(thing), []).append(thing)
    while any(groups.values()) and (not number or len(chosen) < number):
        chosen += [group.pop() for group in groups.values() if group]
    return chosen[:number or None]
