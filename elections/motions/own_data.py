"""What motions hold about one person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY
from elections.models import Motion, MotionWords, SelectionDay
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

_OF_MOTION = {"community": (_("Community"), lambda row: row.motion.community.name)}
_ASKED = {
    "kind": _("What kind"),
    "state": _("State"),
    "rule": _("Which rule"),
    "opens_at": _("The vote opens"),
    "decided_at": _("Decided"),
    "effect": _("What came of it"),
    "why_not": _("Why it did not happen"),
}

PARTS: list[Part] = [
    Part(
        key="motions",
        title=_("What you proposed"),
        model=Motion,
        mine=lambda person: Motion.objects.filter(proposed_by__person=person).select_related("community"),
        fields={**_ASKED, "proposed_at": _("Proposed"), "asks": _("What exactly")},
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "proposed_by": YOU,
            "about": OTHERS,
            "selection_day": NUMBER,
            "poll": NUMBER,
            "form_key": MACHINERY,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="motions_about_you",
        title=_("What was proposed about you"),
        model=Motion,
        mine=lambda person: Motion.objects.filter(about__person=person).select_related("community"),
        fields={**_ASKED, "proposed_at": _("Proposed"), "asks": _("What exactly")},
        left_out={"proposed_by": OTHERS, "about": YOU},
        also=OF_COMMUNITY,
    ),
    Part(
        key="motion_words",
        title=_("What you wrote beside proposals"),
        model=MotionWords,
        mine=lambda person: MotionWords.objects.filter(by__person=person).select_related("motion__community"),
        fields={
            "part": _("As"),
            "state": _("State"),
            "title": _("The question"),
            "questions": _("What was asked on the selection day"),
            "text": _("Your words"),
            "version": _("How often you wrote them"),
            "written_at": _("Written"),
            "answer": _("What was written to you"),
            "looked_at": _("Looked at"),
        },
        left_out={
            "id": NUMBER,
            "motion": NUMBER,
            "by": YOU,
            "looked_by": OTHERS,
            "findings": _("What asked for a person to look; it is worked out from your words."),
            "urgency": _("How soon a person should look; it is worked out from your words."),
        },
        also=_OF_MOTION,
    ),
    Part(
        key="selection_days",
        title=_("Selection days you told of"),
        model=SelectionDay,
        mine=lambda person: SelectionDay.objects.filter(made_by__person=person).select_related("community"),
        fields={"day": _("The day"), "made_at": _("Told")},
        left_out={"id": NUMBER, "community": TWICE, "made_by": YOU},
        also=OF_COMMUNITY,
    ),
]

NOT_OWN: dict[type, Any] = {}
