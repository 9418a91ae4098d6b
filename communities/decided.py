"""What was decided here, in numbers and kinds, for the page "How we run this place". Never what about, never whom.

Each app registers what it counts. Only months that are over are shown, so that nobody learns by asking again tomorrow
what happened today (domain, section 4.9); what happened once or twice in a month has no number, unless everybody was
there: an election, a rule, a meeting.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from clock.london import LONDON, day_of, first_moment
from communities.models import Community

FEWEST_SAID = 3
MONTHS_SHOWN = 12
Counted = tuple[date, str, int]


@dataclass(frozen=True)
class Source:
    """Something that is counted: `rows` of a community with the time at which each was decided, and its kinds in words.

    `at` and `kind` are fields of the rows (`kind` "": all are of one). `known_to_all`: every member knew of each one,
    so that any number may be said.
    """

    rows: Callable[[Community], QuerySet[Any]]
    at: str
    words: dict[str, Any]
    kind: str = ""
    known_to_all: bool = False


@dataclass(frozen=True)
class Month:
    """What was decided in a month: kinds with their numbers, and whether there was more, too little to count."""

    name: str
    lines: tuple[tuple[str, int], ...]
    a_few_more: bool


_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    """Add something to the page; each app its own, once."""
    _sources[key] = source


def months(community: Community, now: datetime) -> list[Month]:
    """The last twelve months that are over, the latest first; those without any decision are left out.

    One query for each source, whatever there is to count.
    """
    this_month = day_of(now).replace(day=1)
    since = _before(this_month, MONTHS_SHOWN)
    found: dict[date, list[tuple[str, int, bool]]] = {}
    for source in _sources.values():
        for month, kind, n in _counted(source, community, since, this_month):
            if kind in source.words:
                found.setdefault(month, []).append((str(source.words[kind]), n, source.known_to_all))
    return [_month(month, found[month]) for month in sorted(found, reverse=True)]


def _counted(source: Source, community: Community, since: date, until: date) -> Iterable[Counted]:
    begins, ends = (first_moment(day, datetime.min.time()) for day in (since, until))
    rows = source.rows(community).filter(**{f"{source.at}__gte": begins, f"{source.at}__lt": ends}).order_by()
    rows = rows.annotate(month=TruncMonth(source.at, tzinfo=LONDON))
    kinds = ("month", source.kind) if source.kind else ("month",)
    for row in rows.values(*kinds).annotate(n=Count("pk")).values_list(*kinds, "n"):
        yield row[0].date(), row[1] if source.kind else "", row[-1]


def _month(month: date, kinds: list[tuple[str, int, bool]]) -> Month:
    said = tuple((words, n) for words, n, known in kinds if known or n >= FEWEST_SAID)
    return Month(date_format(month, "F Y"), said, len(said) < len(kinds))


def _before(month: date, many: int) -> date:
    whole = month.year * 12 + month.month - 1 - many
    return date(whole // 12, whole % 12 + 1, 1)


def register_own() -> None:
    """What communities themselves count; called once, as the site starts."""
    register(
        "rules",
        Source(
            rows=lambda community: community.rule_changes.all(),
            at="at",
            words={"": _("Rules that were changed or set")},
            known_to_all=True,
        ),
    )
