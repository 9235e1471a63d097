"""One name, one type: two types of one namespace that are defined under the same name in different
files are, to the linker, the same, and the functions of one may run on the other's objects."""
import collections
import re
import unittest

from program import SOURCE

ENTRY = re.compile(r"namespace ([\w:]*) ?\{")  # not indented, as in all files here
EXIT = re.compile(r"\}  // namespace")
TYPE = re.compile(r"(?:struct|class|enum class|union) (\w+)(?: [^;]*)?$")


def types_in(file):
    """The types that a file defines for others, too: all but those in a namespace without a name."""
    namespaces = []
    for line in file.read_text().splitlines():
        if entry := ENTRY.match(line):
            namespaces.append(entry[1])
        elif EXIT.match(line):
            namespaces.pop()
        elif (type := TYPE.match(line)) and "" not in namespaces:
            yield "::".join(namespaces + [type[1]])


class Names(unittest.TestCase):
    def test_a_name_is_of_one_type(self):
        files = [file for layer in ("framework", "analysis")
                 for file in (SOURCE / layer).rglob("*.[hc]pp")
                 # What plugins are written with: in libraries that show nothing of theirs.
                 if not {"sdk", "templates"} & set(file.parts)]
        where = collections.defaultdict(list)
        for file in files:
            for name in types_in(file):
                where[name].append(str(file.relative_to(SOURCE)))
        self.assertGreater(len(where), 300, "types that are found at all")
        for name, definitions in where.items():
            self.assertEqual(len(definitions), 1, f"{name} is defined in {definitions}")


if __name__ == "__main__":
    unittest.main()
