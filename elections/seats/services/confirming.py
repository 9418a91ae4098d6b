"""Caretakers of more than eight weeks: members say in an open vote whether they stay (domain, section 2)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from communities.lifecycle import Office
from communities.models import Membership
from elections.counting import Measure
from elections.lifecycle import ElectionKind, ElectionState, Majority, StandingState
from elections.models import Election, Nomination
from elections.queries import electorate_of
from elections.seats.bench import Bench
from elections.seats.notifications import tell_of, with_people
from elections.seats.paper import PURPOSE
from elections.seats.queries import last_confirmation, running
from elections.seats.services.steps import SITE, go, in_the_evening
from elections.services.polls import open_poll

CONFIRMED_FOR = timedelta(weeks=8)


def open_confirmation_if_due(bench: Bench) -> None:
    """Open a vote on the caretakers if it is time for one. Called with the seats locked.

    The caretakers have no vote on themselves. Where there is nobody else yet, they simply stay.
    """
    if not _is_due(bench):
        return
    caretakers = [term.membership for term in bench.held(Office.CARETAKER)]
    electorate = electorate_of(bench.community, but_not=[member.pk for member in caretakers])
    if electorate:
        _open(bench, caretakers, electorate)


def _is_due(bench: Bench) -> bool:
    caretakers = bench.held(Office.CARETAKER)
    if not caretakers or min(term.starts_at for term in caretakers) > bench.now - CONFIRMED_FOR:
        return False
    going_on = running(bench.community)
    if going_on is not None and not going_on.prolonged:
        return False
    last = last_confirmation(bench.community)
    return last is None or (not last.is_running and last.opened_at <= bench.now - CONFIRMED_FOR)


def _open(bench: Bench, caretakers: list[Membership], electorate: list[Membership]) -> None:
    election = Election.objects.create(
        community=bench.community,
        kind=ElectionKind.CONFIRMATION,
        state=ElectionState.NOMINATING,
        opened_at=bench.now,
    )
    for member in caretakers:
        times = {"made_at": bench.now, "changed_at": bench.now}
        Nomination.objects.create(
            election=election, candidate=member, proposed_by=member, state=StandingState.STANDING, **times
        )
    poll = open_poll(
        community=bench.community,
        purpose=PURPOSE,
        subject=election.ref,
        secret=False,
        options=[_("Yes, they stay"), _("No, we choose anew"), _("I leave it to the others")],
        electorate=electorate,
        closes_at=in_the_evening(bench.now, bench.rules.election_days),
        most=1,
        measure=Measure(Majority.HALF),
        by=SITE,
        now=bench.now,
    )
    go(election, "open_vote", poll=poll)
    tell_of(election, "vote", with_people(electorate), bench.now)
