"""Asking those who run a session for its register: never which session, and not where."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.lifecycle import Kind, State
from communities.models import Membership
from communities.queries import members_of_kind
from meetings.lifecycle.timetable import SessionState
from meetings.models import Register, Session, SessionRole
from meetings.notifications.coming import GROUP
from meetings.policies.timetable import RUNS
from notices import kinds
from notices.models import Notice
from notices.services import tell_each


def register_all() -> None:
    """Make the kind of notice known; called once, as the site starts."""
    kinds.register(
        "register_waits", _("Something in your diary waits to be finished."), still_wanted=_is_wanted, group=GROUP.name
    )


def tell_of_untaken(session: Session, now: datetime) -> None:
    """Ask its chair, secretary and facilitator; where there is none of them, staff. Under the session's lock."""
    people = {f"register:{session.pk}:{member.pk}": member.person for member in _who_runs(session)}
    path = reverse("meetings:register", args=[session.community.slug, session.pk])
    tell_each(people=people, kind="register_waits", path=path, now=now)


def _who_runs(session: Session) -> list[Membership]:
    asked = set(SessionRole.objects.filter(session=session, role__in=RUNS).values_list("membership", flat=True))
    asked |= {session.facilitator_id} if session.facilitator_id else set()
    rows = Membership.objects.filter(pk__in=asked, state=State.ACTIVE)
    here = list(rows.select_related("person").order_by("pk"))
    return here or list(members_of_kind(session.community, Kind.STAFF).select_related("person").order_by("pk"))


def _is_wanted(notice: Notice) -> bool:
    """Asked as it goes out: nobody has taken it meanwhile, and they are still here."""
    parts = notice.key.split(":")
    session = int(parts[1])
    if Register.objects.filter(session=session).exists():
        return False
    stands = Session.objects.filter(pk=session, state=SessionState.PLANNED).exists()
    return stands and Membership.objects.filter(pk=int(parts[2]), state=State.ACTIVE).exists()
