"""Having been made inactive as something to object to (domain, section 4.11)."""

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle.attendance import AbsenceOutcome
from meetings.models import AbsenceCase
from meetings.services.absences import why_not_seen
from meetings.services.deciding_absences import undo_inactive
from moderation import cases
from moderation.cases import Case


def register() -> None:
    """Make it something to object to; called once, as the site starts."""
    cases.register(cases.CaseKind("absence", gettext_lazy("An objection to being inactive"), find, undo))


def find(community_id: int, number: int, now: datetime) -> Case | None:
    """What was decided, while it holds: until they are back. One query."""
    decided = AbsenceCase.objects.filter(outcome=AbsenceOutcome.INACTIVE)
    later = decided.filter(membership=OuterRef("membership"), pk__gt=OuterRef("pk"))
    rows = decided.filter(~Exists(later), pk=number, community_id=community_id, membership__state=State.INACTIVE)
    row = rows.select_related("membership__community", "membership__person").first()
    if row is None or row.closed_at is None:
        return None
    why = why_not_seen(row)
    return Case(
        ref=row.ref,
        about=row.membership,
        what=_("You are inactive for now, and the board is closed to you"),
        at=row.closed_at,
        by_role=row.by_role,
        decided_by=frozenset(pk for pk in (row.decided_by_id,) if pk),
        why=why,
        words=row.why,
        back_to=reverse("meetings:own_letters", args=[row.membership.community.slug]),
        shown=((_("Why"), why), (_("What they wrote"), row.why)) if row.why else ((_("Why"), why),),
    )


def undo(case: Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime) -> None:
    """They are back, where they have not come back by themselves."""
    undo_inactive(about=case.about, by=by.ref)
