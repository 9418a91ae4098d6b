"""What outofhours holds about one person: their place in the bank."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from communities.own_data import OF_MEMBERSHIP
from outofhours.models import BankPlace, BankTerm, Learnt, SignOff
from people.own import NUMBER, OTHERS, TWICE, YOU, Part

PARTS = [
    Part(
        key="bank_places",
        title=_("Your place in the bank of lead service users"),
        model=BankPlace,
        mine=lambda person: BankPlace.objects.filter(membership__person=person).select_related("membership__community"),
        fields={
            "state": _("State"),
            "registered_at": _("Registered"),
            "state_since": _("Since"),
            "signed_off_at": _("Signed off"),
        },
        left_out={"id": NUMBER, "membership": YOU},
        also=OF_MEMBERSHIP,
    ),
    Part(
        key="bank_terms",
        title=_("Your times in the bank"),
        model=BankTerm,
        mine=lambda person: BankTerm.objects.filter(place__membership__person=person),
        fields={"starts_at": _("From"), "ended_at": _("To")},
        left_out={"id": NUMBER, "place": TWICE},
    ),
    Part(
        key="bank_learnt",
        title=_("What you ticked of the training"),
        model=Learnt,
        mine=lambda person: Learnt.objects.filter(place__membership__person=person),
        fields={"item": _("Part"), "at": _("When")},
        left_out={"id": NUMBER, "place": TWICE},
    ),
    Part(
        key="bank_signed_off",
        title=_("Those who signed your training off"),
        model=SignOff,
        mine=lambda person: SignOff.objects.filter(place__membership__person=person),
        fields={"signs_as": _("As"), "at": _("When")},
        left_out={"id": NUMBER, "place": YOU, "by": OTHERS},
    ),
    Part(
        key="bank_signed_off_others",
        title=_("Trainings that you signed off"),
        model=SignOff,
        mine=lambda person: SignOff.objects.filter(by__person=person),
        fields={"signs_as": _("As"), "at": _("When")},
        left_out={"place": OTHERS, "by": YOU},
    ),
]

NOT_OWN: dict[type, Any] = {}
