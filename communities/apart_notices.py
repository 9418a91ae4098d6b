"""What is told about keeping two people apart: to those who decide, and to the one who asked. Never to the other."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.lifecycle import ApartState
from communities.models import KeepApart, Membership
from notices import kinds
from notices.models import Notice
from notices.services import tell


def register_kinds() -> None:
    """Make the kinds known; called once, when the apps are ready."""
    kinds.register(
        "apart_asked", _("Somebody asks those who look after this place for something."), still_wanted=_still_asked
    )
    kinds.register("apart_answered", _("You asked for something. There is an answer."))


def _still_asked(notice: Notice) -> bool:
    return KeepApart.objects.filter(pk=int(notice.key.split(":")[1]), state=ApartState.ASKED).exists()


def tell_asked(apart: KeepApart, people: Iterable[Membership], now: datetime) -> None:
    """Tell those who decide on it. The caller has left out both whom it is about."""
    path = reverse("communities:apart_asked", args=[apart.community.slug])
    for member in people:
        tell(person=member.person, kind="apart_asked", key=f"{apart.ref}:asked:{member.pk}", path=path, now=now)


def tell_answered(apart: KeepApart, now: datetime) -> None:
    """Tell the one who asked what came of it."""
    path = reverse("communities:apart", args=[apart.community.slug])
    tell(person=apart.asker.person, kind="apart_answered", key=f"{apart.ref}:answered", path=path, now=now)
