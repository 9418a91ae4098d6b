"""Lists of threads: the board, and what nobody has answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from boards.lifecycle import State
from boards.models import Mute, Post, Thread
from boards.policies import may_read_board
from boards.queries.places import Place
from communities.entry import or_404
from communities.models import Membership

THREADS_A_PAGE = 20
UNANSWERED_SHOWN = 10


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

    Exact also while no sweep runs.
    Three queries, four while posts have come due that no tally has counted yet.
    """
    or_404(may_read_board(membership))
    due = _due_by_thread(membership.community_id, now)
    shown = Thread.objects.shown_to(membership, now).exclude(pk__in=_muted_by(membership))
    settled = shown.exclude(pk__in=due.keys()) if due else shown
    if before:
        settled = settled.filter(Q(latest_at__lt=before.at) | Q(pk__lt=before.pk), latest_at__lte=before.at)
    newest = settled.order_by("-latest_at", "-pk")[: THREADS_A_PAGE + 1]
    found = [(row.latest_at, row.pk, row, 0) for row in newest if row.latest_at]
    for row in shown.filter(pk__in=due.keys()) if due else ():
        came_at, posts = due[row.pk]
        at = max(came_at, row.latest_at or came_at)
        if before is None or (at, row.pk) < (before.at, before.pk):
            found.append((at, row.pk, row, posts))
    found.sort(key=lambda item: item[:2], reverse=True)
    rows = _with_openings([(row, at, row.shown_posts + posts) for at, _pk, row, posts in found[:THREADS_A_PAGE]])
    more = len(found) > THREADS_A_PAGE
    return ThreadPage(rows, Place(*found[THREADS_A_PAGE - 1][:2]) if more else None)


def _muted_by(membership: Membership) -> QuerySet[Mute]:
    return Mute.objects.filter(membership=membership, thread__isnull=False).values("thread_id")


def _due_by_thread(community_id: int, now: datetime) -> dict[int, tuple[datetime, int]]:
    due = Post.objects.on_board(now).filter(community_id=community_id, tallied=False).order_by()
    found: dict[int, tuple[datetime, int]] = {}
    for post in due.only("thread_id", "visible_at"):
        came_at = post.visible_at or now
        latest, posts = found.get(post.thread_id, (came_at, 0))
        found[post.thread_id] = (max(latest, came_at), posts + 1)
    return found


def _with_openings(rows: list[tuple[Thread, datetime, int]]) -> list[ThreadShown]:
    threads = [thread.pk for thread, _at, _posts in rows]
    openings = (
        Post.objects.filter(thread_id__in=threads, is_opening=True).select_related("author").defer("text", "html")
    )
    by_thread = {post.thread_id: post for post in openings}
    return [ThreadShown(thread, by_thread[thread.pk], at, posts) for thread, at, posts in rows]


def unanswered(membership: Membership, now: datetime) -> list[ThreadShown]:
    """Threads on the board that nobody else has answered, oldest first, but not those they muted. Two queries."""
    or_404(may_read_board(membership))
    answer = Post.objects.on_board(now).filter(thread=OuterRef("pk"), tallied=False).exclude(author=OuterRef("author"))
    standing = Post.objects.filter(thread=OuterRef("pk"), is_opening=True, state=State.ACCEPTED)
    waiting = Thread.objects.shown_to(membership, now).filter(answered_at=None)
    waiting = (
        waiting.filter(~Exists(answer), Exists(standing))
        .exclude(pk__in=_muted_by(membership))
        .order_by("shown_from", "pk")[:UNANSWERED_SHOWN]
    )
    return _with_openings([(row, row.latest_at or now, max(1, row.shown_posts)) for row in waiting])
