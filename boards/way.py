"""The one private place where a post's state changes: the table asked, the time asked, saved, the thread recounted.

Services call it with the post and its thread locked, in their transaction; it authorises nobody and records nothing.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from boards import answers, index
from boards.hints import look_soon
from boards.lifecycle import IN_ITS_PAUSE, STEPS, State
from boards.models import Change, Post
from boards.tally import recount
from people.decisions import Conflict
from people.transitions import target

FIELDS = (
    "state",
    "visible_at",
    "changed_at",
    "held_at",
    "hidden_at",
    "was_held",
    "pause_ends_at",
    "urgency",
    "tallied",
)
# What a step means to somebody who has the post before them.
CHANGES = {
    State.HIDDEN: Change.Kind.HIDDEN,
    State.REMOVED: Change.Kind.REMOVED,
    State.ERASED: Change.Kind.BLANKED,
}


def move(post: Post, verb: str, now: datetime, **changes: Any) -> None:
    """Lead a locked post one step on its way and save it, with `changes` to other fields of it.

    Raises `Conflict` where the post's state or the time does not allow the step.
    """
    was_accepted = post.state == State.ACCEPTED
    was_on_board = was_accepted and post.visible_at is not None and post.visible_at <= now
    if post.state == State.ACCEPTED and was_on_board == (verb in IN_ITS_PAUSE):
        raise Conflict(_("Others can read this post now.") if was_on_board else _("This post is still in its pause."))
    post.state = target(STEPS, verb, post.state, said=_("This post has changed meanwhile."))
    for name, value in changes.items():
        setattr(post, name, value)
    _keep_times(post, verb, now)
    post.save(update_fields=list({*FIELDS, *changes}))
    index.keep(post)
    _note_change(post, verb, now)
    answers.follow(post, verb, now, was_accepted=was_accepted)
    if post.is_opening or was_on_board or verb == "put_back":
        recount(post.thread_id, now)


def _note_change(post: Post, verb: str, now: datetime) -> None:
    """A row of the feed for whoever may have the post before them (domain, section 6); a hint for open pages."""
    kind = "back" if verb == "put_back" else CHANGES.get(State(post.state))
    if kind and post.visible_at is not None and post.visible_at <= now:
        Change.objects.create(community_id=post.community_id, thread_id=post.thread_id, post=post, kind=kind, at=now)
    look_soon(post.community_id)


def _keep_times(post: Post, verb: str, now: datetime) -> None:
    post.changed_at = now
    if post.state == State.ACCEPTED and verb != "put_back":
        # The end of its pause, or the moment of its release, whichever is later (domain, section 6).
        post.visible_at = max(post.pause_ends_at, now)
        post.tallied = False
    elif post.state == State.HELD:
        post.visible_at, post.was_held = None, True
        post.held_at = post.held_at if verb == "change_held" else now
    elif post.state in {State.RETURNED, State.TAKEN_BACK}:
        post.visible_at = None
    post.hidden_at = now if verb == "hide" else (post.hidden_at if post.state == State.HIDDEN else None)
