"""What is to be erased of somebody's posts, and what still has to wait."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from boards.lifecycle import State
from boards.models import Erasing, Post, PostVersion
from boards.policies import READABLE_WHEN_TAKEN_BACK
from communities.models import Membership


def to_erase(erasing: Erasing, now: datetime | None) -> QuerySet[Post, int]:
    """The posts of an asking with words left in them, in the order of their locks; with `now`, only those that may go.

    A held post that was taken back stays readable to those who decide for 72 hours, erasing or not (domain, section 6).
    """
    kept = PostVersion.objects.filter(post=OuterRef("pk"), erased_at=None)
    posts = Post.objects.filter(author=erasing.membership_id, written_at__lte=erasing.asked_at)
    posts = posts.filter(~Q(state=State.ERASED) | Exists(kept))
    if now is not None and erasing.asked_at > now - READABLE_WHEN_TAKEN_BACK:
        after = now - READABLE_WHEN_TAKEN_BACK
        posts = posts.exclude(state=State.TAKEN_BACK, was_held=True, changed_at__gt=after)
        posts = posts.exclude(state=State.HELD)
    return posts.order_by("thread_id", "pk").values_list("pk", flat=True)


def posts_to_erase(membership: Membership) -> int:
    """How many posts of theirs here still hold words, for the page that asks whether they should go. One query."""
    return Post.objects.filter(author=membership).exclude(state=State.ERASED).count()


def open_erasing(membership: Membership) -> Erasing | None:
    """An asking of theirs that is not done yet, the last. One query."""
    return Erasing.objects.open().filter(membership=membership).last()
