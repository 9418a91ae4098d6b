"""One's own posts that are not simply on the board, and what was said about them."""

from datetime import datetime

from django.db.models import Max, Q, QuerySet
from django.shortcuts import get_object_or_404

from boards.lifecycle import State
from boards.models import Explanation, Post, Thread
from communities.models import Membership
from prepared import given, prepared


def own_waiting_in(thread: Thread | int, membership: Membership, now: datetime) -> list[Post]:
    """The member's own posts in this thread that others can't read yet, in the order they were written. One query."""
    pk = thread if isinstance(thread, int) else thread.pk
    return _waiting_in(thread=pk, me=membership.pk, now=now)


@prepared
def _waiting_in() -> QuerySet[Post]:
    waiting = Post.objects.waiting(given("me"), given("now"))
    return waiting.filter(thread_id=given("thread")).order_by("written_at", "pk")


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
