"""What is held about what somebody was told, and how they want to be told."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from notices.models import MailChoice, Notice, Outgoing, Phone, Push, Timing, Wish
from people.own import MACHINERY, NUMBER, OTHERS, SECRET, YOU, Part

_SENT = {"due_at": _("To be sent"), "closed_at": _("Sent, or let go"), "outcome": _("What became of it")}
_TRYING: dict[str, Any] = dict.fromkeys(
    ("again_at", "useless_at", "together_at", "claimed_at", "tries", "trouble"), MACHINERY
)

PARTS = [
    Part(
        key="notices",
        title=_("What you were told"),
        model=Notice,
        mine=lambda person: Notice.objects.filter(person=person),
        fields={
            "kind": _("Kind"),
            "path": _("The page it leads to"),
            "made_at": _("Made"),
            "due_at": _("From"),
            "seen_at": _("You looked"),
            "withdrawn_at": _("Taken back"),
            "to_push": _("Also to your phone"),
        },
        left_out={"id": NUMBER, "person": YOU, "key": OTHERS},
        also={"sentence": (_("What it says"), lambda row: row.sentence)},
    ),
    Part(
        key="mails",
        title=_("Mails about them"),
        model=Outgoing,
        mine=lambda person: Outgoing.objects.filter(notice__person=person),
        fields={"way": _("By"), **_SENT},
        left_out={
            "id": NUMBER,
            "notice": NUMBER,
            "address": _("Only in mails about your sign-in while they are on their way; blank afterwards."),
            "subject": _("Only in mails about your sign-in while they are on their way; blank afterwards."),
            "body": SECRET,
            **_TRYING,
        },
    ),
    Part(
        key="pushes",
        title=_("Notices to your phone"),
        model=Push,
        mine=lambda person: Push.objects.filter(notice__person=person),
        fields=_SENT,
        left_out={"id": NUMBER, "notice": NUMBER, "phone": NUMBER, **_TRYING},
    ),
    Part(
        key="phones",
        title=_("Phones that get notices"),
        model=Phone,
        mine=lambda person: Phone.objects.filter(person=person),
        fields={
            "label": _("What it is"),
            "made_at": _("Since"),
            "last_ok_at": _("Last reached"),
            "sitting_ends_at": _("Until"),
        },
        left_out={"id": NUMBER, "person": YOU, "mark": SECRET, "sealed_endpoint": SECRET, "sitting": SECRET},
    ),
    Part(
        key="wishes",
        title=_("How you want to be told"),
        model=Wish,
        mine=lambda person: Wish.objects.filter(person=person),
        fields={"group": _("About"), "mail": _("By e-mail"), "push": _("On your phone")},
        left_out={"id": NUMBER, "person": YOU},
    ),
    Part(
        key="quiet_hours",
        title=_("Your quiet hours"),
        model=Timing,
        mine=lambda person: Timing.objects.filter(person=person),
        fields={
            "quiet_from": _("Quiet from (hour)"),
            "quiet_to": _("Quiet until (hour)"),
            "daily_at": _("Once a day at (hour)"),
        },
        left_out={"id": NUMBER, "person": YOU},
    ),
    Part(
        key="mail_choice",
        title=_("Whether you want mails"),
        model=MailChoice,
        mine=lambda person: MailChoice.objects.filter(person=person),
        fields={"wanted": _("Mails about news")},
        left_out={"id": NUMBER, "person": YOU},
    ),
]

NOT_OWN: dict[Any, Any] = {}
