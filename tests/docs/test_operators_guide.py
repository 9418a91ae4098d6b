"""The operators' guide lists every setting with its default, every command, and what the check can find."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

from communities import rules
from peernet.cli import COMMANDS, parser

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guides" / "operators.md").read_text()
OURS = [config.name for config in apps.get_app_configs() if (ROOT / config.name).is_dir()]
VARIABLE = re.compile(r"PEERNET_(?!TEST_)[A-Z]+(?:_[A-Z]+)*")


def code() -> Iterator[Path]:
    return (path for app in OURS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def strings(path: Path) -> Iterator[str]:
    """Whole string constants only, so that a sentence that mentions a setting is not taken for one."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def settings_in_code() -> set[str]:
    return {text for path in code() for text in strings(path) if VARIABLE.fullmatch(text)}


def rows() -> dict[str, str]:
    return dict(re.findall(r"^\| `(PEERNET_[A-Z_]+)` \| ([^|]+) \|", GUIDE, re.M))


def test_guide_lists_exactly_the_settings_that_the_code_reads() -> None:
    assert set(rows()) == settings_in_code()


def test_guide_gives_the_default_that_the_code_has() -> None:
    for path in sorted((ROOT / "peernet").glob("settings*.py")):
        text = path.read_text()
        found = re.findall(r'environ\.get\("(PEERNET_\w+)", "([^"]+)"\)', text)
        found += re.findall(r'environ\.get\("(PEERNET_\w+)"\) or (\d+)', text)
        for name, default in found:
            assert f"`{default}`" in rows()[name], name


@pytest.mark.parametrize("command", COMMANDS)
def test_guide_lists_the_command(command: str) -> None:
    assert f"`peernet {command}" in GUIDE


def test_guide_explains_every_break_of_the_record() -> None:
    breaks = re.findall(r'yield Break\(.+?, "([^"]+)"\)', (ROOT / "audit" / "queries.py").read_text())
    assert len(breaks) >= 5
    for what in breaks:
        assert what in GUIDE, what


def examples() -> list[list[str]]:
    """The commands that the guide shows whole, as a shell would read them."""
    joined = GUIDE.replace("\\\n", " ")
    return [shlex.split(line)[1:] for line in re.findall(r"^    (peernet .+)$", joined, re.M)]


def test_commands_shown_whole_are_understood() -> None:
    assert examples()
    for words in examples():
        given = parser().parse_args(words)
        assert given.preset in rules.PRESETS
        for key, value in given.rule:
            rules.KINDS[key].parse(value)


def test_options_shown_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    for command, options in re.findall(r"^\| `peernet (\w+(?: \w+)?)([^`]*)`", GUIDE, re.M):
        words = [word for word in command.split() if word.islower()]
        with pytest.raises(SystemExit):
            parser().parse_args([*words, "--help"])
        known = capsys.readouterr().out
        assert all(option in known for option in re.findall(r"--[a-z-]+", options)), command
