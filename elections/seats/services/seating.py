"""What follows from an election: whoever was chosen gets an office, in the transaction of the count."""

from datetime import datetime

from communities.lifecycle import Office
from communities.models import TermOfOffice
from communities.services import start_term
from elections import outcomes
from elections.counting import Result
from elections.lifecycle import ElectionKind, StandingState
from elections.models import Election, Nomination, Poll
from elections.seats import notifications
from elections.seats.bench import Bench, bench_of
from elections.seats.headings import heading
from elections.seats.paper import PURPOSE, Given, share_out
from elections.seats.policies import may_be_chosen, may_follow_elections
from elections.seats.queries import election_of, lock_election, lock_seats, standing_in
from elections.seats.services.minding import see_to_two
from elections.seats.services.steps import go, note


def register() -> None:
    """Say what follows from votes in elections; called once, as the site starts."""
    outcomes.register(
        PURPOSE,
        on_closed=carry_out,
        heading=heading,
        back_to=lambda poll: notifications.path_to(election_of(poll)),
        on_again=_tell_again,
        may_see=may_follow_elections,
        seated=seated_by,
    )


def seated_by(poll: Poll) -> frozenset[int]:
    """Who was given an office by this vote, by their number on the paper. One query."""
    given = Nomination.objects.filter(election__poll=poll).exclude(elected_as="").values_list("option", flat=True)
    return frozenset(option for option in given if option is not None)


def carry_out(poll: Poll, result: Result) -> None:
    """Carry out what was chosen. Called once, in the transaction of the count, with the vote locked."""
    election = lock_election(election_of(poll).pk)
    now = poll.ended_at or poll.closes_at
    notifications.end_notices(election, now)
    if election.kind == ElectionKind.CONFIRMATION:
        _confirm(election, result, now)
    elif not result.ballots:
        # Nobody voted, so nobody was chosen; the lot alone gives no office. The next look opens it anew.
        go(election, "leave_undecided", ended_at=now)
        note(election, "leave election undecided", now, {})
    else:
        _seat(election, result, now)


def _confirm(election: Election, result: Result, now: datetime) -> None:
    # With nobody voting they stay: to end it somebody must have said no.
    confirmed = bool(result.passed) or not result.ballots
    go(election, "decide", ended_at=now, confirmed=confirmed)
    facts = {"confirmed": confirmed, "ballots": result.ballots}
    note(election, "vote on caretakers", now, facts)


def _seat(election: Election, result: Result, now: datetime) -> None:
    lock_seats(election.community)
    bench = bench_of(election.community, now)
    given = share_out(bench, _chosen(election, result, bench), election.places)
    go(election, "decide", ended_at=now)
    for one in given:
        _give(election, one, bench)
    see_to_two(election.community, now)
    if given:
        notifications.tell_seats_changed(election.community, f"election-{election.pk}", now)
    seats = sum(one.office == Office.TOP_THREE for one in given)
    note(election, "decide election", now, {"seats": seats, "alternates": len(given) - seats})


def _chosen(election: Election, result: Result, bench: Bench) -> list[Nomination]:
    """Those on the paper in the order of the count, without those who can't or won't any more."""
    by_option = {row.option: row for row in standing_in(election) if row.state == StandingState.STANDING}
    rows = [by_option[option] for option in result.ranking if option in by_option]
    return [row for row in rows if may_be_chosen(row.candidate, bench)]


def _give(election: Election, one: Given, bench: Bench) -> None:
    member = one.nomination.candidate
    member.community = election.community
    if one.office == Office.TOP_THREE:
        # Nobody is alternate to themselves.
        own = TermOfOffice.objects.not_over(bench.now).filter(membership=member, office=Office.ALTERNATE)
        own.update(ended_at=max(one.starts_at, bench.now))
    start_term(membership=member, office=one.office, by=election.ref, starts_at=one.starts_at, ends_at=one.ends_at)
    one.nomination.elected_as = one.office
    one.nomination.save(update_fields=["elected_as"])
    notifications.tell_elected(election, member, bench.now)


def _tell_again(poll: Poll) -> None:
    """The vote is held again: whoever has voted is asked again."""
    election = lock_election(election_of(poll).pk)
    voters = [line.membership for line in poll.roll.select_related("membership__person")]
    notifications.end_notices(election, poll.opened_at)
    notifications.tell_of(election, "vote", voters, poll.opened_at, again=poll.attempt)
