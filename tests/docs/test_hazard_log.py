"""Every hazard has controls, every control a test that is there; risks are as the table says (safety checks 2.5)."""

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "docs" / "safety" / "hazard-log.md"
SEVERITIES = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
FIELDS = ("Hazard", "Cause", "Effect", "Before controls", "After controls", "What remains")


@dataclass
class Hazard:
    """One section of the log: its fields, and its controls with their tests."""

    name: str
    fields: dict[str, str] = field(default_factory=dict)
    controls: list[tuple[str, list[str]]] = field(default_factory=list)


def read(text: str) -> list[Hazard]:
    """The hazards of a log. Raises ValueError for a line that belongs to nothing."""
    hazards: list[Hazard] = []
    for section in re.split(r"^## (?=H\d)", text, flags=re.M)[1:]:
        name, _, body = section.partition("\n")
        hazard = Hazard(name)
        for line in filter(None, body.split("\n")):
            if found := re.fullmatch(r"- \*\*([\w ]+)\*\*: (.+)", line):
                _take(hazard, found[1], found[2])
            elif (found := re.fullmatch(r"  - `(tests/\S+::\w+)`", line)) and hazard.controls:
                hazard.controls[-1][1].append(found[1])
            else:
                raise ValueError(f"{name}: {line}")
        hazards.append(hazard)
    return hazards


def _take(hazard: Hazard, label: str, words: str) -> None:
    if label == "Control":
        hazard.controls.append((words, []))
    else:
        hazard.fields[label] = words


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the tests in a file; none for a file that is not there."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text())
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    # A file of races has its two tests made for it: test_…, test_… = both_ways(…).
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    names |= {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return frozenset(name for name in names if name.startswith("test_"))


def faults(hazard: Hazard) -> list[str]:
    """What is wrong with a hazard: no control, a control without a test, a test that is not there."""
    found = [f"no {label}" for label in FIELDS if not hazard.fields.get(label)]
    if not hazard.controls:
        found.append("no control")
    for words, tests in hazard.controls:
        if not tests:
            found.append(f"no test: {words}")
        for test in tests:
            path, _, name = test.partition("::")
            if name not in names_in(ROOT / path):
                found.append(f"not there: {test}")
    return found


HAZARDS = read(LOG.read_text())


def matrix() -> dict[tuple[str, str], int]:
    rows = re.findall(r"^\| (\w+(?: \w+)?) \| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \|$", LOG.read_text(), re.M)
    return {(severity, row[0]): int(risk) for row in rows for severity, risk in zip(SEVERITIES, row[1:], strict=True)}


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name[:3])
def test_hazard_has_controls_and_each_control_tests_that_are_there(hazard: Hazard) -> None:
    assert faults(hazard) == []


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.name[:3])
def test_risk_of_a_hazard_is_what_the_table_says_and_is_not_made_worse(hazard: Hazard) -> None:
    risks = []
    for label in ("Before controls", "After controls"):
        severity, likelihood, risk = hazard.fields[label].split(", ")
        assert matrix()[severity, likelihood] == int(risk)
        risks.append(int(risk))
    assert risks[1] <= risks[0]
    assert risks[1] <= 3, "a risk of 4 or 5 is not to be deployed"


def test_hazards_are_numbered_without_a_gap() -> None:
    assert len(HAZARDS) >= 18
    assert [hazard.name[:3] for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]


def test_log_says_that_nobody_has_signed_it() -> None:
    assert "Signed by the deploying organisation's clinical safety officer: not yet." in LOG.read_text()


def test_faults_of_a_log_are_found() -> None:
    whole = "## H01 A\n" + "".join(f"- **{label}**: x\n" for label in FIELDS)
    there = "  - `tests/docs/test_hazard_log.py::test_faults_of_a_log_are_found`\n"
    assert faults(read(whole)[0]) == ["no control"]
    assert faults(read(whole + "- **Control**: c\n")[0]) == ["no test: c"]
    assert faults(read(whole + "- **Control**: c\n" + there)[0]) == []
    missing = "  - `tests/docs/test_hazard_log.py::test_that_is_not_there`\n"
    assert faults(read(whole + "- **Control**: c\n" + missing)[0])[0].startswith("not there")
    with pytest.raises(ValueError, match="H01"):
        read(whole + "A line that belongs to nothing.\n")
