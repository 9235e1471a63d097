"""Completion as bash, zsh and fish do it: each case is a line under way and what fits there."""
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import time
import unittest

from program import SEEDBED, SOURCE, Program

PROGRAMS = str(pathlib.Path(SEEDBED).parent)


class Shell:
    """What fits at the end of the line, in a folder with suites, results and other files."""

    def setUp(self):
        super().setUp()
        if not shutil.which(self.name):
            self.skipTest(f"{self.name} is not installed")
        self.environment = dict(os.environ, PATH=f"{PROGRAMS}:{os.environ['PATH']}",
                                HOME=str(self.folder), TERM="dumb")
        for name in ("results/runs", "my suite"):
            (self.folder / name).mkdir(parents=True)
        for name in ("other.txt", "results/results.h5", "results/runs/r0001.h5", "gae.so"):
            (self.folder / name).touch()

    def test_verbs(self):
        self.assertEqual(self.complete("seedbed pl"), {"plan", "plugins"})
        self.assertIn("run", self.complete("seedbed "))
        self.assertNotIn("worker", self.complete("seedbed "))

    def test_options_of_a_verb_and_no_others(self):
        self.assertEqual(self.complete("seedbed plan --t"), {"--tasks"})
        self.assertEqual(self.complete("seedbed plan suite.toml --d"), {"--dot"})
        self.assertNotIn("--jobs", self.complete("seedbed report --"))
        self.assertIn("--jobs", self.complete("seedbed run --"))

    def test_names_of_plugins(self):
        self.assertEqual(self.complete("seedbed plugins reward-"), {"reward-to-go"})
        self.assertIn("gae", self.complete("seedbed certify --json g"))
        self.assertEqual(self.complete("seedbed certify cartp"), set())

    def test_words_that_a_value_may_be(self):
        self.assertEqual(self.complete("seedbed completion "), {"bash", "zsh", "fish"})
        self.assertEqual(self.complete("seedbed new est"), {"estimator"})
        self.assertEqual(self.complete("seedbed new estimator "), set())

    def test_suites_and_folders(self):
        self.assertEqual(self.paths("seedbed plan "), {"suite.toml", "results", "my suite"})
        self.assertEqual(self.paths("seedbed run --quiet su"), {"suite.toml"})

    def test_folders_for_an_option_also_behind_an_equals_sign(self):
        self.assertEqual(self.paths("seedbed run suite.toml --output "), {"results", "my suite"})
        self.assertEqual(self.paths("seedbed run suite.toml -o re"), {"results"})
        self.assertEqual(self.paths("seedbed run --output=re"), {"results"})

    def test_libraries(self):
        self.assertEqual(self.paths("seedbed check g"), {"gae.so"})

    def test_nothing_fits_a_number_and_an_unknown_verb(self):
        self.assertEqual(self.complete("seedbed run --jobs "), set())
        self.assertEqual(self.complete("seedbed nonsense "), set())

    def paths(self, line):
        return {re.sub(r"^--\w+=", "", word).rstrip("/").replace("\\ ", " ")
                for word in self.complete(line)}

    def run_shell(self, *words):
        return subprocess.run(words, capture_output=True, text=True, cwd=self.folder, timeout=30,
                              env=self.environment, check=True).stdout


class Bash(Shell, Program):
    name = "bash"

    def test_names_of_plugins_below_a_plugin_path_of_the_line(self):
        (self.folder / "mine").mkdir()
        subprocess.run(["cc", "-std=c11", "-shared", "-fPIC",
                        f"-I{SOURCE / 'framework' / 'sdk' / 'include'}",
                        SOURCE / "tests" / "end_to_end" / "broken.c", "-o",
                        self.folder / "mine" / "broken.so"], check=True)
        for option in ("--plugin-path mine", "--plugin-path=mine"):
            self.assertEqual(self.complete(f"seedbed certify {option} cra"), {"crash"})
        self.assertEqual(self.complete("seedbed certify cra"), set())

    def complete(self, line):
        words = re.findall(r"=|[^\s=]+", line) + ([""] if line.endswith(" ") else [])
        quoted = " ".join(f"'{word}'" for word in words)
        said = self.run_shell("bash", "-c", f"""eval "$(seedbed completion bash)"
            COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}
            _seedbed; printf '%s\\n' "${{COMPREPLY[@]}}" """)
        return {word for word in said.split("\n") if word}


class Fish(Shell, Program):
    name = "fish"

    def complete(self, line):
        said = self.run_shell("fish", "--no-config", "--command",
                              f"seedbed completion fish | source; complete --do-complete '{line}'")
        return {word.split("\t")[0] for word in said.split("\n") if word}


class Zsh(Shell, Program):
    """An interactive zsh at a pseudo-terminal: compadd tells what it is given."""
    name = "zsh"

    def complete(self, line):
        (self.folder / ".zshrc").write_text("""
            PS1= ; autoload -Uz compinit; compinit -u -D; unsetopt zle_bracketed_paste
            zstyle ':completion:*' list-prompt ''; zstyle ':completion:*' menu no; LISTMAX=9999
            eval "$(seedbed completion zsh)"
            compadd() {
              local -a found; local -A dropped
              if [[ ${@[(I)-(O|A|D)]} -eq 0 ]]; then
                builtin compadd -O found "$@"
                print -rl -- $found >>$HOME/offered
              fi
              builtin compadd "$@"
            }
            ended() { print ended >$HOME/ended }
            comppostfuncs=(ended)
            print READY
            """)
        offered = self.folder / "offered"
        offered.write_text("")
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.execvpe("zsh", ["zsh", "-i"], self.environment)
        try:
            self.read(terminal, "READY")
            os.write(terminal, (line + "\t").encode())
            end = time.monotonic() + 20
            while not (self.folder / "ended").exists() and time.monotonic() < end:
                time.sleep(0.005)
            (self.folder / "ended").unlink()
            os.write(terminal, b"\x15print DO''NE\r")
            self.read(terminal, "DONE")
        finally:
            os.close(terminal)
            os.waitpid(child, 0)
        words = {word for word in offered.read_text().split("\n") if word}
        return words - {"offered", "ended", ".zshrc"}

    def read(self, terminal, until, seconds=20):
        text, end = "", time.monotonic() + seconds
        while until not in text:
            ready, _, _ = select.select([terminal], [], [], max(0, end - time.monotonic()))
            self.assertTrue(ready, f"{until} did not come: {text}")
            text += os.read(terminal, 4096).decode(errors="replace")
        return text


if __name__ == "__main__":
    unittest.main()
