"""The numbers in the menu: new notices, one's own posts that wait, and for the Top Three what waits for them."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Count, F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from boards.lifecycle import AWAITING_DECISION, State
from boards.models import Post, StaffInvitation
from communities.models import Membership
from notices.models import Notice
from prepared import given, prepared


@dataclass(frozen=True)
class AskedIn:
    """Where staff are asked in at a moment, and until when at the longest: by thread, 0 for the whole board."""

    until: Mapping[int, datetime] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.until)

    @property
    def board(self) -> datetime | None:
        return self.until.get(0)

    @property
    def threads(self) -> int:
        return len(self.until)

    @property
    def longest(self) -> datetime:
        return max(self.until.values())


NOBODY_ASKED = AskedIn()
_NOWHERE = Q(pk__in=[])

# What upper apps count for a member's menu: rows of theirs with a `membership`, and the field that says the latest.
_counted_above: dict[str, tuple[Callable[[datetime], QuerySet[Any]], str]] = {}
# The same for staff: rows of a whole `community`, for whoever is of its staff.
_counted_for_staff: dict[str, tuple[Callable[[datetime], QuerySet[Any]], str]] = {}


def register_count(name: str, rows: Callable[[datetime], QuerySet[Any]], latest: str) -> None:
    """Count these rows of a member's in the menu as `name`, in the same question; each app its own, as the site starts.

    `rows` is asked with the time; `latest` is a time of each row.
    """
    _counted_above[name] = (rows, latest)


def register_staff_count(name: str, rows: Callable[[datetime], QuerySet[Any]], latest: str) -> None:
    """Count these rows of a community in the menu of its staff as `name`; otherwise as `register_count`."""
    _counted_for_staff[name] = (rows, latest)


@dataclass(frozen=True)
class Counts:
    """What one member's menu says. `own_mark` changes whenever one of their own waiting posts does."""

    notices: int = 0
    waiting: int = 0
    moderation: int = 0
    own_mark: object = None
    # What upper apps count (`register_count`), by name.
    more: Mapping[str, int] = field(default_factory=dict)
    asked_in: AskedIn = NOBODY_ASKED

    def as_message(self) -> str:
        """What the socket carries."""
        shown = {"notices": self.notices, "waiting": self.waiting, "moderation": self.moderation, **self.more}
        return json.dumps({"kind": "counts", **shown})


@dataclass(frozen=True)
class Whose:
    """Of whom it is counted: by person, as authors, as members, the queues of those who decide, all communities, and
    those communities of which somebody is staff."""

    people: Q
    authors: Q
    members: Q
    decided: Q
    here: Q
    staffed: Q


def counts_for(members: Iterable[Membership], now: datetime) -> dict[int, Counts]:
    """The counts of these members, by membership; the queue's only for those who decide. One query for any number."""
    asking = list(members)
    people, posts = {member.person_id for member in asking}, [member.pk for member in asking]
    decided = {member.community_id for member in asking if member.decides}
    here = Q(community__in={member.community_id for member in asking})
    staffed = Q(community__in={member.community_id for member in asking if member.is_staff})
    own = Q(person__in=people), Q(author__in=posts), Q(membership__in=posts)
    whose = Whose(*own, Q(community__in=decided), here, staffed)
    rows = _rows(whose, now)
    return _by_member(asking, rows)


def counts_of(member: Membership, now: datetime) -> Counts:
    """The counts of one member, for a page. One query."""
    ask = _of_one_who_decides if member.decides else _of_one_of_staff if member.is_staff else _of_one
    rows = ask(person=member.person_id, me=member.pk, community=member.community_id, now=now)
    return _by_member([member], rows)[member.pk]


@prepared
def _of_one_who_decides() -> QuerySet[Any]:
    return _rows(_one(Q(community_id=given("community"))), given("now"))


@prepared
def _of_one_of_staff() -> QuerySet[Any]:
    return _rows(_one(_NOWHERE, Q(community_id=given("community"))), given("now"))


@prepared
def _of_one() -> QuerySet[Any]:
    return _rows(_one(_NOWHERE), given("now"))


