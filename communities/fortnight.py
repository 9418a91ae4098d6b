"""The next two weeks of a rota in plain words: who looks when, and when nobody does."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from clock.london import day_of, first_moment
from communities import rota
from communities.hours import Span, clock_words, local_time
from communities.lifecycle import DECIDING_OFFICES
from communities.models import Asking, Hours, Membership
from communities.turns import DAYS_SHOWN
from communities.week import day_words, stretch_words

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class LookShown:
    """One time at which somebody looks; `pk` and `on` name it for its owner."""

    pk: int
    on: str
    name: str
    when: str
    own: bool
    is_alternate: bool


@dataclass(frozen=True)
class GapShown:
    """A time at which nobody looks, as the form that fills it takes it."""

    on: str
    starts: str
    ends: str
    when: str


@dataclass
class DayShown:
    """A day with what begins on it."""

    name: str
    looks: list[LookShown] = field(default_factory=list)
    gaps: list[GapShown] = field(default_factory=list)


@dataclass(frozen=True)
class AskedShown:
    """What somebody has asked, in words; `back`: the time in return, "" for none."""

    asking: Asking
    when: str
    back: str


def asked(rows: Iterable[Asking]) -> list[AskedShown]:
    """What is asked, as the rota shows it."""
    return [
        AskedShown(
            row,
            f"{day_words(row.on)}, {stretch_words(row.starts, row.ends)}",
            f"{day_words(row.back_on)}, {stretch_words(row.back_starts, row.back_ends)}"
            if row.back_on and row.back_starts and row.back_ends
            else "",
        )
        for row in rows
    ]


def days(membership: Membership, rows: Iterable[Hours], now: datetime) -> list[DayShown]:
    """The next two weeks for somebody on this rota, by London's clock. No query: by the offices of the door."""
    here = now.replace(second=0, microsecond=0)
    last = first_moment(day_of(now) + timedelta(days=DAYS_SHOWN), datetime.min.time())
    found = [one for one in rota.looks(rows, around=now) if one.span.ends_at > now and one.span.begins_at < last]
    looking = [one for one in found if not _is_alternate(membership, one.member)]
    shown: dict[date, DayShown] = defaultdict(lambda: DayShown(""))
    for one in found:
        shown[max(one.on, day_of(now))].looks.append(_look(membership, one))
    for gap in rota.gaps(looking, begins_at=here, ends_at=last):
        for piece in _by_days(gap):
            shown[day_of(piece.begins_at)].gaps.append(_gap(piece, here))
    every = [day_of(now) + timedelta(days=n) for n in range(DAYS_SHOWN)]
    return [DayShown(day_words(day), shown[day].looks, shown[day].gaps) for day in every]


def _is_alternate(membership: Membership, member: Membership) -> bool:
    offices = membership.everybodys_offices.get(member.pk, frozenset())
    return not member.is_staff and not offices & DECIDING_OFFICES


def _look(membership: Membership, look: rota.Look) -> LookShown:
    return LookShown(
        pk=look.row.pk,
        on=look.on.isoformat(),
        name=look.member.display_name,
        when=span_words(look.span),
        own=look.row.membership_id == membership.pk,
        is_alternate=_is_alternate(membership, look.member),
    )


def _gap(gap: Span, now: datetime) -> GapShown:
    starts, ends = local_time(gap.begins_at), local_time(gap.ends_at)
    words = span_words(gap)
    if gap.begins_at == now:
        words = _("from now until %(ends)s") % {"ends": clock_words(ends)}
    return GapShown(on=day_of(gap.begins_at).isoformat(), starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}", when=words)


def span_words(span: Span) -> str:
    """“7 pm to 11 pm”, by London's clock."""
    return stretch_words(local_time(span.begins_at), local_time(span.ends_at))


def _by_days(gap: Span) -> Iterator[Span]:
    """A gap of up to a day as it is; a longer one day by day, since that is how it is filled."""
    begins = gap.begins_at
    while gap.ends_at - begins > A_DAY:
        midnight = first_moment(day_of(begins) + A_DAY, datetime.min.time())
        yield Span(begins, midnight)
        begins = midnight
    yield Span(begins, gap.ends_at)
