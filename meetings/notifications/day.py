"""What people are told about turns: that there is one, is asked for, is taken. No day, no name, no place."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.lifecycle import AskingState, Kind, State
from communities.models import Membership
from meetings.models.day import RoleAsking
from meetings.models.sessions import SessionRole
from meetings.notifications.community_meeting import GROUP
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each, withdraw

GIVEN, ASKED, TAKEN = "turn_given", "turn_asked", "turn_taken"


def register_all() -> None:
    """Say which kinds there are; called once, as the site starts."""
    kinds.register(
        GIVEN,
        _("Something in your diary: a turn at what you said you would like to do. You can give it back."),
        still_wanted=_is_mine,
        group=GROUP.name,
        opens=_has_turns,
    )
    kinds.register(
        ASKED,
        _("Somebody asks whether one of you can take a turn over. You need not."),
        still_wanted=_still_asked,
        group=GROUP.name,
        opens=_has_turns,
    )
    kinds.register(
        TAKEN,
        _("Somebody takes the turn that you asked about."),
        still_wanted=_has_turns,
        group=GROUP.name,
        opens=_has_turns,
    )


def _has_turns(notice: Notice) -> bool:
    here = Membership.objects.filter(person=notice.person_id, community__slug=notice.community, state=State.ACTIVE)
    return here.filter(kind=Kind.MEMBER).exists()


def _is_mine(notice: Notice) -> bool:
    _stem, turn, member = notice.key.split(":")
    return SessionRole.objects.filter(pk=int(turn), membership=int(member)).exists() and _has_turns(notice)


def _still_asked(notice: Notice) -> bool:
    asking = int(notice.key.split(":")[1])
    return RoleAsking.objects.filter(pk=asking, state=AskingState.OPEN).exists() and _has_turns(notice)


def tell_given(turn: SessionRole, now: datetime) -> None:
    """Tell somebody that the rota gave them a turn; its page says which."""
    key = f"turn:{turn.pk}:{turn.membership_id}"
    tell(person=turn.membership.person, kind=GIVEN, key=key, path=_path(turn.membership), now=now)


def take_back_given(turn: SessionRole, now: datetime) -> None:
    """Take back what somebody was told of a turn that is not theirs any more."""
    withdraw(key_prefix=f"turn:{turn.pk}", now=now)


def tell_asked(asking: RoleAsking, people: Iterable[Membership], now: datetime) -> None:
    """Tell those who are asked."""
    keys = {f"{asking.ref}:{member.pk}": member.person for member in people}
    tell_each(people=keys, kind=ASKED, path=_path(asking.by), now=now, are_new=True)


def tell_taken(asking: RoleAsking, now: datetime) -> None:
    """Tell whoever asked that somebody takes it, and the others that they need not any more."""
    take_back_asked(asking, now)
    tell(person=asking.by.person, kind=TAKEN, key=f"turn taken:{asking.pk}", path=_path(asking.by), now=now)


def take_back_asked(asking: RoleAsking, now: datetime) -> None:
    """Take back what the others were told."""
    withdraw(key_prefix=asking.ref, now=now)


def _path(member: Membership) -> str:
    return reverse("meetings:turns", args=[member.community.slug])
