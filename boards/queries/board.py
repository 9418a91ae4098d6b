"""Lists of threads: the board, and what nobody has answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from boards.lifecycle import State
from boards.models import Mute, Post, Thread
from boards.policies import may_read_board
from boards.queries.places import Place
from communities.apart import hidden_from
from communities.entry import or_404
from communities.models import Membership
from prepared import given, prepared

THREADS_A_PAGE = 20
UNANSWERED_SHOWN = 10
# What a list says of a thread, and what its reader's mutes ask; a list has no words of a post but its title.
OF_THREAD = ("community_id", "author_id", "shown_from", "latest_at", "shown_posts", "answered_at", "others_asked_at")
COLUMNS = (
    *("title", "state", "is_opening"),
    *("author__display_name", "author__state", "author__kind"),
    *(f"thread__{column}" for column in OF_THREAD),
)


@dataclass(frozen=True)
class ThreadShown:
    """A thread as a list shows it."""

    thread: Thread
    opening: Post
    latest_at: datetime
    posts: int
    # For one reader: how many posts are new to them, as pages say it; what stands in place of a title that they muted.
    new: str = ""
    folded: str = ""
    is_by_muted: bool = False

    @property
    def title(self) -> str:
        """The opening's title, while its words stand on the board."""
        return self.opening.title if self.opening.state == State.ACCEPTED else ""

    @property
    def author(self) -> str:
        """Who began it, by name; "" where its reader has muted them."""
        return "" if self.is_by_muted else self.opening.author.display_name

    @property
    def away(self) -> bool:
        return self.opening.author.is_away and not self.is_by_muted

    @property
    def replies(self) -> int:
        return max(0, self.posts - (self.opening.state == State.ACCEPTED))


@dataclass(frozen=True)
class ThreadPage:
    rows: list[ThreadShown]
    older: Place | None


def board_page(membership: Membership, now: datetime, before: Place | None = None) -> ThreadPage:
    """The community's threads but those the member has muted, latest activity first, from before a place.

    Exact also while no sweep runs. Two queries, three while posts have come due that no tally has counted yet.
    """
    or_404(may_read_board(membership))
    return threads_for(membership, now, before)


def threads_for(membership: Membership, now: datetime, before: Place | None = None) -> ThreadPage:
    """The same for whoever came in by another door: staff whom the community asked in. As many queries."""
    asked = {"community": membership.community_id, "me": membership.pk, "now": now}
    due = _due_by_thread(asked)
    if due:
        found = _with_due(asked, due, before)
    else:
        newest = _earlier(**asked, at=before.at, pk=before.pk) if before else _newest(**asked)
        found = [(_latest(opening), opening.thread_id, opening, 0) for opening in newest]
    rows = [
        ThreadShown(opening.thread, opening, at, opening.thread.shown_posts + posts)
        for at, _pk, opening, posts in found[:THREADS_A_PAGE]
    ]
    more = len(found) > THREADS_A_PAGE
    return ThreadPage(rows, Place(*found[THREADS_A_PAGE - 1][:2]) if more else None)


Found = tuple[datetime, int, Post, int]


def _with_due(asked: dict[str, Any], due: dict[int, tuple[datetime, int]], before: Place | None) -> list[Found]:
    """The page while posts have come due that no tally has counted: their threads stand where they belong."""
    shown = _openings(**asked)
    settled = shown.exclude(thread_id__in=due.keys())
    newest = _before(settled, before.at, before.pk) if before else settled
    found = [(_latest(opening), opening.thread_id, opening, 0) for opening in newest[: THREADS_A_PAGE + 1]]
    for opening in shown.filter(thread_id__in=due.keys()):
        came_at, posts = due[opening.thread_id]
        at = max(came_at, opening.thread.latest_at or came_at)
        if before is None or (at, opening.thread_id) < (before.at, before.pk):
            found.append((at, opening.thread_id, opening, posts))
    return sorted(found, key=lambda item: item[:2], reverse=True)


