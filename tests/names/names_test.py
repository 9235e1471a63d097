"""One name, one thing: what two files define under one name is one to the linker. Of two types the
functions of one may run on the other's objects, of two inline functions one runs for both."""
import collections
import re
import unittest

from program import SOURCE

ENTRY = re.compile(r"namespace ([\w:]*) ?\{")  # not indented, as in all files here
EXIT = re.compile(r"\}  // namespace")
TYPE = re.compile(r"(?:struct|class|enum class|union) (\w+)(?: [^;]*)?$")
FUNCTION = re.compile(r"inline [^;={]*?(\w+)\(([^;{]*)\)[^;{)]*\{")
NAME_OF_PARAMETER = re.compile(r"(?<=[ &*>])\w+(?=,|$)")


def definitions_in(file):
    """The types and inline functions that a file defines for others, too: all but those in a
    namespace without a name."""
    namespaces = []
    lines = file.read_text().splitlines()
    for i, line in enumerate(lines):
        if entry := ENTRY.match(line):
            namespaces.append(entry[1])
        elif EXIT.match(line):
            namespaces.pop()
        elif "" in namespaces:
            continue
        elif type := TYPE.match(line):
            yield "::".join(namespaces + [type[1]])
        elif function := FUNCTION.match(" ".join(lines[i : i + 8])):
            parameters = re.sub(r" +", " ", re.sub(r" = [^,]*", "", function[2]))
            types = NAME_OF_PARAMETER.sub("", parameters).replace(" ,", ",").strip()
            yield "::".join(namespaces + [function[1]]) + f"({types})"


class Names(unittest.TestCase):
    def test_a_name_is_of_one_thing(self):
        files = [file for layer in ("framework", "analysis")
                 for file in (SOURCE / layer).rglob("*.[hc]pp")
                 # What plugins are written with: in libraries that show nothing of theirs.
                 if not {"sdk", "templates"} & set(file.parts)]
        where = collections.defaultdict(list)
        for file in files:
            for name in definitions_in(file):
                where[name].append(str(file.relative_to(SOURCE)))
        self.assertGreater(sum("(" in name for name in where), 30, "functions that are found")
        self.assertGreater(sum("(" not in name for name in where), 300, "types that are found")
        for name, files in where.items():
            self.assertEqual(len(files), 1, f"{name} is defined in {files}")


if __name__ == "__main__":
    unittest.main()
