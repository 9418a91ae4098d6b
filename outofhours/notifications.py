"""What the bank tells: that a training waits to be signed off, and that it was. No word of whose."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Membership
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each, withdraw
from outofhours.lifecycle import PlaceState
from outofhours.models import BankPlace

WAITS, SIGNED = "training_waits", "training_signed"


def register_all() -> None:
    """Make the bank's kinds known; called once, as the site starts."""
    kinds.register(WAITS, _("Somebody has finished a training. Two of you are asked to look."), still_wanted=_waits)
    kinds.register(SIGNED, _("Your training is signed off. Thank you."))


def _waits(notice: Notice) -> bool:
    place = int(notice.key.split(":")[1])
    return BankPlace.objects.filter(pk=place, state=PlaceState.LEARNING).exists()


def tell_waits(place: BankPlace, people: Iterable[Membership], now: datetime) -> None:
    """Tell those who sign trainings off that one waits; once for each time the checklist became whole."""
    keys = {f"training:{place.pk}:{int(now.timestamp())}:{member.pk}": member.person for member in people}
    tell_each(people=keys, kind=WAITS, path=_path(place), now=now)


def tell_signed(place: BankPlace, now: datetime) -> None:
    """Tell them that they are in the bank now, and the others that nothing waits any more."""
    withdraw(key_prefix=f"training:{place.pk}", now=now)
    key = f"training signed:{place.pk}"
    tell(person=place.membership.person, kind=SIGNED, key=key, path=_path(place), now=now)


def _path(place: BankPlace) -> str:
    return reverse("outofhours:bank", args=[place.membership.community.slug])