def _one(decided: Q, staffed: Q = _NOWHERE) -> Whose:
    here, me = Q(community_id=given("community")), given("me")
    own = Q(person_id=given("person")), Q(author_id=me), Q(membership_id=me)
    return Whose(*own, decided, here, staffed)


def _by_member(members: Iterable[Membership], rows: Iterable[tuple[Any, ...]]) -> dict[int, Counts]:
    found = {row[:3]: row[3:] for row in rows}
    queues: Counter[int] = Counter()
    asked_in: dict[int, dict[int, datetime]] = {}
    for (kind, whose, community), (n, latest) in found.items():
        queues[community] += n if kind == "queue" else 0
        if kind == "asked in":
            asked_in.setdefault(community, {})[whose] = latest
    return {member.pk: _counts(member, found, queues, asked_in) for member in members}


def _counts(
    member: Membership,
    found: Mapping[tuple[Any, ...], tuple[Any, ...]],
    queues: Mapping[int, int],
    asked_in: Mapping[int, Mapping[int, datetime]],
) -> Counts:
    notices, waiting = found.get(("notices", member.person_id, 0)), found.get(("waiting", member.pk, 0))
    # One's own posts are others' to decide on.
    own = found.get(("queue", member.pk, member.community_id), (0,))[0] if member.decides else 0
    return Counts(
        notices=notices[0] if notices else 0,
        waiting=waiting[0] if waiting else 0,
        moderation=queues[member.community_id] - own if member.decides else 0,
        own_mark=waiting,
        more=_more(member, found),
        asked_in=AskedIn(asked_in.get(member.community_id, {})),
    )


def _more(member: Membership, found: Mapping[tuple[Any, ...], tuple[Any, ...]]) -> dict[str, int]:
    own = {name: found.get((name, member.pk, 0), (0,))[0] for name in _counted_above}
    if not member.is_staff:
        return own
    return own | {name: found.get((name, 0, member.community_id), (0,))[0] for name in _counted_for_staff}


def _rows(whose: Whose, now: datetime) -> QuerySet[Any]:
    """Rows of (kind, whose, community, how many, the latest): the counts, and where staff are asked in."""
    rest = Q(state=State.ACCEPTED, visible_at__gt=now) | Q(state=State.HELD)
    own = Post.objects.filter(rest, whose.authors)
    queue = Post.objects.filter(whose.decided, state__in=AWAITING_DECISION)
    told = Notice.objects.filter(whose.people, withdrawn_at=None)
    above = [
        _counted(rows(now).filter(whose.members), name, "membership_id", latest)
        for name, (rows, latest) in _counted_above.items()
    ]
    return _counted(told.filter(due_at__lte=now, seen_at=None), "notices", "person_id", "made_at").union(
        _counted(own, "waiting", "author_id", "changed_at"),
        _counted(queue, "queue", "author_id", "changed_at", community=F("community_id")),
        _counted(_asked_in(whose.here, now), "asked in", "place", "until", community=F("community_id")),
        *above,
        *(_of_community(rows(now).filter(whose.staffed), name, at) for name, (rows, at) in _counted_for_staff.items()),
        all=True,
    )


def _asked_in(here: Q, now: datetime) -> QuerySet[Any]:
    # The whole board has a number that is no thread's.
    rows = StaffInvitation.objects.in_force(now).filter(here)
    return rows.annotate(place=Coalesce("thread_id", Value(0), output_field=BigIntegerField()))


def _of_community(rows: QuerySet[Any], name: str, latest: str) -> QuerySet[Any]:
    # Nobody's in particular: a number that is no membership's.
    nobodys = rows.annotate(place=Value(0, output_field=BigIntegerField()))
    return _counted(nobodys, name, "place", latest, community=F("community_id"))


def _counted(rows: QuerySet[Any], kind: str, whose: str, latest: str, community: Any = None) -> QuerySet[Any]:
    # A number that is no community's.
    where = community or Value(0, output_field=BigIntegerField())
    grouped = rows.order_by().annotate(what=Value(kind), whose=F(whose), where=where).values("what", "whose", "where")
    return grouped.annotate(n=Count("pk"), latest=Max(latest)).values_list("what", "whose", "where", "n", "latest")
