"""Standing in an election: one's own name, another's, a yes or a no, and thinking better of it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import access_membership, lock_membership
from elections.lifecycle import STANDING_STEPS, ElectionState, StandingState
from elections.models import Election, Nomination
from elections.seats.bench import bench_of
from elections.seats.notifications import take_back_asking, tell_put_forward
from elections.seats.policies import may_be_chosen, may_nominate
from elections.seats.queries import access_election, access_nomination, lock_election
from people.decisions import Conflict, require
from people.transitions import target


@transaction.atomic
def stand(*, election: Election, by: Membership) -> Nomination:
    """Put one's own name forward. Any active member whose seat does not go on; sent twice it is once.

    Raises `Refused` with the reason, Http404 for another community's election.
    """
    member, row, now = _enter(election, by)
    require(may_nominate(member, row, now))
    require(may_be_chosen(member, bench_of(row.community, now)))
    own = row.nominations.select_for_update().filter(candidate=member).first()
    if own is None:
        own = _put_down(row, member, member, StandingState.STANDING, now)
        _record(own, "stand in election", member, now)
    elif own.state != StandingState.STANDING:
        _go(own, "stand_after_all", now)
        take_back_asking(own, now)
        _record(own, "stand in election", member, now)
    return own


@transaction.atomic
def nominate(*, election: Election, candidate: Membership, by: Membership) -> None:
    """Put another's name forward; they are told, and say yes or no themselves. Any active member.

    Says the same whether or not somebody asked them before: a "no" is theirs alone to tell. Raises `Refused`, Http404.
    """
    if candidate.pk == by.pk:
        stand(election=election, by=by)
        return
    member, row, now = _enter(election, by)
    require(may_nominate(member, row, now))
    other = access_membership(member, candidate.pk)
    require(may_be_chosen(other, bench_of(row.community, now)))
    if _stands_on_the_list(row, other):
        return
    asked = _put_down(row, other, member, StandingState.ASKED, now)
    tell_put_forward(asked, now)
    _record(asked, "put forward", member, now)


@transaction.atomic
def answer(*, nomination: Nomination, by: Membership, yes: bool) -> Nomination:
    """Say yes or no to having been put forward. The one it is about; the same answer twice is once.

    Raises `Refused` once the time is over, `Conflict` where it was answered otherwise meanwhile.
    """
    own, member, now = _own(nomination, by)
    wanted = StandingState.STANDING if yes else StandingState.DECLINED
    if own.state == wanted:
        return own
    if yes:
        require(may_nominate(member, own.election, now))
        require(may_be_chosen(member, bench_of(own.election.community, now)))
    _go(own, "accept" if yes else "decline", now)
    take_back_asking(own, now)
    _record(own, "stand in election" if yes else "decline to stand", member, now)
    return own


@transaction.atomic
def withdraw(*, nomination: Nomination, by: Membership) -> Nomination:
    """No longer stand, until the votes are counted; on the voting paper the name stays, and the count passes it over.

    The one it is about, in any state; no reason is asked. Raises `Conflict` once it is counted.
    """
    own, member, now = _own(nomination, by)
    if own.state == StandingState.WITHDRAWN:
        return own
    if own.election.state not in {ElectionState.NOMINATING, ElectionState.VOTING}:
        raise Conflict(_("This election is over. If you hold a seat, you can step down from it at any time."))
    _go(own, "withdraw", now)
    _record(own, "withdraw from election", member, now)
    return own


def _stands_on_the_list(election: Election, member: Membership) -> bool:
    return election.nominations.filter(candidate=member).exists()


def _enter(election: Election, by: Membership) -> tuple[Membership, Election, datetime]:
    member = lock_membership(by)
    row = lock_election(access_election(member, election.pk).pk)
    return member, row, clock.now()


def _own(nomination: Nomination, by: Membership) -> tuple[Nomination, Membership, datetime]:
    member = lock_membership(by)
    own = access_nomination(member, nomination.pk)
    election = lock_election(own.election_id)
    own = Nomination.objects.select_for_update(of=("self",)).get(pk=own.pk)
    own.election = election
    return own, member, clock.now()


def _put_down(
    election: Election, candidate: Membership, by: Membership, state: StandingState, now: datetime
) -> Nomination:
    return Nomination.objects.create(
        election=election, candidate=candidate, proposed_by=by, state=state, made_at=now, changed_at=now
    )


def _go(nomination: Nomination, verb: str, now: datetime) -> None:
    said = _("You have answered this meanwhile. Please look again.")
    nomination.state = target(STANDING_STEPS, verb, nomination.state, said=said)
    nomination.changed_at = now
    nomination.save(update_fields=["state", "changed_at"])


def _record(nomination: Nomination, verb: str, by: Membership, now: datetime) -> None:
    chain, subject = nomination.election.community.chain, nomination.election.ref
    record(chain=chain, verb=verb, actor=by.ref, subject=subject, at=now)
