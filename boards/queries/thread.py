"""One thread: its door, and its posts a page at a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from boards.lifecycle import LEFT_A_PLACE, State
from boards.models import Post, Thread, ThreadNote
from boards.policies import may_read_board
from boards.queries.drafts import begun_by
from boards.queries.holding import longest_hold
from boards.queries.places import Place
from communities.entry import or_404
from communities.models import Membership
from prepared import given, prepared

POSTS_A_PAGE = 30
# No row has a number like this, and a database may refuse to look for it.
NO_NUMBER = 2**63
# What a page shows of a post, and of who wrote it.
COLUMNS = (
    *("thread_id", "author_id", "is_opening", "state", "title", "html", "cover", "visible_at"),
    *("author__display_name", "author__state", "author__kind"),
)


def access_thread(membership: Membership, pk: int, now: datetime) -> Thread:
    """A thread on the member's own board; `waits`: whether own posts in it wait. Raises Http404. One query.

    `all_held_until`: until when everything this member writes is looked at first; None for what is usual.
    """
    or_404(may_read_board(membership))
    if pk >= NO_NUMBER:
        raise Http404
    found = _shown(community=membership.community_id, me=membership.pk, pk=pk, now=now)
    if not found:
        raise Http404
    return found[0]


@prepared
def _shown() -> QuerySet[Any]:
    shown = Thread.objects.filter(community_id=given("community"), shown_from__lte=given("now"), pk=given("pk"))
    # Both parts of `waiting` apart, each along its index: as one condition it reads every post of the thread.
    resting = Post.objects.filter(
        thread=OuterRef("pk"), author=given("me"), state=State.ACCEPTED, visible_at__gt=given("now")
    )
    held_in = Post.objects.filter(author=given("me"), state=State.HELD).values("thread_id")
    held_until = longest_hold(community=given("community"), me=given("me"), now=given("now"))
    note = ThreadNote.objects.filter(thread=OuterRef("pk")).order_by("-at", "-pk")
    return shown.annotate(
        begun=begun_by(given("me")),
        begun_by_state=F("author__state"),
        waits=Exists(resting) | Q(pk__in=held_in),
        all_held_until=Subquery(held_until),
        # What a meeting last said about it, to stand at its top.
        note=Subquery(note.values("words")[:1]),
        noted_at=Subquery(note.values("at")[:1]),
    )


@dataclass(frozen=True)
class PostPage:
    posts: list[Post]
    newer: Place | None
    older: Place | None


def thread_page(thread: Thread, now: datetime, *, after: Place | None = None, before: Place | None = None) -> PostPage:
    """Posts of a thread in the order (visible_at, id), from after or before a place; the first ones without either.

    The caller came through `access_thread`. One query.
    """
    asked = {"thread": thread.pk, "now": now}
    if before:
        found = _earlier(**asked, at=before.at, pk=before.pk)
        page = found[:POSTS_A_PAGE][::-1]
        return PostPage(page, _place(page[-1:]), _place(page[:1]) if len(found) > POSTS_A_PAGE else None)
    found = _later(**asked, at=after.at, pk=after.pk) if after else _first(**asked)
    page = found[:POSTS_A_PAGE]
    return PostPage(page, _place(page[-1:]) if len(found) > POSTS_A_PAGE else None, _place(page[:1]) if after else None)


def _posts() -> QuerySet[Post]:
    return Post.objects.filter(thread_id=given("thread")).with_a_place(given("now"))


def _page(posts: QuerySet[Post], *order: str) -> QuerySet[Post]:
    """The first of these, with who wrote them: found first, for of a join PostgreSQL may read a whole thread."""
    found = posts.order_by(*order).values("pk")[: POSTS_A_PAGE + 1]
    return Post.objects.filter(pk__in=found).select_related("author").only(*COLUMNS).order_by(*order)


@prepared
def _first() -> QuerySet[Post]:
    return _page(_posts(), "visible_at", "pk")


@prepared
def _later() -> QuerySet[Post]:
    later = _posts().filter(~Q(visible_at=given("at"), pk__lte=given("pk")), visible_at__gte=given("at"))
    return _page(later, "visible_at", "pk")


@prepared
def _earlier() -> QuerySet[Post]:
    earlier = _posts().filter(~Q(visible_at=given("at"), pk__gte=given("pk")), visible_at__lte=given("at"))
    return _page(earlier, "-visible_at", "-pk")


def place_of(post: Post) -> Place:
    """The place of a post that has one (`with_a_place`) in its thread's order."""
    assert post.visible_at is not None
    return Place(post.visible_at, post.pk)


def _place(posts: list[Post]) -> Place | None:
    return Place(posts[0].visible_at, posts[0].pk) if posts and posts[0].visible_at else None


def opening_of(thread: Thread) -> Post:
    """The thread's opening post. One query."""
    return Post.objects.select_related("author").get(thread=thread, is_opening=True)


def title_of(post: Post, now: datetime) -> str:
    """What the thread of this post is called, as far as its author may read it. One query for a reply."""
    if post.is_opening:
        return post.title
    opening = Post.objects.filter(thread_id=post.thread_id, is_opening=True).on_board(now)
    return opening.values_list("title", flat=True).first() or ""


def has_a_place(post: Post, now: datetime) -> bool:
    """Whether the post stands, or stood, on the board."""
    states = {State.ACCEPTED, *LEFT_A_PLACE}
    return post.state in states and post.visible_at is not None and post.visible_at <= now
