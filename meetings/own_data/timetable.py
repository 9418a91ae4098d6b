"""What the timetable holds about one person: the groups they began, what they lead, what they do in a session."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY, OF_MEMBERSHIP
from meetings.models import Group, Session, SessionRole, Venue
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

_OF_ALL = _("It is the community's; nothing of one person is in it.")
_SESSION_LEFT = ("about", "place", "link", "room", "why_words", "venue", "counts", "member_led", "change", "state")
_SESSION_MACHINERY = ("by_hand", "sequence", "form_key", "slot", "changed_at")


PARTS = [
    Part(
        key="groups_begun",
        title=_("Groups you put on the timetable"),
        model=Group,
        mine=lambda person: Group.objects.filter(made_by__person=person).select_related("community"),
        fields={
            "title": _("Name"),
            "about": _("What it is"),
            "kind": _("Kind"),
            "rule": _("How often (as a rule of calendars)"),
            "first_day": _("First day"),
            "starts": _("From"),
            "minutes": _("Minutes"),
            "member_led": _("Led by members"),
            "state": _("State"),
            "ended_on": _("Ended"),
            "made_at": _("When"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "counts": MACHINERY,
            "venue": NUMBER,
            "link": OTHERS,
            "room": MACHINERY,
            "facilitator": OTHERS,
            "on_bank_holidays": MACHINERY,
            "made_by": YOU,
            "changed_at": MACHINERY,
            "edition": MACHINERY,
            "form_key": MACHINERY,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="sessions_led",
        title=_("Sessions you lead, as staff"),
        model=Session,
        mine=lambda person: Session.objects.filter(facilitator__person=person).select_related("community"),
        fields={"title": _("Name"), "kind": _("Kind"), "starts_at": _("From"), "ends_at": _("To")},
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "group": NUMBER,
            "meeting": NUMBER,
            "facilitator": YOU,
            "made_by": OTHERS,
            **dict.fromkeys(_SESSION_LEFT, OTHERS),
            **dict.fromkeys(_SESSION_MACHINERY, MACHINERY),
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="sessions_added",
        title=_("Sessions you added"),
        model=Session,
        mine=lambda person: Session.objects.filter(made_by__person=person).select_related("community"),
        fields={
            "title": _("Name"),
            "about": _("What it is"),
            "kind": _("Kind"),
            "starts_at": _("From"),
            "ends_at": _("To"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "group": NUMBER,
            "meeting": NUMBER,
            "facilitator": OTHERS,
            "made_by": YOU,
            **dict.fromkeys(_SESSION_LEFT[1:], OTHERS),
            **dict.fromkeys(_SESSION_MACHINERY, MACHINERY),
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="session_roles",
        title=_("What you do, or did, in sessions"),
        model=SessionRole,
        mine=lambda person: SessionRole.objects.filter(membership__person=person).select_related(
            "membership__community", "session"
        ),
        fields={"role": _("What"), "taken_at": _("Since"), "how": _("How it came to you")},
        left_out={"id": NUMBER, "session": TWICE, "membership": YOU},
        also={
            **OF_MEMBERSHIP,
            "session_title": (_("Session"), lambda row: row.session.title),
            "session_starts_at": (_("When"), lambda row: row.session.starts_at),
        },
    ),
]

NOT_OWN: dict[type, Any] = {Venue: _OF_ALL}
