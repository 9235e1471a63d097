"""Death at every single call that changes the results folder, and the order of fsync and rename."""
import collections
import concurrent.futures
import os
import re
import unittest

from call_by_call import CallByCall, kind_of, sample
from laboratory import published

WRITES_APART = 32
DEATHS = int(os.environ.get("SEEDBED_DEATHS", "32"))  # 0: all


class Fault(CallByCall):
    def deaths(self):
        """Before every call that changes the folder; within the first and last write of a file and
        some between. A worker alone where it opens, locks, syncs and renames."""
        chosen, row = [], []
        for number, (pid, call, path) in enumerate(self.calls, 1):
            if row and (call != "write" or path != self.calls[row[-1] - 1][2]):
                chosen += [(n, "torn") for n in sorted({row[0], row[-1], *row[::WRITES_APART]})]
                row = []
            if call == "write":
                row.append(number)
            elif call not in ("peek", "close"):  # a close: the same as before the next call
                chosen.append((number, "kill-all"))
                if pid != self.calls[0][0] and call != "mkdir":
                    chosen.append((number, "kill"))
        return sample(chosen, DEATHS, lambda death: (
            self.calls[death[0] - 1][1], death[1], kind_of(self.calls[death[0] - 1][2])))

    def die_and_resume(self, number, how):
        output = self.folder / f"{how}{number}"
        process = self.start(output, faults={"FAULT_AT": str(number), "FAULT_DO": how})
        message = process.communicate(timeout=60)[1]
        self.assertIn(process.returncode, (0, 1, -9), f"{how} at {number}: {message}")
        self.resume(output, f"{how} at {number}")
        return process.returncode != 0

    def test_a_death_at_any_call_leaves_whole_files_and_a_folder_that_goes_on(self):
        deaths = self.deaths()
        with concurrent.futures.ThreadPoolExecutor(2) as lanes:
            struck = sum(lanes.map(lambda death: self.die_and_resume(*death), deaths))
        self.assertGreater(struck, 0.9 * len(deaths))
        kinds = collections.Counter(f"{self.calls[n - 1][1]} {how}" for n, how in deaths)
        print(f"{struck} deaths at {len({n for n, _ in deaths})} of {len(self.calls)} calls: "
              f"{dict(kinds)}")

    def test_a_file_is_synced_before_it_gets_its_name_and_its_folder_after(self):
        renames = 0
        for i, (pid, call, path) in enumerate(self.calls):
            if call != "rename":
                continue
            if path.endswith("/.seals"):  # has a checksum: what is not whole is not believed
                continue
            renames += 1
            # a segment is built as its run file, a text under a name of its process
            name = re.escape(re.sub(r"\.s\d+\.h5$", ".h5", path))
            partial = re.compile(name + r"(\.\d+-\d+)?\.partial")
            before = [c for _, c, f in self.calls[:i] if partial.fullmatch(f)]
            last_write = max(n for n, c in enumerate(before) if c == "write")
            self.assertIn("sync", before[last_write:], path)
            folder = path.rsplit("/", 1)[0]
            after = [c for p, c, f in self.calls[i + 1:]
                     if p == pid and (c == "rename" or f == folder)]
            self.assertEqual(after[:2], ["peek", "sync"], f"{path}: its folder")
        self.assertGreater(renames, 5)

    def test_nothing_that_has_a_published_name_is_opened_for_writing(self):
        names = {str(path) for path in published(self.folder / "logged")}
        opened = {path for _, call, path in self.calls if call == "open"} & names
        grows = {path for path in opened if path.endswith(("events.jsonl", ".log"))}
        self.assertEqual(opened - grows, set())


if __name__ == "__main__":
    unittest.main()
