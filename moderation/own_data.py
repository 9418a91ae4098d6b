"""What moderation holds of somebody: their own decisions, and the reports they wrote."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY
from moderation import staff_own_data, standing_own_data
from moderation.models import Debrief, Objection, PostDecision, Report
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

_DECISION = {
    "post": _("Post (number)"),
    "version": _("Version"),
    "verb": _("What"),
    "reason": _("Why"),
    "at": _("When"),
    "needs_two": _("Took two"),
    "seconded_at": _("When the second joined"),
    "lapsed_at": _("Lapsed"),
}

PARTS = [
    Part(
        key="decisions",
        title=_("Decisions you took"),
        model=PostDecision,
        mine=lambda person: PostDecision.objects.filter(by__person=person),
        fields={**_DECISION, "words": _("What you wrote to the author")},
        left_out={"id": NUMBER, "by": YOU, "seconded_by": OTHERS},
    ),
    Part(
        key="decisions_joined",
        title=_("Decisions you joined as the second"),
        model=PostDecision,
        mine=lambda person: PostDecision.objects.filter(seconded_by__person=person),
        fields=_DECISION,
        left_out={"words": OTHERS, "by": OTHERS, "seconded_by": YOU},
    ),
    Part(
        key="objections",
        title=_("What you objected to"),
        model=Objection,
        mine=lambda person: Objection.objects.filter(by__person=person).select_related("community"),
        fields={
            "case": _("To what (as the record names it)"),
            "words": _("What you wrote"),
            "urgency": _("How soon a person should look (0 to 2)"),
            "made_at": _("Sent"),
            "state": _("State"),
            "by_role": _("Heard by"),
            "heard_at": _("Heard"),
            "answer": _("What they wrote to you"),
            "at_meeting_at": _("Brought to the community meeting"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "by": YOU,
            "first_by": OTHERS,
            "first_at": OTHERS,
            "heard_by": OTHERS,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="reports",
        title=_("Reports you wrote"),
        model=Report,
        mine=lambda person: Report.objects.filter(by__person=person).select_related("community"),
        fields={
            "post": _("About the post (number)"),
            "reason": _("Why"),
            "words": _("What you wrote"),
            "read_by": _("Who reads it"),
            "urgency": _("How soon a person should look (0 to 2)"),
            "made_at": _("Sent"),
            "state": _("State"),
            "answer_reason": _("The answer"),
            "answer": _("What they wrote to you"),
            "decided_at": _("Answered"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "by": YOU,
            "about": OTHERS,
            "form_key": MACHINERY,
            "decided_by": OTHERS,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="debriefs",
        title=_("Notes for the meeting on how it was to look after the board"),
        model=Debrief,
        mine=lambda person: Debrief.objects.filter(by__person=person).select_related("community"),
        fields={"words": _("What you wrote"), "made_at": _("Written"), "taken_back_at": _("Taken back")},
        left_out={"id": NUMBER, "community": TWICE, "by": YOU, "form_key": MACHINERY},
        also=OF_COMMUNITY,
    ),
    *staff_own_data.PARTS,
    *standing_own_data.PARTS,
]

NOT_OWN: dict[Any, Any] = {**standing_own_data.NOT_OWN}
