"""Each decision is one page with the choice, what else was weighed and what it costs; the stack's page is whole."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADRS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.mark.parametrize("adr", ADRS, ids=lambda adr: adr.stem)
def test_decision_says_what_was_chosen_what_else_and_what_it_costs(adr: Path) -> None:
    headings = " ".join(re.findall(r"^## (.+)$", adr.read_text(), re.M)).casefold()
    assert "cho" in headings  # the choice, what we chose
    assert "weighed" in headings
    assert "costs" in headings


def test_numbers_of_decisions_are_used_once() -> None:
    numbers = [adr.name[:4] for adr in ADRS]
    assert len(numbers) == len(set(numbers))


def test_stack_page_gives_a_reason_for_every_runtime_dependency() -> None:
    wanted = (ROOT / "requirements" / "base.in").read_text().split("\n")
    packages = {re.split(r"[\[<>=~ ]", line)[0] for line in wanted if line and not line.startswith(("#", "-"))}
    page = (ROOT / "docs" / "adr" / "0001-record-architecture-decisions-and-stack.md").read_text()
    assert packages == set(re.findall(r"^\| ([a-z][a-z0-9-]*) \| (?!for)", page, re.M))
