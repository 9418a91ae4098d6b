"""What moderation holds of somebody that is for staff: a number left for danger, notices about them, what they told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY, OF_MEMBERSHIP
from moderation.models import AskingIn, DangerNotice, LeftNumber, SignificantEvent, StaffNotice
from people.models import Person
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part


def _told_about(person: Person) -> Any:
    """Danger notices about this person that they may know of: what would add danger stays out, as on every page."""
    about = DangerNotice.objects.filter(about__person=person, sent_at__isnull=False)
    told = about.filter(adds_danger=False) | about.filter(safe_at__isnull=False)
    return told.select_related("community")


PARTS = [
    Part(
        key="number_for_danger",
        title=_("The number you left for danger"),
        model=LeftNumber,
        mine=lambda person: LeftNumber.objects.filter(membership__person=person).select_related(
            "membership__community"
        ),
        fields={"left_at": _("Left")},
        left_out={"membership": YOU, "sealed": TWICE},
        also={
            **OF_MEMBERSHIP,
            "number": (_("Number"), lambda row: row.left.number),
            "ask_for": (_("Whom to ask for"), lambda row: row.left.ask_for),
        },
    ),
    Part(
        key="danger_notices",
        title=_("When staff were told because of danger to you"),
        model=DangerNotice,
        mine=_told_about,
        fields={
            "to": _("Danger to"),
            "state": _("State"),
            "sent_at": _("Sent"),
            "adds_danger": _("Telling you would have added danger"),
            "safe_at": _("You were told later"),
            "closed_at": _("Over"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "about": YOU,
            "sealed": TWICE,
            "form_key": MACHINERY,
            "asked_by": OTHERS,
            "asked_at": MACHINERY,
            "agreed_by": OTHERS,
            "disagreed_by": OTHERS,
            "safe_by": OTHERS,
            "closed_by": OTHERS,
        },
        also={
            **OF_COMMUNITY,
            "number": (_("The number they got"), lambda row: row.given.number),
            "words": (_("What they were told"), lambda row: row.given.words),
        },
    ),
    Part(
        key="significant_events",
        title=_("What you told staff"),
        model=SignificantEvent,
        mine=lambda person: SignificantEvent.objects.filter(by__person=person).select_related("community"),
        fields={"kind": _("What"), "need": _("What you asked for"), "at": _("When")},
        left_out={"id": NUMBER, "community": TWICE, "by": YOU, "form_key": MACHINERY},
        also=OF_COMMUNITY,
    ),
    Part(
        key="seen_as_staff",
        title=_("What you said you have seen, as staff"),
        model=StaffNotice,
        mine=lambda person: StaffNotice.objects.filter(seen_by__person=person).select_related("community"),
        fields={"kind": _("What"), "made_at": _("Since"), "seen_at": _("Seen")},
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "key": MACHINERY,
            "post": OTHERS,
            "event": OTHERS,
            "danger": OTHERS,
            "seen_by": YOU,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="asked_staff_in",
        title=_("When you asked for staff to be asked in"),
        model=AskingIn,
        mine=lambda person: AskingIn.objects.filter(by__person=person).select_related("community"),
        fields={
            "thread": _("Thread (number)"),
            "until": _("Until"),
            "at": _("When"),
            "dropped_at": _("Let go"),
        },
        left_out={
            "id": NUMBER,
            "community": TWICE,
            "by": YOU,
            "form_key": MACHINERY,
            "seconded_by": OTHERS,
            "invitation": NUMBER,
        },
        also=OF_COMMUNITY,
    ),
]
