"""Those who act for others: each with a second step, and never too few of them."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q

import clock
from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Community, Membership
from communities.queries import deciders


def those_who_act_have_a_second_step() -> Iterator[str]:
    """The Top Three, caretakers and staff can't act without one; until then nobody decides on what is held."""
    now = clock.now()
    active = Membership.objects.filter(state=State.ACTIVE)
    in_office = Membership.objects.all().in_office(DECIDING_OFFICES, now).values("pk")
    acting = active.filter(Q(kind=Kind.STAFF) | Q(pk__in=in_office))
    step = Authenticator.objects.filter(user=OuterRef("person")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    without = acting.filter(~Exists(step)).values("person").distinct().count()
    if without:
        yield f"{without} of those who act for others (Top Three, caretakers, staff) have no second sign-in step yet."


def two_look_after_every_board() -> Iterator[str]:
    """With fewer than two who can decide, a board is closed for writing and nothing can be taken off it."""
    now = clock.now()
    for community in Community.objects.order_by("slug"):
        if deciders(community, now).count() < 2:
            yield f"The community {community.slug} has fewer than two in office: its board is closed for writing."
