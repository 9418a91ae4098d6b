"""`make run` on a machine that lacks something: one clear line each, and an exit code that is not 0."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "scripts" / "set_up.py"


def set_up(preparation: str, *, script: Path = SCRIPT) -> subprocess.CompletedProcess[str]:
    """Call the script's main after `preparation` has changed what it finds."""
    program = (
        f"import sys, runpy; sys.argv = ['set_up.py', 'base']\n{preparation}\n"
        f"runpy.run_path({str(script)!r}, run_name='__main__')"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)


def copy_to(folder: Path) -> Path:
    (folder / "scripts").mkdir(parents=True)
    script = folder / "scripts" / "set_up.py"
    script.write_text(SCRIPT.read_text())
    return script


def test_set_up_can_be_read_by_a_python_that_is_too_old() -> None:
    ast.parse(SCRIPT.read_text(), feature_version=(3, 6))


def test_a_python_that_is_too_old_is_told_in_one_line() -> None:
    done = set_up("from collections import namedtuple\nsys.version_info = (3, 10, 4)")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Python 3.10 is too old: Peernet needs 3.11 or newer. Install one, "
        "or say where it is: make PYTHON=/path/to/python3.11"
    ]


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_told_with_debian_s_line(module: str) -> None:
    hide = (
        "import importlib.util as u; find = u.find_spec\n"
        f"u.find_spec = lambda name, *a: None if name == {module!r} else find(name, *a)"
    )
    done = set_up(hide)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"
    ]


def test_a_folder_that_can_t_be_written_in_is_told_in_one_line(tmp_path: Path) -> None:
    script = copy_to(tmp_path / "place")
    refuse = (
        "import tempfile, errno, os\n"
        "def refuse(**_): raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))\n"
        "tempfile.TemporaryFile = refuse"
    )
    done = set_up(refuse, script=script)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"Nothing can be written in {tmp_path / 'place'} (Permission denied). Choose a folder that is yours."
    ]


def test_make_without_any_python_says_so_in_one_line(tmp_path: Path) -> None:
    for part in ("requirements", "scripts"):
        (tmp_path / part).mkdir()
    for name in (
        "Makefile",
        "pyproject.toml",
        "requirements/base.txt",
        "requirements/dev.txt",
        "scripts/set_up.py",
    ):
        (tmp_path / name).write_text((ROOT / name).read_text())
    done = subprocess.run(
        ["make", "-s", "run", "PYTHON=python-that-is-not-there"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    ours = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(ours) == 1
    assert "apt-get install python3" in ours[0]


def test_requirements_are_in_step() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "requirements_in_step.py"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout == ""
    assert done.returncode == 0
