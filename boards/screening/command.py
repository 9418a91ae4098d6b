"""`peernet screen`: a community tries its rules on its own words."""

from collections.abc import Iterable, Iterator

from .engine import screen
from .findings import TextTooLong


def lines(stream: Iterable[str]) -> Iterator[str]:
    """For each line read, `clear`, or `held` with each rule that said so and the phrase that spoke."""
    for line in stream:
        yield _answer(line.rstrip("\n"))


def _answer(text: str) -> str:
    try:
        findings = screen(text)
    except TextTooLong:
        return "held too_long"
    if not findings:
        return "clear"
    return "held " + ", ".join(f"{finding.rule}:{finding.phrase}" for finding in findings)
