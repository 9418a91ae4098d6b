"""Following up what waits: told again, to alternates, to staff; nobody is told twice (domain, section 8)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

import clock
from audit.queries import entries_about
from audit.services import record
from boards.holds import OVERDUE_AFTER
from boards.lifecycle import State
from boards.models import Post
from boards.notifications import AGAIN_AFTER, hold_key, tell_on_duty
from boards.queries import lock_post
from boards.queries.holding import handed_on
from communities.duty import Watch, alternates_on_duty, watch
from communities.queries import offices_in
from moderation.circle import circle
from moderation.lifecycle import StaffKind
from moderation.notifications import ask_alternates
from moderation.policies import HIDDEN_BY_ONE_FOR
from moderation.queries import in_conflict
from moderation.services.for_staff import leave_for_staff
from moderation.services.too_few import see_to_enough

ALTERNATES_AFTER = timedelta(minutes=30)


def follow_up_holds() -> int:
    """Go through every open hold and tell whoever should now be told. Run each half minute by the sweep.

    What was hidden by one and still is after 24 hours is held for two, and followed up like any hold. Safe to run
    twice and at any time: each telling has a key of its own, so a late sweep tells what is still missing. Returns
    how many wait.
    """
    hidden_long = Q(state=State.HIDDEN, hidden_at__lte=clock.now() - HIDDEN_BY_ONE_FOR)
    waiting = Post.objects.filter(Q(state=State.HELD) | hidden_long).order_by("changed_at")
    open_holds = list(waiting.values_list("pk", flat=True))
    for pk in open_holds:
        _follow_up(pk)
    return len(open_holds)


def held_since(post: Post) -> datetime | None:
    """Since when a post waits as a hold: held, or hidden for 24 hours already. None while it does not."""
    if post.state == State.HELD:
        return post.held_at
    return post.hidden_at + HIDDEN_BY_ONE_FOR if post.state == State.HIDDEN and post.hidden_at else None


@transaction.atomic
def _follow_up(pk: int) -> None:
    post = lock_post(pk)
    now = clock.now()
    since = held_since(post)
    if since is None or now < since:
        return
    waited = now - since
    not_they = in_conflict(post, now)
    looking = watch(post.community, now, but_not=post.author, nor=not_they | handed_on([post.ref]))
    # Also those whose duty began after the hold: they were not on when it came.
    tell_on_duty(post, looking.on_duty, now)
    if waited >= ALTERNATES_AFTER or (waited >= AGAIN_AFTER and not looking.somebody_is_on):
        there = alternates_on_duty(post.community, now, but_not=post.author)
        ask_alternates(post, tuple(one for one in there if one.pk not in not_they), now)
    if waited >= OVERDUE_AFTER or not looking.somebody_is_on:
        _overdue(post, since, looking, now)
    see_to_enough(post, circle(offices_in(post.community_id, now), without=not_they), now)


def _overdue(post: Post, since: datetime, looking: Watch, now: datetime) -> None:
    """The system's own notice that a hold has met nobody; it waits for staff's cover hours. Recorded once."""
    key = f"{hold_key(post)}:overdue"
    leave_for_staff(community=post.community, kind=StaffKind.HOLD, key=key, now=now, post=post)
    held = since.isoformat()
    facts = {"held": held, "on duty": len(looking.on_duty)}
    already = entries_about(post.community.chain, post.ref).filter(verb="hold overdue", facts__contains=held)
    if not already.exists():
        record(chain=post.community.chain, verb="hold overdue", actor="site", subject=post.ref, at=now, facts=facts)
