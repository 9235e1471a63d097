"""The table of every path in analysis/README.md: it is what the writers declare, and files that the
program writes have no other paths, dimensions, units and meanings. `--write` brings it up to date."""
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py

from program import SEEDBED, SOURCE

PAGE = SOURCE / "analysis" / "README.md"
TABLE = re.compile(r"(<!-- made by tests/paths -->\n)(.*?)(<!-- end -->\n)", re.DOTALL)
# Two discrete components and no oracle; bounds; a stage that diverges; axes that advance together;
# contributions; divergences; an estimator that says an effective sample size.
CARTPOLE = """
title = "Cart"
seed = 3
replicates = 2
[environment]
plugin = "cartpole"
[objective]
horizon = 20
[policy]
plugin = "linear-softmax"
[[stage]]
name = "train"
kind = "learn"
iterations = 4
episodes = 4
optimizer = { plugin = "sgd", step = 0.1 }
estimator = { plugin = "reward-to-go", baseline = "leave-one-out" }
[[stage]]
name = "measure"
kind = "gradient"
theta = { stage = "train", checkpoint = "last" }
batches = 12
episodes = 4
estimators = ["reinforce", "svrpg"]
reference_batches = 64
[[stage]]
name = "test"
kind = "evaluate"
theta = { stage = "train", checkpoint = "last" }
episodes = 7
[[sweep.zip]]
"optimizer.step" = [0.1, 1e300]
"divergence" = [1e8, 1e7]
[record]
trajectories = "all"
gradients = { every = 1, contributions = true }
kl = true
"""
# Exact J and gradient, an optimum, bounds of actions, sources of variance, a sweep with a hole.
REGULATOR = """
title = "Regulator"
seed = 3
replicates = 2
[environment]
plugin = "linear-quadratic"
A = [[1.0, 1.0], [0.0, 1.0]]
B = [[0.0], [1.0]]
R = [[1.0]]
W = [[1e-4, 0.0], [0.0, 1e-4]]
x0 = [-1.0, 0.0]
[objective]
horizon = 4
[policy]
plugin = "linear-gaussian"
sigma = 0.3
[learn]
iterations = 3
episodes = 4
optimizer = { plugin = "sgd", step = 1e-4 }
[gradient]
batches = 12
episodes = 4
sources = 4
[evaluate]
episodes = 5
theta = "initial"
[sweep]
estimator = ["reinforce", "reward-to-go"]
"optimizer.step" = [1e-4, 1e-3]
when = ["estimator == 'reinforce' or optimizer.step == 1e-4"]
[record]
trajectories = "all"
"""
Row = collections.namedtuple("Row", "file path dims units long_name")
GROUP_OF = {"learn": "/learning", "gradient": "/gradient", "evaluate": "/evaluation"}


def made_table():
    program = pathlib.Path(os.environ["SEEDBED_BUILD"]) / "tests" / "result_paths"
    return subprocess.run([program], capture_output=True, text=True, check=True).stdout


def rows_of(table):
    for line in table.splitlines()[2:]:
        cells = [cell.strip().strip("`").replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        file, path, dims, units, long_name = cells
        yield Row(file, path, tuple(dims.split(", ")) if dims else (),
                  units, long_name)


def datasets(path):
    """{path: (names of dimensions, units, long_name)}"""
    found = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset):
            dims = (name.rsplit("/", 1)[1],) if h5py.h5ds.is_scale(item.id) else tuple(
                dim[0].name.rsplit("/", 1)[1] for dim in item.dims)
            found["/" + name] = dims, item.attrs["units"], item.attrs["long_name"]
    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def identifier(axis):
    return re.sub(r"\W", "_", axis)


