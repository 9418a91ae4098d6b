"""What readers do beside reading: put down that a review was done, step back, and choose not to be asked."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from crisisplans.models import Look, NotAsked, OpeningReader, PlanVersion, ReviewDone
from crisisplans.opening_notices import OPENED, tell_reviewed
from crisisplans.policies import may_have_plans_opened, may_look_now
from crisisplans.queries.opened import access_reading
from crisisplans.queries.reviews import access_review_to_record
from notices.services import withdraw
from people.decisions import Refused, require


@transaction.atomic
def record_review(*, by: Membership, pk: int) -> ReviewDone:
    """Put down that the group has been through somebody's plan with them. It holds no content.

    By one of those named for the review who has looked at it, while it is open and up to two days after. The owner is
    told; the community's condition for joining is met by it. Two who put it down at once: once. Raises Http404,
    `Refused`.
    """
    member = lock_membership(by)
    now = clock.now()
    opening = access_review_to_record(member, pk, now, lock=True)
    require(may_look_now(member, now))
    if (there := ReviewDone.objects.filter(opening=opening).first()) is not None:
        return there
    if not Look.objects.filter(opening=opening, membership=member).exists():
        raise Refused(_("Please look at it first. Only somebody who was there can put this down."))
    owner = Membership.objects.select_related("person").get(
        community=opening.community, person_id=opening.plan.person_id
    )
    ends = min(one for one in (now, opening.closed_at, opening.until) if one is not None)
    version = _version_at(opening.plan_id, ends)
    done = ReviewDone.objects.create(opening=opening, owner=owner, recorded_by=member, at=now, version=version)
    tell_reviewed(done, owner.person, now)
    chain, facts = member.community.chain, {"version": version}
    record(chain=chain, verb="review plan", actor=member.ref, subject=owner.ref, at=now, facts=facts)
    return done


@transaction.atomic
def step_back(*, by: Membership, pk: int) -> None:
    """Stop reading what somebody opened to one, without a reason; the owner sees only that it is not open to one now.

    By its reader. Raises Http404.
    """
    member = lock_membership(by)
    now = clock.now()
    reading = access_reading(member, pk, now, lock=True)
    OpeningReader.objects.filter(pk=reading.pk, ended_at=None).update(ended_at=now)
    withdraw(key_prefix=f"{OPENED}:{pk}:{member.pk}", now=now)
    chain = member.community.chain
    record(chain=chain, verb="step back from plan", actor=member.ref, subject=reading.opening.ref, at=now)


@transaction.atomic
def choose_asked(*, by: Membership, asked: bool) -> None:
    """Say whether one may be found among those to whom a plan can be opened. What is open already stays.

    By everybody who is here, about themselves. Raises `Refused`.
    """
    member = lock_membership(by)
    require(may_have_plans_opened(member))
    if asked:
        NotAsked.objects.filter(membership=member).delete()
    else:
        NotAsked.objects.get_or_create(membership=member, defaults={"since": clock.now()})


def _version_at(plan: int, at: datetime) -> int:
    number = (
        PlanVersion.objects.filter(plan=plan, saved_at__lte=at).order_by("-number").values_list("number", flat=True)
    ).first()
    if number is None:
        raise Refused(_("Nothing had been written yet."))
    return number
