"""What the logbook holds about one person: what they wrote for it, what they wanted changed, that they agreed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from meetings.models.logbook import Logbook, LogbookPart, LogbookProposal, LogbookSaid
from people.own import MACHINERY, NUMBER, OTHERS, YOU, Part

_HEADING = {"heading": _("Heading")}

PARTS = [
    Part(
        key="logbooks_begun",
        title=_("Records of sessions that you began"),
        model=Logbook,
        mine=lambda person: Logbook.objects.filter(began_by__person=person),
        fields={
            "session": _("Session (number)"),
            "began_at": _("Begun"),
            "state": _("State"),
            "agreed_at": _("Agreed"),
        },
        # Its words are the group's; what you wrote of them stands in a list of its own.
        left_out={
            "id": NUMBER,
            "began_by": YOU,
            "folded": OTHERS,
            **dict.fromkeys(("edition", "read_in", "read_at", "commitment", "salt"), MACHINERY),
        },
    ),
    Part(
        key="logbook_parts",
        title=_("What you wrote for the record of a session"),
        model=LogbookPart,
        mine=lambda person: LogbookPart.objects.filter(written_by__person=person),
        fields={**_HEADING, "words": _("Words"), "at": _("When"), "left_out": _("Left out")},
        left_out={"id": NUMBER, "logbook": NUMBER, "written_by": YOU, "form_key": MACHINERY},
    ),
    Part(
        key="logbook_changes_asked",
        title=_("What you wanted changed in a record"),
        model=LogbookProposal,
        mine=lambda person: LogbookProposal.objects.filter(by__person=person),
        fields={
            **_HEADING,
            "words": _("Words, until it was answered"),
            "made_at": _("When"),
            "state": _("State"),
            "settled_at": _("Answered"),
        },
        left_out={
            "id": NUMBER,
            "logbook": NUMBER,
            "part": NUMBER,
            "by": YOU,
            "form_key": MACHINERY,
            "settled_by": OTHERS,
        },
    ),
    Part(
        key="logbook_changes_answered",
        title=_("Changes of a record that you answered"),
        model=LogbookProposal,
        mine=lambda person: LogbookProposal.objects.filter(settled_by__person=person),
        fields={"state": _("State"), "settled_at": _("When")},
        left_out={"by": OTHERS, "words": OTHERS, "settled_by": YOU},
    ),
    Part(
        key="logbooks_agreed",
        title=_("Records you agreed with"),
        model=LogbookSaid,
        mine=lambda person: LogbookSaid.objects.filter(membership__person=person),
        fields={
            "at": _("When"),
            "was_there": _("As one who was there"),
            "leads": _("As chair or secretary"),
        },
        left_out={"id": NUMBER, "logbook": NUMBER, "membership": YOU, "edition": MACHINERY},
    ),
]

NOT_OWN: dict[type, Any] = {}
