"""Make the environment in .venv: `set_up.py base` to run the site, `set_up.py dev` to test it too.

Runs on whatever Python the machine has, before anything is installed: the standard library alone, and nothing that
Python 3.6 can't read, so that a Python which is too old can still be told so.
"""

import importlib.util
import os
import subprocess
import sys
import tempfile

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PLACE = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(PLACE, "bin", "python")


def trouble():
    """Return the first thing that stands in the way, as one line that says what to do, or ""."""
    if sys.version_info[:2] < OLDEST:
        return (
            "Python {0}.{1} is too old: Peernet needs 3.11 or newer. Install one, "
            "or say where it is: make PYTHON=/path/to/python3.11".format(*sys.version_info[:2])
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        return "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"
    try:
        with tempfile.TemporaryFile(dir=ROOT):
            return ""
    except OSError as error:
        return "Nothing can be written in {0} ({1}). Choose a folder that is yours.".format(ROOT, error.strerror)


def call(*command):
    """Run one command; what it says is shown only if it fails."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace"))
        sys.exit("Setting up stopped at: " + " ".join(command[:4]))


def sound():
    """Whether .venv holds a Python that still runs and has pip (a stopped set-up or a removed Python leaves less)."""
    try:
        return subprocess.call([PYTHON, "-m", "pip", "--version"], stdout=subprocess.DEVNULL) == 0
    except OSError:
        return False


def main(kind):
    problem = trouble()
    if problem:
        sys.exit(problem)
    print("Setting up in .venv ({0}). The first time this takes up to a minute.".format(kind), flush=True)
    if not sound():
        call(sys.executable, "-m", "venv", "--clear", PLACE)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    call(*pip, "--require-hashes", "-r", os.path.join("requirements", kind + ".txt"))
    call(*pip, "--no-deps", "--no-build-isolation", "-e", ".")
    for stamp in ["base", "dev"] if kind == "dev" else ["base"]:
        with open(os.path.join(PLACE, "." + stamp), "w"):
            pass


if __name__ == "__main__":
    main(sys.argv[1])
