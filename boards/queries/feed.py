"""The feed: what appeared on a board and what changed there, in the order in which it did (domain, section 6).

Appearances are posts at their `visible_at`; changes are rows. Both by (at, kind, id), by the database's clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from boards.models import Change, Post, Thread
from boards.policies import may_read_board
from communities.entry import or_404
from communities.models import Membership

# A client asks again from this long before its place: a transaction may be committed later than the time it bears.
OVERLAP = timedelta(seconds=30)
AT_ONCE = 200
APPEARED = "appeared"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)
KINDS = frozenset({APPEARED, *Change.Kind.values})


@dataclass(frozen=True, order=True)
class FeedPlace:
    """A place in the feed, as an address carries it: "1781089200000000,hidden,17" (microseconds since 1970)."""

    at: datetime
    kind: str = ""
    pk: int = 0

    @classmethod
    def read(cls, written: str, *, now: datetime) -> "FeedPlace":
        """Read it from an address; `now` for anything that is no place, or lies ahead."""
        micros, _comma, rest = written.partition(",")
        kind, _comma, pk = rest.partition(",")
        number = micros.isascii() and micros.isdecimal() and len(micros) <= 17
        at = EPOCH + timedelta(microseconds=int(micros)) if number else now
        if not FIRST_DAY < at < now:
            return cls(now)
        known = kind in KINDS and pk.isascii() and pk.isdecimal() and len(pk) <= 18
        return cls(at, kind, int(pk)) if known else cls(at)

    def __str__(self) -> str:
        micros = (self.at - EPOCH) // timedelta(microseconds=1)
        return f"{micros},{self.kind},{self.pk}" if self.kind else str(micros)

    def earlier(self) -> "FeedPlace":
        """Where to ask from, so that nothing committed late is missed."""
        return FeedPlace(self.at - OVERLAP)


@dataclass(frozen=True, order=True)
class Entry:
    """One thing that happened: a post appeared (its number is the post's), or changed (the change's)."""

    at: datetime
    kind: str
    pk: int
    post_id: int
    thread_id: int
    community_id: int

    @property
    def key(self) -> str:
        """What tells it from every other; a client drops what it has had."""
        return f"{self.kind}:{self.pk}"

    @property
    def place(self) -> FeedPlace:
        return FeedPlace(self.at, self.kind, self.pk)


def feed_since(membership: Membership, thread: Thread | None, place: FeedPlace, now: datetime) -> list[Entry]:
    """What came after a place in the member's own community (or one thread of it), the first 200 in order.

    Active members. Raises Http404. Two queries along an index; the caller subtracts the overlap (`earlier`).
    """
    or_404(may_read_board(membership))
    among = Q(community_id=membership.community_id)
    return entries(among & Q(thread=thread) if thread else among, place, now)


def entries(among: Q, place: FeedPlace, now: datetime, *, most: int = AT_ONCE) -> list[Entry]:
    """What came after a place among these communities or threads, in order, the first `most`. Two queries.

    Called for readers whose rights were asked: it holds no words, and says that a post moved, not what is in it.
    """
    posts = Post.objects.with_a_place(now).filter(among, _after(place, "visible_at", APPEARED))
    appeared = posts.order_by("visible_at", "pk").values_list("visible_at", "pk", "thread_id", "community_id")
    rows = Change.objects.filter(among, _after(place, "at"), at__lte=now).order_by("at", "kind", "pk")
    found = [Entry(at, APPEARED, pk, pk, *where) for at, pk, *where in appeared[:most] if at]
    found += [Entry(row.at, row.kind, row.pk, row.post_id, row.thread_id, row.community_id) for row in rows[:most]]
    return sorted(found)[:most]


def _after(place: FeedPlace, time: str, kind: str = "") -> Q:
    """Those after the place, of one kind or (rows with a `kind` of their own) of any; the first part is an index's."""
    same = Q(**{time: place.at})
    if kind:
        before = place.pk if kind == place.kind else 0
        tied = same & Q(pk__gt=before) if kind >= place.kind else Q(pk__in=())
    else:
        tied = same & (Q(kind__gt=place.kind) | Q(kind=place.kind, pk__gt=place.pk))
    return Q(**{f"{time}__gte": place.at}) & (Q(**{f"{time}__gt": place.at}) | tied)
