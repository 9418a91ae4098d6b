"""What the day of a session holds about one person: their turns, what they asked, what they wrote down for it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY, OF_MEMBERSHIP
from meetings.models.day import DayOrder, RoleAsking, RoleChoice, Topic
from people.own import NUMBER, OTHERS, TWICE, YOU, Part

_ASKED = {"role": _("What"), "back_role": _("What, in return")}
_SESSIONS = {"session": NUMBER, "back_session": NUMBER}

PARTS = [
    Part(
        key="turns_wanted",
        title=_("What you would like to have a turn at"),
        model=RoleChoice,
        mine=lambda person: RoleChoice.objects.filter(membership__person=person).select_related(
            "membership__community"
        ),
        fields={"role": _("What"), "willing": _("You would like to"), "since": _("Since")},
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="turns_asked",
        title=_("Turns you asked others to take over"),
        model=RoleAsking,
        mine=lambda person: RoleAsking.objects.filter(by__person=person),
        fields={**_ASKED, "made_at": _("Asked"), "state": _("State"), "settled_at": _("Settled")},
        left_out={"id": NUMBER, "by": YOU, "to": OTHERS, "taken_by": OTHERS, **_SESSIONS},
    ),
    Part(
        key="turns_taken",
        title=_("Turns you took over from others"),
        model=RoleAsking,
        mine=lambda person: RoleAsking.objects.filter(taken_by__person=person),
        fields={**_ASKED, "settled_at": _("Taken")},
        left_out={"by": OTHERS, "taken_by": YOU},
    ),
    Part(
        key="orders_written",
        title=_("When you changed the order of the day"),
        model=DayOrder,
        mine=lambda person: DayOrder.objects.filter(by__person=person).select_related("community"),
        fields={"at": _("When"), "parts": _("The order as you left it")},
        left_out={"id": NUMBER, "community": TWICE, "group": NUMBER, "by": YOU},
        also=OF_COMMUNITY,
    ),
    Part(
        key="topics_said",
        title=_("What you wrote as the topic of a session"),
        model=Topic,
        mine=lambda person: Topic.objects.filter(by__person=person),
        fields={"words": _("Words"), "at": _("When")},
        left_out={"id": NUMBER, "session": NUMBER, "by": YOU},
    ),
]

NOT_OWN: dict[type, Any] = {}
