"""What follows from standing and from time: waiting posts settled, forgotten drafts erased (domain, section 6)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

import clock
from audit.services import record
from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.notifications import tell_on_duty
from boards.queries import lock_post
from boards.way import move
from communities.duty import watch
from communities.models import Membership

KEPT_FOR_AUTHOR = timedelta(days=30)


def settle_waiting(*, membership: Membership, verb: str, by: str, now: datetime) -> int:
    """Settle a member's waiting posts as they are suspended ("hold"), or leave or die ("take_back"); return how many.

    Called by moderation inside the transaction that changes the standing: no post appears after it.
    """
    waiting = Post.objects.waiting(membership, now).values_list("pk", flat=True)
    settled = 0
    for pk in list(waiting.order_by("pk")):
        post = lock_post(pk)
        if verb == "hold" and post.state == State.HELD:
            continue
        move(post, verb, now)
        record(chain=post.community.chain, verb=verb.replace("_", " "), actor=by, subject=post.ref, at=now)
        if post.state == State.HELD:
            tell_on_duty(post, watch(post.community, now, but_not=post.author).on_duty, now)
        settled += 1
    return settled


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
    if post.state != State.TAKEN_BACK:
        return 0
    move(post, "erase", now, title="", text="", html="")
    _blank(PostVersion.objects.filter(post=post), now)
    record(chain=post.community.chain, verb="erase", actor="site", subject=post.ref, at=now)
    return 1


def _erase_versions(before: datetime, most: int) -> int:
    old = PostVersion.objects.filter(at__lte=before, was_held=False, erased_at=None, number__lt=F("post__version"))
    return _blank(PostVersion.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:most])), clock.now())


def _blank(versions: QuerySet[PostVersion], now: datetime) -> int:
    # Without its salt the commitment in the record tells nothing about the words.
    return versions.update(title="", text="", salt="", findings=[], erased_at=now)
