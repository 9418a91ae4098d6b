"""What meetings hold of whether somebody comes: what they said, when they were away, how they are marked."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models import AwayTime, Coming, ComingSaid, Mark, MarkChange, Register, ReminderChoice
from people.own import NUMBER, OTHERS, YOU, Part

_NAMES_OF = {"session": _("Session (number)")}

PARTS = [
    Part(
        key="coming",
        title=_("What you said about coming"),
        model=Coming,
        mine=lambda person: Coming.objects.filter(membership__person=person),
        fields={
            **_NAMES_OF,
            "answer": _("What you said"),
            "words": _("Your words"),
            "said_at": _("When"),
            "by_link": _("By the link in a reminder"),
        },
        left_out={"id": NUMBER, "membership": YOU, "said_by": OTHERS},
    ),
    Part(
        key="coming_said",
        title=_("Everything that was said about your coming"),
        model=ComingSaid,
        mine=lambda person: ComingSaid.objects.filter(membership__person=person),
        fields={
            **_NAMES_OF,
            "answer": _("What was said"),
            "said_at": _("When"),
            "by_link": _("By the link in a reminder"),
        },
        left_out={"id": NUMBER, "membership": YOU, "said_by": OTHERS},
    ),
    Part(
        key="away_times",
        title=_("Times you were away"),
        model=AwayTime,
        mine=lambda person: AwayTime.objects.filter(membership__person=person),
        fields={
            "kind": _("Why"),
            "from_day": _("From"),
            "until_day": _("Until"),
            "said_at": _("Put down"),
            "ended_at": _("Ended"),
        },
        left_out={"id": NUMBER, "membership": YOU, "said_by": OTHERS},
    ),
    Part(
        key="reminders",
        title=_("When you are reminded"),
        model=ReminderChoice,
        mine=lambda person: ReminderChoice.objects.filter(membership__person=person),
        fields={"when": _("When"), "unanswered": _("Also of what you have not answered")},
        left_out={"id": NUMBER, "membership": YOU},
    ),
    Part(
        key="marks",
        title=_("How you stand in registers"),
        model=Mark,
        mine=lambda person: Mark.objects.filter(membership__person=person).select_related("register"),
        fields={"was": _("How you are marked")},
        left_out={"id": NUMBER, "register": NUMBER, "membership": YOU},
        also={"session": (_("Session (number)"), lambda mark: mark.register.session_id)},
    ),
    Part(
        key="mark_changes",
        title=_("When that was corrected"),
        model=MarkChange,
        mine=lambda person: MarkChange.objects.filter(membership__person=person),
        fields={"was": _("It was"), "became": _("It became"), "at": _("When")},
        left_out={"id": NUMBER, "register": NUMBER, "membership": YOU, "by": OTHERS},
    ),
    Part(
        key="registers_taken",
        title=_("Registers you took"),
        model=Register,
        mine=lambda person: Register.objects.filter(taken_by__person=person),
        fields={**_NAMES_OF, "taken_at": _("When")},
        left_out={"id": NUMBER, "taken_by": YOU, "guests": OTHERS, "edition": OTHERS},
    ),
]

NOT_OWN: dict[type, Any] = {}
