"""A plan as plain text: headings with a line of dashes below them, so that it can be read anywhere and brought back."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crisisplans.told import ToldPlan

RULE = "-"
SHORTEST_RULE = 3
LINE_END = "\r\n"


def as_text(plan: ToldPlan) -> str:
    """The whole plan. Its lines end as every phone and computer can show them."""
    return LINE_END.join(line for text in _lines(plan) for line in text.split("\n")) + LINE_END


def is_rule(line: str) -> bool:
    """Whether a line is one that stands below a heading."""
    return len(line.rstrip()) >= SHORTEST_RULE and not line.rstrip().strip(RULE) and line.startswith(RULE)


def first_heading() -> str:
    """What stands above the first steps."""
    return _("First steps")


def saved_line() -> str:
    """What stands below the title, with a place for the day."""
    return _("As it was on %(day)s")


def _lines(plan: ToldPlan) -> Iterator[str]:
    yield plan.title
    yield RULE * max(len(plan.title), SHORTEST_RULE)
    if plan.saved_on:
        yield saved_line() % {"day": date_format(plan.saved_on, "j F Y")}
    if plan.first_steps:
        yield from _part(first_heading(), "\n".join(f"{n}. {step}" for n, step in enumerate(plan.first_steps, 1)))
    for part in plan.parts:
        yield from _part(part.title, part.text)


def _part(title: str, text: str) -> Iterator[str]:
    yield ""
    yield title
    yield RULE * max(len(title), SHORTEST_RULE)
    for line in text.split("\n"):
        # Somebody's own line of dashes is moved in by a space: else it would make a heading of the line above it.
        yield f" {line}" if is_rule(line.lstrip(" ")) else line
