"""What those on a rota are told: that somebody asks, and that somebody takes it. No day, no name."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from communities.lifecycle import AskingState, State
from communities.models import Asking, Membership
from communities.policies import may_set_hours
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each, withdraw

ASKED, TAKEN = "rota_asked", "rota_taken"


def register_kinds() -> None:
    """Say which kinds there are; called once, when the apps are ready."""
    kinds.register(
        ASKED,
        _("Somebody asks whether one of you can take a time over. You need not."),
        still_wanted=_still_asked,
        opens=_on_the_rota,
    )
    kinds.register(TAKEN, _("Somebody takes the time that you asked about."), opens=_on_the_rota)


def _on_the_rota(notice: Notice) -> bool:
    own = Membership.objects.filter(person=notice.person_id, community__slug=notice.community, state=State.ACTIVE)
    return any(may_set_hours(member, clock.now()) for member in own)


def _still_asked(notice: Notice) -> bool:
    asking = int(notice.key.split(":")[1])
    return Asking.objects.filter(pk=asking, state=AskingState.OPEN).exists() and _on_the_rota(notice)


def tell_asked(asking: Asking, people: Iterable[Membership], now: datetime) -> None:
    """Tell those who are asked; the rota says for when."""
    keys = {f"{asking.ref}:{member.pk}": member.person for member in people}
    tell_each(people=keys, kind=ASKED, path=_path(asking), now=now, are_new=True)


def tell_taken(asking: Asking, now: datetime) -> None:
    """Tell whoever asked that somebody takes it, and the others that they need not any more."""
    take_back_asked(asking, now)
    key = f"asking taken:{asking.pk}"
    tell(person=asking.by.person, kind=TAKEN, key=key, path=_path(asking), now=now)


def take_back_asked(asking: Asking, now: datetime) -> None:
    """Take back what the others were told."""
    withdraw(key_prefix=asking.ref, now=now)


def _path(asking: Asking) -> str:
    return reverse("communities:rota", args=[asking.by.community.slug])
