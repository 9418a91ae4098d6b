"""Telephone numbers inside somebody's own words, so that a tap rings them.

Only what is surely a number to ring: one that begins as numbers here do, or one of the short ones that everybody knows.
Doses, dates, times and numbers to text stay words: a wrong tap at a bad moment is worse than dialling by hand.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Digits with what people put between them; never a line's end.
_STRETCH = re.compile(r"\+?\(?\d(?:[\d \u00a0().\u2010-\u2013-]*\d)?")
# Two numbers with all that people put into them; a longer row of digits is something else.
LONGEST_STRETCH = 60
SPACES = " \u00a0"
SHORT = frozenset({"999", "112", "111", "101", "116123", "116117", "116111", "18000", "18001999", "18001111"})
# A number of this country with its first 0; the shorter ones are real.
LENGTHS_FROM_ZERO = range(10, 12)
OLD_AND_SHORT = frozenset({"08001111", "08454647"})
LENGTHS_FROM_ABROAD = range(8, 16)


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text, from `start` up to `end`, and as a telephone dials it."""

    start: int
    end: int
    shown: str
    dialled: str

    @property
    def href(self) -> str:
        """What a tap opens."""
        return f"tel:{self.dialled}"


def numbers_in(text: str) -> Iterator[Number]:
    """Every number to ring, in the order of the text."""
    for found in _STRETCH.finditer(text):
        if _inside_a_word(text, *found.span()):
            continue
        for start, end in _pieces(text, *found.span()):
            shown = text[start:end]
            if dialled := _dialled(shown):
                yield Number(start, end, shown, dialled)


def _inside_a_word(text: str, start: int, end: int) -> bool:
    """Whether it is part of something else: a letter, a sum of money, a date or a share stands right beside it."""
    around = text[start - 1 : start] + text[end : end + 1]
    return any(each.isalpha() or each in "/£$€%_@#:,." for each in around if not _ends_a_sentence(text, end, each))


def _ends_a_sentence(text: str, end: int, each: str) -> bool:
    return each in ".,:" and text[end : end + 1] == each and not text[end + 1 : end + 2].isdigit()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The whole stretch where it is a number; else the two that stand side by side in it, or nothing."""
    if end - start > LONGEST_STRETCH:
        return
    if _dialled(text[start:end]):
        yield start, end
        return
    for gap in range(start + 1, end):
        if text[gap] in SPACES and _dialled(text[start:gap]) and _dialled(text[gap:end].lstrip(SPACES)):
            yield start, start + len(text[start:gap].rstrip(SPACES))
            yield end - len(text[gap:end].lstrip(SPACES)), end
            return


def _dialled(shown: str) -> str:
    """The digits as dialled, or "" for what is not a number to ring."""
    shown = shown.replace("(0)", "") if shown.startswith(("+", "00")) else shown
    digits = "".join(str(unicodedata.decimal(each)) for each in shown if each.isdecimal())
    if shown.startswith("+"):
        return f"+{digits}" if len(digits) in LENGTHS_FROM_ABROAD else ""
    if digits in SHORT or digits in OLD_AND_SHORT:
        return digits
    return digits if digits.startswith("0") and len(digits) in LENGTHS_FROM_ZERO else ""
