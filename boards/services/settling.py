"""What follows from standing and from time: waiting posts settled, forgotten drafts erased (domain, section 6)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

import clock
from audit.services import record
from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.notifications import hold_key, tell_on_duty
from boards.policies import is_in_its_pause
from boards.queries import lock_post
from boards.way import move
from communities.duty import watch
from notices.services import withdraw

KEPT_FOR_AUTHOR = timedelta(days=30)


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
        tell_on_duty(post, watch(post.community, now, but_not=post.author).on_duty, now)


def erase_due(*, most: int = 500) -> int:
    """Erase what was its author's alone for 30 days: texts changed or taken back in their pause, never held.

    The record keeps only that it happened. Run by the sweep; running it twice changes nothing. Returns how many.
    """
    before = clock.now() - KEPT_FOR_AUTHOR
    taken_back = Post.objects.filter(state=State.TAKEN_BACK, was_held=False, changed_at__lte=before)
    erased = sum(_erase_post(pk) for pk in list(taken_back.values_list("pk", flat=True)[:most]))
    return erased + _erase_versions(before, most)


@transaction.atomic
def _erase_post(pk: int) -> int:
    post = lock_post(pk)
    now = clock.now()
    if post.state != State.TAKEN_BACK or post.was_held:
        return 0
    move(post, "erase", now, title="", text="", html="")
    # Earlier words of it may have been held: those stay in the verbatim log.
    _blank(PostVersion.objects.filter(post=post, was_held=False), now)
    record(chain=post.community.chain, verb="erase", actor="site", subject=post.ref, at=now)
    return 1


def _erase_versions(before: datetime, most: int) -> int:
    old = PostVersion.objects.filter(at__lte=before, was_held=False, erased_at=None, number__lt=F("post__version"))
    return _blank(PostVersion.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:most])), clock.now())


def _blank(versions: QuerySet[PostVersion], now: datetime) -> int:
    # Without its salt the commitment in the record tells nothing about the words.
    return versions.update(title="", text="", salt="", findings=[], erased_at=now)
