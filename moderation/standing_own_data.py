"""What moderation holds of somebody about standing: suspensions, asking to come back, a death."""

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_COMMUNITY
from moderation.models import Death, DeathVoice, ReturnAsked, ReturnVoice, Suspension
from people.own import MACHINERY, NUMBER, OTHERS, TWICE, YOU, Part

_SUSPENSION = {
    "suspended_from": _("From what"),
    "how": _("By which way"),
    "why": _("Why"),
    "letter": _("The letter"),
    "state": _("State"),
    "starts_at": _("From"),
    "until": _("Until at the latest"),
}
_BY = {"by": OTHERS, "first_by": OTHERS, "first_at": TWICE, "second_by": OTHERS, "second_at": TWICE}

PARTS = [
    Part(
        key="suspensions",
        title=_("Suspensions of yours"),
        model=Suspension,
        # What was only proposed, and came to nothing, was never said to them.
        mine=lambda person: Suspension.objects.filter(
            membership__person=person, starts_at__isnull=False
        ).select_related("community"),
        fields={
            **_SUSPENSION,
            "by_role": _("By whom"),
            "closed_at": _("Ended"),
            "ended_how": _("How it ended"),
            "ended_why": _("What was said of that"),
        },
        left_out={
            **_BY,
            "id": NUMBER,
            "community": TWICE,
            "membership": YOU,
            "begun_at": TWICE,
            "lasts": TWICE,
            "closed_by": OTHERS,
        },
        also=OF_COMMUNITY,
    ),
    Part(
        key="suspensions_begun",
        title=_("Suspensions that you began, as the first of two"),
        model=Suspension,
        mine=lambda person: Suspension.objects.filter(first_by__person=person, how="two").select_related("community"),
        fields={"begun_at": _("When"), "why": _("What you gave as the reason"), "letter": _("The letter you wrote")},
        left_out={"membership": OTHERS},
        also=OF_COMMUNITY,
    ),
    Part(
        key="suspensions_joined",
        title=_("Suspensions that you confirmed"),
        model=Suspension,
        mine=lambda person: Suspension.objects.filter(second_by__person=person).select_related("community"),
        fields={"second_at": _("When")},
        left_out={"membership": OTHERS, "why": OTHERS, "letter": OTHERS},
        also=OF_COMMUNITY,
    ),
    Part(
        key="returns_asked",
        title=_("Where you asked to come back"),
        model=ReturnAsked,
        mine=lambda person: ReturnAsked.objects.filter(by__person=person, suspension__membership__person=person),
        fields={
            "made_at": _("Asked"),
            "words": _("What you wrote"),
            "state": _("State"),
            "answer": _("What they wrote to you"),
            "decided_at": _("Answered"),
        },
        left_out={"id": NUMBER, "suspension": TWICE, "by": YOU},
    ),
    Part(
        key="return_voices",
        title=_("What you said to others who asked to come back"),
        model=ReturnVoice,
        mine=lambda person: ReturnVoice.objects.filter(by__person=person),
        fields={"says": _("What you said"), "words": _("What you wrote to them"), "at": _("When")},
        left_out={"id": NUMBER, "asked": OTHERS, "by": YOU},
    ),
    Part(
        key="deaths_said",
        title=_("Where you said with others that somebody has died"),
        model=DeathVoice,
        mine=lambda person: DeathVoice.objects.filter(by__person=person),
        fields={"at": _("When"), "as_staff": _("As staff")},
        left_out={"id": NUMBER, "death": OTHERS, "by": YOU},
    ),
]

NOT_OWN = {Death: MACHINERY}
