"""One table of verbs and options: help, completion and manual agree with what is accepted."""
import pathlib
import re
import shutil
import subprocess
import unittest

from program import SEEDBED, SOURCE, Program

COMMON = {"set", "jobs", "output", "plugin-path", "allow-unsafe-plugin-path", "quiet", "json"}
# How a verb's file reads an option that several verbs share.
READS = {"plugin-path": "plugin_path()", "allow-unsafe-plugin-path": "plugin_path()",
         "output": "arguments.output("}


def said(*words):
    return subprocess.run([SEEDBED, *words], capture_output=True, text=True, check=True).stdout


def verbs():
    return re.findall(r"^  ([a-z]+)", said("--help").split("verbs:\n")[1], re.MULTILINE)


def options(verb):
    """{"output": "DIR", "json": "", ...} from the help of a verb."""
    return dict(re.findall(r"^  (?:-\w, )?--([a-z-]+)(?: (\S+))?(?: |$)", said(verb, "--help"),
                           re.MULTILINE))


class Verbs(Program):
    def test_every_verb_is_a_file_and_every_file_a_verb(self):
        files = {path.stem for path in (SOURCE / "framework" / "cli" / "verbs").glob("*.cpp")}
        self.assertEqual(files - set(verbs()), {"worker", "complete"})
        self.assertEqual(set(verbs()) - files, set())

    def test_completion_offers_what_help_lists(self):
        offered = {line.split("\t")[0] for line in said("complete", "--", "").splitlines()[1:]}
        self.assertEqual(offered, set(verbs()))
        for verb in verbs():
            offered = said("complete", "--", verb, "--").splitlines()[1:]
            self.assertEqual({line.split("\t")[0] for line in offered},
                             {f"--{option}" for option in options(verb)}, verb)

    def test_the_manual_has_every_verb_with_its_options(self):
        manual = said("man").replace("\\-", "-")
        self.assertEqual(re.findall(r"^\.SS \"(\w+)", manual, re.MULTILINE), verbs())
        for verb in verbs():
            part = re.search(rf"^\.SS \"{verb}\b.*?(?=^\.S[SH])", manual, re.MULTILINE | re.DOTALL)[0]
            found = set(re.findall(r"\\fB--([a-z-]+)\\fR", part))
            self.assertEqual(found, set(options(verb)) - {"help"}, verb)

    def test_the_manual_is_clean_roff(self):
        if not shutil.which("mandoc"):
            self.skipTest("mandoc is not installed")
        lint = subprocess.run(["mandoc", "-T", "lint", "-W", "style"], input=said("man"),
                              capture_output=True, text=True)
        self.assertEqual((lint.stdout, lint.stderr, lint.returncode), ("", "", 0))

    def test_a_verb_refuses_the_common_options_that_it_does_not_use(self):
        for verb in verbs():
            for option in COMMON - set(options(verb)):
                done = subprocess.run([SEEDBED, verb, f"--{option}", "1"], capture_output=True,
                                      text=True)
                self.assertEqual(done.returncode, 2, (verb, option))
                self.assertIn("expected an option of this verb", done.stderr)

    def test_a_verb_reads_every_option_that_it_takes(self):
        for verb in verbs():
            source = (SOURCE / "framework" / "cli" / "verbs" / f"{verb}.cpp").read_text()
            body = source.split(f"extern const Verb {verb}_verb", 1)[0]
            for option in set(options(verb)) - {"help"}:
                read = f'"{option}"' in body or READS.get(option, f'"{option}"') in body
                self.assertTrue(read, f"{verb} takes --{option} and does not read it")

    def test_a_verb_takes_every_option_that_it_reads(self):
        internal = {"in-child", "child", "call-record"}
        for verb in verbs():
            source = (SOURCE / "framework" / "cli" / "verbs" / f"{verb}.cpp").read_text()
            read = set(re.findall(r'arguments\.(?:has|values?|number|real)\("([a-z-]+)"', source))
            if "plugin_path()" in source:
                read.add("plugin-path")
            self.assertLessEqual(read - internal, set(options(verb)), verb)

    def test_the_installed_pages_are_those_of_the_program(self):
        share = pathlib.Path(SEEDBED).parent.parent / "share"
        for page, words in (("man/man1/seedbed.1", ("man",)),
                            ("bash-completion/completions/seedbed", ("completion", "bash")),
                            ("zsh/vendor-completions/_seedbed", ("completion", "zsh")),
                            ("fish/vendor_completions.d/seedbed.fish", ("completion", "fish"))):
            self.assertEqual((share / page).read_text(), said(*words), page)


if __name__ == "__main__":
    unittest.main()
