"""What follows from standing: waiting posts settled (domain, section 6). What follows from time: old_words."""

from datetime import datetime

from audit.services import record
from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.notifications import hold_key, tell_on_duty
from boards.policies import is_in_its_pause
from boards.queries.holding import nobody_says_they_look
from boards.way import move
from communities.duty import watch
from notices.services import withdraw


def settle_waiting(*, waiting: list[Post], verb: str, by: str, now: datetime) -> int:
    """Settle a member's waiting posts as they are suspended ("hold"), or leave or die ("take_back"); return how many.

    Called by moderation inside the transaction that changes the standing, with what `lock_waiting` gave before it:
    no post appears after it, and one that came to the board while the locks were waited for stays there.
    """
    settled = [post for post in waiting if _is_to_settle(post, verb, now)]
    for post in settled:
        _settle(post, verb, by, now)
    return len(settled)


def _is_to_settle(post: Post, verb: str, now: datetime) -> bool:
    return is_in_its_pause(post, now) or (post.state == State.HELD and verb != "hold")


def _settle(post: Post, verb: str, by: str, now: datetime) -> None:
    withdraw(key_prefix=hold_key(post), now=now)
    move(post, verb, now)
    if post.state == State.HELD:
        # Those who decide read these words now: they belong to the verbatim log and outlast 30 days.
        PostVersion.objects.filter(post=post, number=post.version).update(was_held=True)
    record(chain=post.community.chain, verb=verb.replace("_", " "), actor=by, subject=post.ref, at=now)
    if post.state == State.HELD:
        looking = watch(post.community, now, but_not=post.author, nor=nobody_says_they_look([post]))
        tell_on_duty(post, looking.on_duty, now)
