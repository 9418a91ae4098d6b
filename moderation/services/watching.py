"""Following up what is held: told again, to alternates, to staff; nobody is told twice (domain, section 8)."""

from datetime import datetime, timedelta

from django.db import transaction

import clock
from audit.queries import entries_about
from audit.services import record
from boards.lifecycle import State
from boards.models import Post
from boards.notifications import tell_on_duty
from boards.queries import lock_post
from communities.duty import Watch, alternates_on_duty, cover, watch
from communities.lifecycle import Kind
from communities.queries import members_of_kind
from moderation.notifications import ask_alternates, tell_staff_overdue

AGAIN_AFTER = timedelta(minutes=15)
ALTERNATES_AFTER = timedelta(minutes=30)
OVERDUE_AFTER = timedelta(minutes=60)


def follow_up_holds() -> int:
    """Go through every open hold and tell whoever should now be told. Run each minute by the sweep; returns how many.

    Safe to run twice and at any time: each telling has a key of its own, so a late sweep tells what is still missing.
    """
    open_holds = list(Post.objects.filter(state=State.HELD).order_by("held_at").values_list("pk", flat=True)[:1000])
    for pk in open_holds:
        _follow_up(pk)
    return len(open_holds)


@transaction.atomic
def _follow_up(pk: int) -> None:
    post = lock_post(pk)
    now = clock.now()
    if post.state != State.HELD or post.held_at is None:
        return
    waited = now - post.held_at
    looking = watch(post.community, now, but_not=post.author)
    # Also those whose duty began after the hold: they were not on when it came.
    tell_on_duty(post, looking.on_duty, now)
    if waited >= AGAIN_AFTER:
        tell_on_duty(post, looking.on_duty, now, times="again")
    if waited >= ALTERNATES_AFTER or (waited >= AGAIN_AFTER and not looking.somebody_is_on):
        ask_alternates(post, alternates_on_duty(post.community, now, but_not=post.author), now)
    if waited >= OVERDUE_AFTER or not looking.somebody_is_on:
        _overdue(post, looking, now)


def _overdue(post: Post, looking: Watch, now: datetime) -> None:
    """The system's own notice that a hold has met nobody; it waits for staff's cover hours. Recorded once."""
    covered = cover(post.community, now)
    staff = list(members_of_kind(post.community, Kind.STAFF).select_related("person"))
    tell_staff_overdue(post, post.community, staff, now, due_at=covered.next_look_at or now)
    since = post.held_at.isoformat() if post.held_at else ""
    facts = {"held": since, "on duty": len(looking.on_duty)}
    already = entries_about(post.community.chain, post.ref).filter(verb="hold overdue", facts__contains=since)
    if not already.exists():
        record(chain=post.community.chain, verb="hold overdue", actor="site", subject=post.ref, at=now, facts=facts)