class Folder:
    """The files of a suite, each of its datasets against the rows of the table."""

    def __init__(self, rows, folder):
        self.rows, self.folder = rows, folder
        with h5py.File(folder / "results.h5") as file:
            self.kinds = {name: group.attrs["kind"] for name, group in file.items()
                          if "kind" in group.attrs}

    def problems(self):
        """(used rows, one line for each dataset that no row tells of)"""
        used, lines = set(), []
        for path in sorted(self.folder.rglob("*.h5")):
            with h5py.File(path) as file:
                kind = file.attrs.get("stage_kind")
            for name, told in datasets(path).items():
                row = self.in_run(kind, name, told) if kind else self.in_results(name, told)
                used.add(row)
                if row is None:
                    lines.append(f"{path.relative_to(self.folder)} {name} {told}")
        return used, lines

    def in_run(self, kind, name, told):
        return next((row for row in self.rows if row.file in (kind, "run") and row.path == name
                     and (row.dims, row.units, row.long_name) == told), None)

    def in_results(self, name, told):
        fitting = [row for row in self.rows
                   if row.file == "results" and self.fits(row, name, told)]
        return min(fitting, key=lambda row: row.path.count("<"), default=None)

    def fits(self, row, name, told):
        pattern = re.escape(row.path)
        for word in "stage", "learn", "gradient", "evaluate":
            stages = [s for s, kind in self.kinds.items() if word in ("stage", kind)]
            pattern = pattern.replace(f"<{word}>", f"(?P<stage>{'|'.join(stages) or '(?!)'})")
        for word in "name", "scale", "axis":
            pattern = pattern.replace(f"<{word}>", f"(?P<{word}>[^/]+)")
        if not (found := re.fullmatch(pattern, name)):
            return False
        words = found.groupdict()
        dims, units, long_name = told
        if "axis" in words:  # any sweep's
            return units == row.units and words["axis"].rstrip("_").removeprefix(
                "sweep_") == identifier(long_name) and (row.dims == ("row",)) == (dims == ("row",))
        source = self.source(name, words)
        if "name" in words or "scale" in words:
            if source is None or ("scale" in words) != (source.dims == (words.get("scale"),)):
                return False
            words.update(dims=source.dims, units=source.units, long_name=source.long_name)
        fill = lambda text: re.sub(r"<(\w+)>", lambda m: str(words.get(m[1], m[0])), text)
        return (fill(row.units), fill(row.long_name)) == told[1:] and self.over(row, words, dims)

    def source(self, name, words):
        """The row of the run files that a dataset of results.h5 is made of."""
        if "stage" not in words:
            return None
        kind = self.kinds[words["stage"]]
        group = "/timing" if name.startswith("/timing/") else GROUP_OF[kind]
        path = group + "/" + name.rsplit("/", 1)[1].removesuffix("_half_width")
        return next((row for row in self.rows if row.file in (kind, "run") and row.path == path),
                    None)

    @staticmethod
    def over(row, words, dims):
        """Whether the dimensions are those of the row; <axes> stands for any, of any sweep."""
        want = [d for dim in row.dims for d in (words["dims"] if dim == "<dims>" else
                                                [words["scale"]] if dim == "<scale>" else [dim])]
        if want[:1] != ["<axes>"]:
            return tuple(want) == dims
        return tuple(want[1:]) == dims[len(dims) - len(want) + 1:]


class Paths(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.rows = list(rows_of(TABLE.search(PAGE.read_text())[2]))
        cls.found = []
        work = pathlib.Path(temporary.name)
        # The provenance of a suite in a work tree has its commit and what differs from it.
        git = lambda *words: subprocess.run(["git", "-C", work, "-c", "user.name=a", "-c",
                                             "user.email=a@b", *words], check=True,
                                            stdout=subprocess.DEVNULL)
        git("init", "-q")
        git("commit", "-q", "--allow-empty", "-m", "Empty")
        for name, text in ("cart", CARTPOLE), ("regulator", REGULATOR):
            (work / f"{name}.toml").write_text(text)
            git("add", f"{name}.toml")
            subprocess.run([SEEDBED, "run", work / f"{name}.toml", "--output", work / name, "-q"],
                           check=True, stdout=subprocess.DEVNULL)
            cls.found.append(Folder(cls.rows, work / name).problems())

    def test_the_table_is_what_the_writers_declare(self):
        self.assertEqual(TABLE.search(PAGE.read_text())[2].strip(), made_table().strip(),
                         "tests/paths/paths_test.py --write brings it up to date")

    def test_every_dataset_of_real_files_is_in_the_table_as_it_is(self):
        for _, lines in self.found:
            self.assertEqual(lines, [])

    def test_every_row_of_the_table_is_in_some_file(self):
        seen = set().union(*(used for used, _ in self.found))
        self.assertEqual([row for row in self.rows if row not in seen], [])

    def test_no_path_is_declared_twice_for_one_file(self):
        counts = collections.Counter((row.file, row.path) for row in self.rows)
        self.assertEqual([key for key, count in counts.items() if count > 1], [])


if __name__ == "__main__":
    if "--write" in sys.argv:
        PAGE.write_text(TABLE.sub(lambda m: m[1] + made_table() + m[3], PAGE.read_text()))
    else:
        unittest.main()
