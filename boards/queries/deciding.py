"""What decisions and changes are made on: posts under their locks, and what waits for a person."""

from datetime import datetime

from django.db.models import F, QuerySet

from boards.lifecycle import AWAITING_DECISION
from boards.models import Post, PostVersion, Thread
from communities.models import Community, Membership


def lock_post(pk: int) -> Post:
    """The post under its thread's lock and its own, with its thread, community and author. In a transaction only.

    Everywhere the thread first: counting it anew writes in all its posts. The record's lock comes after both.
    """
    thread = Thread.objects.select_for_update(of=("self",), no_key=True).get(posts=pk)
    posts = Post.objects.select_for_update(of=("self",)).select_related("author", "community")
    post = posts.get(pk=pk)
    post.thread = thread
    return post


def lock_waiting(membership: Membership, now: datetime) -> list[Post]:
    """The member's own posts that others can't read yet, locked. In a transaction that holds the member's lock."""
    waiting = Post.objects.waiting(membership, now).order_by("thread_id", "pk")
    return [lock_post(pk) for pk in list(waiting.values_list("pk", flat=True))]


def awaiting_decision(community: Community) -> QuerySet[Post]:
    """Held and hidden posts of a community. Read only by those whom moderation lets in."""
    waiting = Post.objects.filter(community=community, state__in=AWAITING_DECISION)
    return waiting.select_related("author")


def latest_version(post: Post) -> PostVersion:
    """The words of a post as they were last sent, with what asked for a look."""
    return PostVersion.objects.get(post=post, number=F("post__version"))
