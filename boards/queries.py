"""The doors of the board. What a member may see is asked here, each time anew, and a miss is a 404."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from boards.lifecycle import AWAITING_DECISION, LEFT_A_PLACE, State
from boards.models import Explanation, Post, PostVersion, Thread
from boards.policies import may_read_board
from communities.entry import or_404
from communities.models import Community, Membership

THREADS_A_PAGE = 20
POSTS_A_PAGE = 30
UNANSWERED_SHOWN = 10


@dataclass(frozen=True)
class Place:
    """A place in an order by (time, id), as an address carries it: "2026-11-23T01:02:03.000004+00:00,17"."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """Read it from an address; None for anything else (the first page is shown)."""
        try:
            at, pk = written.split(",")
            moment = datetime.fromisoformat(at)
            place = cls(moment.astimezone(UTC), int(pk))
        except (ValueError, OverflowError):
            return None
        return place if moment.tzinfo and 0 < place.pk < 2**63 else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()},{self.pk}"


@dataclass(frozen=True)
class ThreadShown:
    """A thread as a list shows it."""

    thread: Thread
    opening: Post
    latest_at: datetime
    posts: int

    @property
    def title(self) -> str:
        """The opening's title, while its words stand on the board."""
        return self.opening.title if self.opening.state == State.ACCEPTED else ""

    @property
    def replies(self) -> int:
        return max(0, self.posts - (self.opening.state == State.ACCEPTED))


@dataclass(frozen=True)
class ThreadPage:
    rows: list[ThreadShown]
    older: Place | None


def board_page(membership: Membership, now: datetime, before: Place | None = None) -> ThreadPage:
    """The community's threads, latest activity first, from before a place. Exact also while no sweep runs.

    Three queries, four while posts have come due that no tally has counted yet.
    """
    or_404(may_read_board(membership))
    due = _due_by_thread(membership.community_id, now)
    shown = Thread.objects.shown_to(membership, now)
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
    """Threads on the board that nobody else has answered, oldest first. Two queries."""
    or_404(may_read_board(membership))
    answer = Post.objects.on_board(now).filter(thread=OuterRef("pk"), tallied=False).exclude(author=OuterRef("author"))
    standing = Post.objects.filter(thread=OuterRef("pk"), is_opening=True, state=State.ACCEPTED)
    waiting = Thread.objects.shown_to(membership, now).filter(answered_at=None)
    waiting = waiting.filter(~Exists(answer), Exists(standing)).order_by("shown_from", "pk")[:UNANSWERED_SHOWN]
    return _with_openings([(row, row.latest_at or now, max(1, row.shown_posts)) for row in waiting])


def access_thread(membership: Membership, pk: int, now: datetime) -> Thread:
    """A thread on the member's own board. Raises Http404."""
    or_404(may_read_board(membership))
    return get_object_or_404(Thread.objects.shown_to(membership, now), pk=pk)


@dataclass(frozen=True)
class PostPage:
    posts: list[Post]
    newer: Place | None
    older: Place | None


def thread_page(thread: Thread, now: datetime, *, after: Place | None = None, before: Place | None = None) -> PostPage:
    """Posts of a thread in the order (visible_at, id), from after or before a place; the first ones without either.

    The caller came through `access_thread`. One query.
    """
    posts = Post.objects.filter(thread=thread).with_a_place(now).select_related("author").defer("text")
    if before:
        earlier = posts.filter(Q(visible_at__lt=before.at) | Q(pk__lt=before.pk), visible_at__lte=before.at)
        found = list(earlier.order_by("-visible_at", "-pk")[: POSTS_A_PAGE + 1])
        page = found[:POSTS_A_PAGE][::-1]
        return PostPage(page, _place(page[-1:]), _place(page[:1]) if len(found) > POSTS_A_PAGE else None)
    if after:
        posts = posts.filter(Q(visible_at__gt=after.at) | Q(pk__gt=after.pk), visible_at__gte=after.at)
    found = list(posts.order_by("visible_at", "pk")[: POSTS_A_PAGE + 1])
    page = found[:POSTS_A_PAGE]
    return PostPage(page, _place(page[-1:]) if len(found) > POSTS_A_PAGE else None, _place(page[:1]) if after else None)


def _place(posts: list[Post]) -> Place | None:
    return Place(posts[0].visible_at, posts[0].pk) if posts and posts[0].visible_at else None


def opening_of(thread: Thread) -> Post:
    """The thread's opening post. One query."""
    return Post.objects.select_related("author").get(thread=thread, is_opening=True)


def own_waiting_in(thread: Thread, membership: Membership, now: datetime) -> list[Post]:
    """The member's own posts in this thread that others can't read yet, in the order they were written. One query."""
    return list(Post.objects.waiting(membership, now).filter(thread=thread).order_by("written_at", "pk"))


def own_posts_apart(membership: Membership, now: datetime) -> list[Post]:
    """One's own posts that are not simply on the board: waiting, held, returned, hidden, removed. One query."""
    apart = (State.HELD, State.RETURNED, State.HIDDEN, State.REMOVED)
    pause = Q(state=State.ACCEPTED, visible_at__gt=now)
    posts = Post.objects.filter(Q(state__in=apart) | pause, author=membership)
    return list(posts.select_related("thread").order_by("-changed_at", "-pk")[:100])


def explanations_of(posts: list[Post]) -> dict[int, Explanation]:
    """The latest explanation given to the author of each post, by post. One query."""
    latest = Explanation.objects.filter(post__in=posts).values("post_id").annotate(last=Max("pk")).values("last")
    return {row.post_id: row for row in Explanation.objects.filter(pk__in=latest)}


def access_own_post(membership: Membership, pk: int) -> Post:
    """One's own post, whatever its state but erased. Raises Http404 for anybody else's."""
    own = Post.objects.filter(author=membership).exclude(state=State.ERASED).select_related("thread")
    return get_object_or_404(own, pk=pk)


def title_of(post: Post, now: datetime) -> str:
    """What the thread of this post is called, as far as its author may read it. One query for a reply."""
    if post.is_opening:
        return post.title
    opening = Post.objects.filter(thread_id=post.thread_id, is_opening=True).on_board(now)
    return opening.values_list("title", flat=True).first() or ""


def lock_post(pk: int) -> Post:
    """The post under its thread's lock and its own, with its community and author. In a transaction only.

    Everywhere the thread first: counting it anew writes in all its posts. The record's lock comes after both.
    """
    Thread.objects.select_for_update(of=("self",), no_key=True).get(posts=pk)
    posts = Post.objects.select_for_update(of=("self",)).select_related("author", "community")
    return posts.get(pk=pk)


def lock_waiting(membership: Membership, now: datetime) -> list[Post]:
    """The member's own posts that others can't read yet, locked. In a transaction that holds the member's lock."""
    waiting = Post.objects.waiting(membership, now).order_by("thread_id", "pk")
    return [lock_post(pk) for pk in list(waiting.values_list("pk", flat=True))]


def awaiting_decision(community: Community) -> QuerySet[Post]:
    """Held and hidden posts of a community. Read only by those whom moderation lets in."""
    waiting = Post.objects.filter(community=community, state__in=AWAITING_DECISION)
    return waiting.select_related("author", "thread")


def latest_version(post: Post) -> PostVersion:
    """The words of a post as they were last sent, with what asked for a look."""
    return PostVersion.objects.get(post=post, number=F("post__version"))


def has_a_place(post: Post, now: datetime) -> bool:
    """Whether the post stands, or stood, on the board."""
    states = {State.ACCEPTED, *LEFT_A_PLACE}
    return post.state in states and post.visible_at is not None and post.visible_at <= now