def _latest(opening: Post) -> datetime:
    assert opening.thread.latest_at is not None
    return opening.thread.latest_at


def _openings(*, community: Any, me: Any, now: Any) -> QuerySet[Post]:
    """The openings of the threads that this member's list shows, with thread and author, in the list's order."""
    shown = Post.objects.filter(
        is_opening=True,
        thread__community_id=community,
        thread__shown_from__lte=now,
        thread__latest_at__isnull=False,
    )
    # Not as "in none of these": of that PostgreSQL expects half of the rows gone, each time, and sorts the rest whole.
    apart = hidden_from(me).filter(other_id=OuterRef("author_id"))
    muted = _muted_by(me).filter(thread_id=OuterRef("thread_id"))
    whole = shown.filter(~Exists(apart), ~Exists(muted)).select_related("thread", "author").only(*COLUMNS)
    return whole.order_by("-thread__latest_at", "-thread_id")


def _before(openings: QuerySet[Post], at: Any, pk: Any) -> QuerySet[Post]:
    # Not as "earlier or, at the same time, lower": of that PostgreSQL expects next to nothing, and plans for it.
    return openings.filter(~Q(thread__latest_at=at, thread_id__gte=pk), thread__latest_at__lte=at)


@prepared
def _newest() -> QuerySet[Post]:
    return _openings(community=given("community"), me=given("me"), now=given("now"))[: THREADS_A_PAGE + 1]


@prepared
def _earlier() -> QuerySet[Post]:
    openings = _openings(community=given("community"), me=given("me"), now=given("now"))
    return _before(openings, given("at"), given("pk"))[: THREADS_A_PAGE + 1]


def _due_by_thread(asked: dict[str, Any]) -> dict[int, tuple[datetime, int]]:
    found: dict[int, tuple[datetime, int]] = {}
    for thread, came_at in _due(community=asked["community"], now=asked["now"]):
        latest, posts = found.get(thread, (came_at, 0))
        found[thread] = (max(latest, came_at), posts + 1)
    return found


@prepared
def _due() -> QuerySet[Any]:
    due = Post.objects.on_board(given("now")).filter(community_id=given("community"), tallied=False)
    return due.order_by().values_list("thread_id", "visible_at")


def _with_openings(rows: list[tuple[Thread, datetime, int]]) -> list[ThreadShown]:
    threads = [thread.pk for thread, _at, _posts in rows]
    openings = (
        Post.objects.filter(thread_id__in=threads, is_opening=True).select_related("author").defer("text", "html")
    )
    by_thread = {post.thread_id: post for post in openings}
    return [ThreadShown(thread, by_thread[thread.pk], at, posts) for thread, at, posts in rows]


def _muted_by(membership_id: int) -> QuerySet[Any]:
    return Mute.objects.filter(membership_id=membership_id, thread__isnull=False).values("thread_id")


def unanswered(membership: Membership, now: datetime) -> list[ThreadShown]:
    """Threads on the board that nobody else has answered, oldest first, but not those they muted. Two queries."""
    or_404(may_read_board(membership))
    answer = Post.objects.on_board(now).filter(thread=OuterRef("pk"), tallied=False).exclude(author=OuterRef("author"))
    standing = Post.objects.filter(thread=OuterRef("pk"), is_opening=True, state=State.ACCEPTED)
    waiting = Thread.objects.shown_to(membership, now).filter(answered_at=None)
    waiting = (
        waiting.filter(~Exists(answer), Exists(standing))
        .exclude(pk__in=_muted_by(membership.pk))
        .exclude(author_id__in=hidden_from(membership.pk))
        .order_by("shown_from", "pk")[:UNANSWERED_SHOWN]
    )
    return _with_openings([(row, row.latest_at or now, max(1, row.shown_posts)) for row in waiting])
