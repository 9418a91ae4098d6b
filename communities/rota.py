"""What somebody's week and what is said of single days come to, on real days.

Pure functions over rows: the same answer for a held post's author, a notice, the rota and a test. An off takes a weekly
time out of one day; a turn is there until it is given back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from clock.london import day_of
from communities import hours
from communities.hours import Span
from communities.models import Hours, Membership


@dataclass(frozen=True)
class Look:
    """A real time at which somebody looks, and the row that says so."""

    row: Hours
    span: Span

    @property
    def member(self) -> Membership:
        return self.row.membership

    @property
    def on(self) -> date:
        """The day it begins on, by London's clock."""
        return day_of(self.span.begins_at)


def looks(rows: Iterable[Hours], *, around: datetime, days: int = 15) -> list[Look]:
    """Every real time at which one of these people looks, from the day before `around` on, the first one first."""
    said = list(rows)
    offs: dict[int, list[Span]] = {}
    for row in said:
        if row.what == Hours.What.OFF:
            offs.setdefault(row.membership_id, []).extend(_spans(row, around, days))
    found = [
        Look(row, piece)
        for row in said
        if row.what != Hours.What.OFF
        for span in _spans(row, around, days)
        for piece in ([span] if row.on else without(span, offs.get(row.membership_id, [])))
    ]
    return sorted(found, key=lambda look: (look.span, look.row.pk))


def _spans(row: Hours, around: datetime, days: int) -> Iterator[Span]:
    if row.on is None:
        yield from hours.spans(row, around=around, days=days)
        return
    span = hours.span_on(row.on, row.starts, row.ends)
    if span.begins_at < span.ends_at and span.ends_at > around - timedelta(days=1):
        yield span


def without(span: Span, others: Iterable[Span]) -> list[Span]:
    """What is left of a span when others are taken out of it, in order."""
    left = [span]
    for other in others:
        left = [piece for one in left for piece in _beside(one, other) if piece.begins_at < piece.ends_at]
    return left


def _beside(one: Span, other: Span) -> tuple[Span, Span]:
    before = Span(one.begins_at, min(one.ends_at, other.begins_at))
    return before, Span(max(one.begins_at, other.ends_at), one.ends_at)


def people_on(rows: Iterable[Hours], now: datetime) -> tuple[Membership, ...]:
    """Whose rows cover this moment."""
    on = {
        look.row.membership_id: look.member
        for look in looks(rows, around=now, days=1)
        if look.span.begins_at <= now < look.span.ends_at
    }
    return tuple(on.values())


def next_look(rows: Iterable[Hours], now: datetime) -> datetime | None:
    """The earliest moment at which one of these people looks: `now` if on, else the next beginning, else None."""
    moments = (max(look.span.begins_at, now) for look in looks(rows, around=now) if look.span.ends_at > now)
    return min(moments, default=None)


def gaps(found: Iterable[Look], *, begins_at: datetime, ends_at: datetime) -> list[Span]:
    """Where nobody of these looks, between two moments, in order."""
    return without(Span(begins_at, ends_at), [look.span for look in found])
