"""What an installation must hold, wherever it lies, seen by someone who has no more than it."""
import json
import os
import subprocess

from program import SOURCE

LAKE = """
title = "Data of a plugin"
seed = 3
replicates = 1
[environment]
plugin = "tabular"
model = "FrozenLake-4x4.csv"
[objective]
horizon = 20
[policy]
plugin = "tabular-softmax"
[learn]
iterations = 2
episodes = 8
estimator = "reinforce"
optimizer = { plugin = "sgd", step = 0.5 }
"""
KINDS = ("environment", "policy", "estimator", "baseline", "optimizer")


def stranger(prefix):
    """The environment with the installation first in PATH and nothing else of ours."""
    ours = ("SEEDBED", "CMAKE", "PKG_CONFIG", "PYTHONPATH")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    return {**clean, "PATH": f"{prefix}/bin:{os.environ['PATH']}", "XDG_DATA_HOME": f"{prefix}/none",
            "PKG_CONFIG_PATH": f"{prefix}/lib/pkgconfig"}


def run(words, prefix, folder, code=0):
    """Output of a command that must end with `code`."""
    done = subprocess.run([str(word) for word in words], env=stranger(prefix), cwd=folder, text=True,
                          capture_output=True, timeout=300)
    assert done.returncode == code, f"{words}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


def program_works(test, prefix, folder):
    """Plugins, their data, processes and templates are found from where the program lies."""
    listed = json.loads(run(["seedbed", "plugins", "--json"], prefix, folder))
    shipped = {path.name for path in SOURCE.glob("plugins/*/*") if (path / "CMakeLists.txt").exists()}
    test.assertEqual({plugin["name"] for plugin in listed["plugins"]}, shipped)
    test.assertEqual(listed["problems"], [])
    for plugin in listed["plugins"]:
        test.assertTrue(plugin["library"].startswith(f"{prefix}/lib/seedbed/plugins/"), plugin)
    test.assertIn("unbiased", run(["seedbed", "certify", "reward-to-go"], prefix, folder))
    (folder / "lake.toml").write_text(LAKE)
    run(["seedbed", "run", "lake.toml", "-q", "--output", "lake"], prefix, folder)
    for kind in KINDS:
        run(["seedbed", "new", kind, f"my-{kind}"], prefix, folder)
