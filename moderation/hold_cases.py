"""Holding everything of a member as something to object to: what a vote decided, the community meeting hears."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.models import HoldAll
from boards.services import stop_hold_all
from communities.models import Membership
from moderation import cases
from moderation.cases import Case


def register() -> None:
    """Make it something to object to; called once, as the site starts."""
    title = gettext_lazy("An objection to looking at every post of somebody first")
    cases.register(cases.CaseKind("hold", title, find, undo))


def find(community_id: int, number: int, now: datetime) -> Case | None:
    """A hold of everything of one member, while it lasts or is still to begin. One query."""
    rows = HoldAll.objects.filter(pk=number, community_id=community_id, until__gt=now, stopped_at=None)
    hold = rows.exclude(membership=None).select_related("membership__community", "membership__person").first()
    if hold is None or hold.membership is None:
        return None
    return Case(
        ref=hold.ref,
        about=hold.membership,
        what=_("Everything you write is looked at before others can read it"),
        at=hold.made_at,
        by_role=hold.decided_by,
        decided_by=frozenset(),
        why=hold.why,
        until=hold.until,
        for_the_meeting=True,
        back_to=reverse("moderation:told", args=[hold.membership.community.slug]),
    )


def undo(case: Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime) -> None:
    """End it, where it has not ended by itself."""
    hold = HoldAll.objects.filter(pk=cases.number_of(case.ref) or 0, stopped_at=None, until__gt=now).first()
    if hold is not None:
        stop_hold_all(hold=hold, by=by.ref, now=now)
