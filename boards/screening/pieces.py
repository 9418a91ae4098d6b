"""Cuts folded text into words, ends of sentences, turns of clauses and quotation marks."""

import re
from collections.abc import Iterator

# One class of signs at a time and nothing nested: this expression can only walk forward.
_RUNS = re.compile(r"[\w'@$!|*#+£€]+|\.+|\n|[^\w\s]")

SENTENCE = "."
CLAUSE = ","
QUOTE = '"'
OPENING = "'("
CLOSING = "')"
MARKS = frozenset({SENTENCE, CLAUSE, QUOTE, OPENING, CLOSING})

_SIGNS = {"?": SENTENCE, "\n": SENTENCE, ",": CLAUSE, ";": CLAUSE, ":": CLAUSE, "(": CLAUSE, ")": CLAUSE, '"': QUOTE}
_STARS = "*#"


def cut(folded: str) -> Iterator[str]:
    """Words as they stand, and the marks between them, in order."""
    runs = _RUNS.findall(folded)
    for at, run in enumerate(runs):
        if run.isalpha():
            yield run
        elif run[0] == ".":
            yield from _dots(run, runs, at)
        elif run in _SIGNS:
            yield _SIGNS[run]
        elif run[0].isalnum() or run[0] in "'@$!|*#+£€_":
            yield from _mixed(run)


def _dots(run: str, runs: list[str], at: int) -> Iterator[str]:
    # "d.i.e" is a spelt-out word; "I am. so tired..." trails off rather than ends.
    between_letters = 0 < at < len(runs) - 1 and len(runs[at - 1]) == 1 and len(runs[at + 1]) == 1
    if not between_letters:
        yield SENTENCE if len(run) == 1 else CLAUSE


def _mixed(run: str) -> Iterator[str]:
    for part in run.split("_"):
        if part:
            yield from _decorated(part)


def _decorated(part: str) -> Iterator[str]:
    word = part.rstrip("!")
    shouted = len(word) < len(part)
    if word.startswith("'"):
        yield OPENING
    quoted_end = word.endswith("'") and len(word) > 1
    core = _core(word.replace("'", ""))
    if core:
        yield core
    if quoted_end:
        yield CLOSING
    if shouted:
        yield SENTENCE


def _core(word: str) -> str:
    if word[:1] in ("*", "#", "+", "!", "|"):
        return word.strip("*#+!|")
    if word.endswith(tuple(_STARS)) and len(word) > 1 and word[-2] not in _STARS:
        return word.rstrip("*#")
    return word
