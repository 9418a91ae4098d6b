""" "Not mine to decide": leaving a post, or an objection, to the others, without a reason (domain, section 4.3)."""

from django.db import transaction

import clock
from audit.services import record
from boards.models import Post, StepAside
from boards.notifications import hold_key
from boards.queries import lock_post
from communities.models import Membership
from communities.queries import lock_membership
from moderation.lifecycle import ObjectionState
from moderation.models import Objection
from moderation.objection_policies import may_hear
from moderation.policies import may_judge
from moderation.queries import circle_of_post, open_decision
from moderation.queries.objections import hearing_of, lock_objection
from moderation.services.deciding import lapse
from moderation.services.objecting import ask_or_bring
from moderation.services.too_few import see_to_enough
from notices.services import withdraw
from people.decisions import require


@transaction.atomic
def step_aside(*, post: Post, by: Membership) -> None:
    """Leave the decision on a post to the others, for as long as there is one to take. Whoever may decide on it.

    A first voice of theirs counts no more. Where too few are left, alternates are asked, then the community. Nobody
    asks why. Twice is once. Raises `Refused`.
    """
    member = lock_membership(by)
    row = lock_post(post.pk)
    now = clock.now()
    if StepAside.objects.filter(membership=member, case=row.ref).exists():
        return
    require(may_judge(member, row, circle_of_post(row, now), now))
    StepAside.objects.create(membership=member, case=row.ref, at=now)
    pending = open_decision(row)
    if pending is not None and pending.by_id == member.pk:
        lapse(pending, now)
    for told in ("first", "again", "decide", f"second:{pending.pk}" if pending else "second"):
        withdraw(key_prefix=f"{hold_key(row)}:{told}:{member.pk}", now=now)
    see_to_enough(row, circle_of_post(row, now), now)
    record(chain=member.community.chain, verb="step aside", actor=member.ref, subject=row.ref, at=now)


@transaction.atomic
def leave_hearing(*, objection: Objection, by: Membership) -> None:
    """Leave an objection to the others; where too few are left, it goes to the community meeting. Twice is once.

    Whoever may hear it. Raises `Refused`.
    """
    member = lock_membership(by)
    row = lock_objection(objection.pk)
    now = clock.now()
    if row.state != ObjectionState.OPEN or StepAside.objects.filter(membership=member, case=row.ref).exists():
        return
    waiting = hearing_of(row, now)
    if waiting is None:
        return
    require(may_hear(member, waiting.circle, now))
    StepAside.objects.create(membership=member, case=row.ref, at=now)
    if row.first_by_id == member.pk:
        row.first_by, row.first_at = None, None
        row.save(update_fields=["first_by", "first_at"])
    withdraw(key_prefix=f"{row.ref}:first:{member.pk}", now=now)
    record(chain=member.community.chain, verb="step aside", actor=member.ref, subject=row.ref, at=now)
    ask_or_bring(row, "first", now)
