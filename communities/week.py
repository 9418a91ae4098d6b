"""A week in plain words: "Monday, 7 pm to 11 pm, Wren"; and what is said of single days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.hours import clock_words
from communities.models import Hours

A_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True)
class Look:
    """One stretch in words; `pk` is the row's, for its owner to take it out."""

    pk: int
    name: str
    when: str


@dataclass(frozen=True)
class SingleDay:
    """What somebody has said of one day, in words: that they look then although their week says otherwise, or not."""

    day: str
    name: str
    when: str
    looks: bool


def day_name(weekday: int) -> str:
    """“Monday” for 0."""
    return date_format(A_MONDAY + timedelta(days=weekday), "l")


def stretch_words(starts: time, ends: time) -> str:
    """“7 pm to 11 pm”, “10 pm to 2 am the next morning”, “all day”."""
    if starts == ends == time(0):
        return _("all day")
    words = {"starts": clock_words(starts), "ends": clock_words(ends)}
    if time(0) < ends <= starts:
        return _("%(starts)s to %(ends)s the next day") % words
    return _("%(starts)s to %(ends)s") % words


def in_words(rows: Iterable[Hours]) -> list[tuple[str, list[Look]]]:
    """The days of the week on which somebody has said a time, with who looks when."""
    days: dict[int, list[Look]] = {}
    weekly = (row for row in rows if row.on is None)
    for row in sorted(weekly, key=lambda row: (row.weekday, row.starts, row.ends)):
        look = Look(row.pk, row.membership.display_name, stretch_words(row.starts, row.ends))
        days.setdefault(row.weekday, []).append(look)
    return [(day_name(weekday), looks) for weekday, looks in days.items()]


def day_words(day: date) -> str:
    """“Friday 27 November”."""
    return date_format(day, "l j F")


def single_days(rows: Iterable[Hours]) -> list[SingleDay]:
    """What is said of single days, the first one first."""
    dated = sorted((row.on, row.starts, row.pk, row) for row in rows if row.on is not None)
    return [
        SingleDay(
            day_words(on), row.membership.display_name, stretch_words(row.starts, row.ends), row.what == Hours.What.TURN
        )
        for on, _starts, _pk, row in dated
    ]
