"""The verbatim log: what stood on the board or was held, and what was decided about it, the latest first.

Words of a post are in it once others could read them, or somebody was asked to look at them; never while it rests in
its pause. What was changed or taken back in its pause without ever being held is its author's alone: the log says only
that it happened, not whose it was (domain, section 6).
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import Http404

from audit.queries import entries_about
from boards.lifecycle import LEFT_A_PLACE, State
from boards.models import PostVersion
from boards.policies import READABLE_WHEN_TAKEN_BACK
from communities.apart import hidden_from
from communities.lifecycle import Kind
from communities.models import Membership
from moderation.log_asked import DECIDED, EVERYTHING, HELD, QUIET, WORDS, Asked
from moderation.models import PostDecision

A_PAGE = 30
OPENINGS_SHOWN = 5
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOST_MICROS = 10**17


@dataclass(frozen=True, order=True)
class LogPlace:
    """A place in the log, as an address carries it: "1781089200000000,words,17" (microseconds since 1970)."""

    at: datetime
    kind: str
    pk: int

    @classmethod
    def read(cls, written: str) -> "LogPlace | None":
        """Read it from an address; None for anything else (the latest page is shown)."""
        micros, _comma, rest = written.partition(",")
        kind, _comma, pk = rest.partition(",")
        known = kind in {WORDS, DECIDED, QUIET} and all(map(_is_number, (micros, pk)))
        if not known or int(micros) >= MOST_MICROS:
            return None
        return cls(EPOCH + timedelta(microseconds=int(micros)), kind, int(pk))

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // timedelta(microseconds=1)},{self.kind},{self.pk}"


def _is_number(written: str) -> bool:
    return written.isascii() and written.isdecimal() and len(written) <= 18


@dataclass(frozen=True)
class LogRow:
    """One line of the log. `version` for words and what was quiet, `decision` for what was decided."""

    at: datetime
    kind: str
    pk: int
    version: PostVersion | None = None
    decision: PostDecision | None = None

    @property
    def place(self) -> LogPlace:
        return LogPlace(self.at, self.kind, self.pk)


@dataclass(frozen=True)
class LogPage:
    rows: list[LogRow]
    older: LogPlace | None


def log_page(membership: Membership, asked: Asked, now: datetime, before: LogPlace | None = None) -> LogPage:
    """A page of the log from before a place, for one of the Top Three. At most three queries.

    Not in it: one's own posts and what was decided on them, and whom one asked to be kept apart from. Called by pages
    that have asked `may_moderate`.
    """
    found = sorted(_rows(membership, asked, now, before), key=lambda row: row.place, reverse=True)
    page = found[:A_PAGE]
    return LogPage(page, page[-1].place if len(found) > A_PAGE else None)


def _rows(membership: Membership, asked: Asked, now: datetime, before: LogPlace | None) -> Iterator[LogRow]:
    if asked.kind in {EVERYTHING, WORDS, HELD}:
        logged = _logged(membership, now)
        versions = logged.filter(was_held=True) if asked.kind == HELD else logged
        yield from (LogRow(row.at, WORDS, row.pk, version=row) for row in _narrowed(versions, asked, WORDS, before))
    if asked.kind in {EVERYTHING, DECIDED}:
        decisions = _narrowed(_decided(membership), asked, DECIDED, before)
        yield from (LogRow(row.at, DECIDED, row.pk, decision=row) for row in decisions)
    # Asked for one person or one thread, it would say whose it was.
    if asked.kind in {EVERYTHING, QUIET} and not asked.person and not asked.thread:
        quiet = _narrowed(_quiet(membership, now), asked, QUIET, before)
        yield from (LogRow(row.at, QUIET, row.pk, version=row) for row in quiet)


def _logged(membership: Membership, now: datetime) -> QuerySet[PostVersion]:
    """Words that those who moderate may read: held once, or on the board; not in a pause, not taken back long ago."""
    held = Q(was_held=True) & (
        ~Q(post__state=State.TAKEN_BACK) | Q(post__changed_at__gt=now - READABLE_WHEN_TAKEN_BACK)
    )
    places = (State.ACCEPTED, *LEFT_A_PLACE)
    stood = Q(number=F("post__version"), post__state__in=places, post__visible_at__lte=now)
    return _of_others(PostVersion.objects.filter(held | stood), membership).exclude(_in_a_pause(now))


def _quiet(membership: Membership, now: datetime) -> QuerySet[PostVersion]:
    """Words that were changed or taken back in their pause and never held."""
    taken_back = Q(post__state__in=(State.TAKEN_BACK, State.ERASED), post__visible_at=None)
    never = PostVersion.objects.filter(Q(number__lt=F("post__version")) | taken_back, was_held=False)
    return _of_others(never, membership).exclude(_in_a_pause(now)).defer("title", "text", "cover", "findings")


def _in_a_pause(now: datetime) -> Q:
    return Q(post__state=State.ACCEPTED, post__visible_at__gt=now)


def _of_others(versions: QuerySet[PostVersion], membership: Membership) -> QuerySet[PostVersion]:
    mine = versions.filter(post__community_id=membership.community_id).exclude(post__author=membership)
    mine = mine.exclude(post__author__in=hidden_from(membership.pk))
    return mine.select_related("post__author").order_by("-at", "-pk")


def _decided(membership: Membership) -> QuerySet[PostDecision]:
    decisions = PostDecision.objects.filter(post__community_id=membership.community_id)
    decisions = decisions.exclude(post__author=membership).exclude(post__author__in=hidden_from(membership.pk))
    return decisions.select_related("post__author", "by", "seconded_by").order_by("-at", "-pk")


def _narrowed(rows: QuerySet[Any], asked: Asked, kind: str, before: LogPlace | None) -> QuerySet[Any]:
    if asked.person:
        by = Q(by=asked.person) | Q(seconded_by=asked.person) if kind == DECIDED else Q()
        rows = rows.filter(Q(post__author=asked.person) | by if by else Q(post__author=asked.person))
    if asked.thread:
        rows = rows.filter(post__thread=asked.thread)
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__lt=asked.until)
    if before:
        rows = rows.filter(_earlier(before, kind))
    return rows[: A_PAGE + 1]


def _earlier(before: LogPlace, kind: str) -> Q:
    """Those before a place in the order (at, kind, pk)."""
    tied = Q(at=before.at)
    if kind == before.kind:
        return Q(at__lt=before.at) | (tied & Q(pk__lt=before.pk))
    return Q(at__lte=before.at) if kind < before.kind else Q(at__lt=before.at)


def access_versions(membership: Membership, numbers: Collection[int], now: datetime) -> list[PostVersion]:
    """Words of the log that this member chose, in the order they were written. Raises Http404 if one is missing.

    Called by pages that have asked `may_moderate`. One query. Own posts too: those may be brought like any other.
    """
    own = PostVersion.objects.filter(post__author=membership, number=F("post__version"), post__visible_at__lte=now)
    own = own.filter(post__state=State.ACCEPTED)
    logged = _logged(membership, now).filter(pk__in=numbers).values("pk")
    chosen = PostVersion.objects.filter(Q(pk__in=logged) | Q(pk__in=own.filter(pk__in=numbers).values("pk")))
    found = list(chosen.select_related("post__author", "post__thread").order_by("at", "pk"))
    if not numbers or len(found) != len(set(numbers)):
        raise Http404
    return found


def people_in_log(membership: Membership) -> list[Membership]:
    """Everybody whose words or decisions may be in the log but oneself, by name, also who has left. One query."""
    members = Membership.objects.filter(community_id=membership.community_id, kind=Kind.MEMBER)
    members = members.exclude(pk=membership.pk).exclude(pk__in=hidden_from(membership.pk))
    return list(members.order_by("display_name").only("display_name", "community_id"))


def opened_lately(membership: Membership, people: Collection[Membership]) -> list[tuple[str, datetime]]:
    """Who opened the log before, and when, the latest first, of these people and oneself. One query."""
    names = {one.ref: one.display_name for one in (membership, *people)}
    entries = entries_about(membership.community.chain, "log").filter(verb="open log").order_by("-number")
    return [(names[entry.actor], entry.at) for entry in entries[:OPENINGS_SHOWN] if entry.actor in names]
