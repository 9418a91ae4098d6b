"""What elections and seats tell people. Never a name, and nothing of a choice."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from communities.lifecycle import HERE, Kind, State
from communities.models import Community, Membership
from elections.lifecycle import ElectionState, StandingState
from elections.models import Election, Elector, Nomination
from notices import kinds
from notices.models import Notice
from notices.services import tell, tell_each, withdraw

# The group that motions' notices stand in too.
VOTES = "votes"


def register_all() -> None:
    """Make the kinds of notices about elections known; called once, as the site starts."""
    for name, sentence, wanted in (
        ("election_open", _("There is an election. You can put a name forward, or stand yourself."), _can_stand),
        ("election_waits", _("Nobody has stood yet. The time for it goes on."), _can_stand),
        ("election_vote", _("There is an election to vote in."), _has_not_voted),
        ("seats_changed", _("Who looks after this place has changed."), _is_here),
    ):
        kinds.register(name, sentence, still_wanted=wanted, group=VOTES)
    kinds.register("put_forward", _("Somebody has put your name forward. You can say yes or no."), _is_asked)
    kinds.register("elected", _("You have been elected. Thank you for standing."), _is_here)
    kinds.register("standing_in", _("You are standing in for a while, so that two people can decide."), _is_here)
    kinds.register("can_you_stand_in", _("Somebody is needed to stand in for a while. Could you?"), _is_here)


def _numbers(notice: Notice) -> tuple[int, int]:
    """A key is "election:7:open:12": what it is about, and whom it goes to."""
    parts = notice.key.split(":")
    return int(parts[1]), int(parts[-1])


def _is_here(notice: Notice) -> bool:
    return Membership.objects.filter(pk=_numbers(notice)[1], state__in=HERE - {State.PROSPECTIVE}).exists()


def _can_stand(notice: Notice) -> bool:
    election = Election.objects.filter(pk=_numbers(notice)[0], state=ElectionState.NOMINATING)
    return election.exists() and _is_here(notice)


def _has_not_voted(notice: Notice) -> bool:
    election, member = _numbers(notice)
    waiting = Elector.objects.filter(poll__election=election, membership=member, has_voted=False)
    return waiting.filter(poll__closes_at__gt=clock.now()).exists() and _is_here(notice)


def _is_asked(notice: Notice) -> bool:
    return Nomination.objects.filter(pk=_numbers(notice)[0], state=StandingState.ASKED).exists() and _is_here(notice)


def path_to(election: Election) -> str:
    """The page of an election."""
    return reverse("elections:election", args=[election.community.slug, election.pk])


def path_to_seats(community: Community) -> str:
    """The page "who holds which seat until when"."""
    return reverse("elections:seats", args=[community.slug])


def members_of(community: Community) -> list[Membership]:
    """Everybody who takes part, with whom they are. One query."""
    here = Membership.objects.filter(community=community, kind=Kind.MEMBER, state=State.ACTIVE)
    return list(here.select_related("person"))


def with_people(members: Iterable[Membership]) -> list[Membership]:
    """The same members with who they are. One query."""
    return list(Membership.objects.filter(pk__in=[member.pk for member in members]).select_related("person"))


def tell_of(election: Election, what: str, people: Iterable[Membership], now: datetime, *, again: int = 0) -> None:
    """Tell these people of an election, each once: `what` is "open", "waits" (for the `again`th time) or "vote"."""
    keys = {f"election:{election.pk}:{what}:{again}:{member.pk}": member.person for member in people}
    if keys:
        tell_each(people=keys, kind=f"election_{what}", path=path_to(election), now=now)


def end_notices(election: Election, now: datetime) -> None:
    """Take back what was told of an election that has gone on or is over."""
    withdraw(key_prefix=f"election:{election.pk}:", now=now)


def tell_put_forward(nomination: Nomination, now: datetime) -> None:
    """Tell somebody that their name was put forward; not by whom."""
    path = reverse("elections:own_nominations", args=[nomination.election.community.slug])
    key = f"put_forward:{nomination.pk}:{nomination.candidate_id}"
    tell(person=nomination.candidate.person, kind="put_forward", key=key, path=path, now=now)


def take_back_asking(nomination: Nomination, now: datetime) -> None:
    """They have answered, or the time is over."""
    withdraw(key_prefix=f"put_forward:{nomination.pk}", now=now)


def tell_elected(election: Election, member: Membership, now: datetime) -> None:
    """Tell somebody that they hold a seat, or are an alternate."""
    key = f"elected:{election.pk}:{member.pk}"
    tell(person=member.person, kind="elected", key=key, path=path_to_seats(election.community), now=now)


def tell_seats_changed(community: Community, mark: str, now: datetime) -> None:
    """Tell every member that others look after the place now. Once for each `mark`."""
    keys = {f"seats:{community.pk}:{mark}:{member.pk}": member.person for member in members_of(community)}
    if keys:
        tell_each(people=keys, kind="seats_changed", path=path_to_seats(community), now=now)


def tell_standing_in(member: Membership, mark: str, now: datetime) -> None:
    """Tell somebody that they have stepped in."""
    key = f"standing_in:{member.community_id}:{mark}:{member.pk}"
    tell(person=member.person, kind="standing_in", key=key, path=path_to_seats(member.community), now=now)


def ask_to_stand_in(community: Community, people: Iterable[Membership], mark: str, now: datetime) -> None:
    """Ask those who held an office before whether they could stand in. Once for each gap, never pressed."""
    keys = {f"stand_in:{community.pk}:{mark}:{member.pk}": member.person for member in people}
    if keys:
        tell_each(people=keys, kind="can_you_stand_in", path=path_to_seats(community), now=now)
