"""What a decision does to a post. Who may decide, and with whom, is moderation's; this is the step and its telling."""

from datetime import datetime

from django.urls import reverse

from boards.lifecycle import State
from boards.models import Explanation, Post
from boards.notifications import hold_key
from boards.way import move
from notices.services import tell, withdraw


def apply_decision(*, post: Post, verb: str, now: datetime) -> None:
    """Lead a locked post through a decision's step and take back the notices that asked for it.

    Called by moderation in its transaction, after it authorised. Raises `Conflict` from a state that has moved on.
    """
    key = hold_key(post)
    move(post, verb, now)
    withdraw(key_prefix=key, now=now)


def explain(*, post: Post, verb: str, reason: str, words: str, by_role: str, now: datetime) -> None:
    """Tell the author what was decided, why, and by whom (by role). Called by moderation in its transaction."""
    explanation = Explanation.objects.create(post=post, verb=verb, reason=reason, words=words, by_role=by_role, at=now)
    # What stands on the board again, or stayed there, is not among what waits.
    stands = post.state == State.ACCEPTED and post.visible_at is not None and post.visible_at <= now
    path = reverse("moderation:told" if stands else "boards:waiting", args=[post.community.slug])
    key = f"decided:{post.pk}:{explanation.pk}"
    tell(person=post.author.person, kind="post_decided", key=key, path=path, now=now)
