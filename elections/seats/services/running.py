"""Elections begin and go on by themselves: what is needed is opened, and what is due goes on (domain, section 2)."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

import clock
from communities.handing_over import last_end
from communities.lifecycle import Kind
from communities.models import Community, Membership
from communities.queries import has_had_top_three, members_of_kind
from elections.lifecycle import ElectionKind, ElectionState, StandingState
from elections.models import Election, Nomination
from elections.queries import electorate_of
from elections.seats import notifications
from elections.seats.bench import Bench, bench_of
from elections.seats.paper import PURPOSE, in_drawn_order
from elections.seats.policies import may_be_chosen
from elections.seats.queries import (
    due_nominations,
    had_election_since,
    last_confirmation,
    lock_election,
    running,
    standing_in,
)
from elections.seats.services.confirming import open_confirmation_if_due
from elections.seats.services.minding import SITE, see_to_two
from elections.seats.services.steps import go, in_the_evening, note
from elections.services.closing import close_due
from elections.services.polls import open_poll

log = logging.getLogger("peernet.elections")
# The first election opens when so many members are active (domain, section 2).
ENOUGH_MEMBERS = 5


def follow_up_seats(community: Community | None = None, *, only_if_due: bool = False) -> int:
    """See to it that two can decide, open the elections that are needed and let those go on that are due.

    Run each half minute by the sweep for all communities, and asked by the pages of one. Safe at any time and twice at
    once. One that fails keeps no other from its turn. `only_if_due`: a page asks, so that what is due goes on while no
    job runs, and costs two queries where nothing is. Returns how many went on.
    """
    due = due_nominations(clock.now(), community)
    for pk in due:
        _one_by_one(_close_nominations, pk)
    counted = close_due(community) if only_if_due else 0
    if only_if_due and not due:
        return counted
    pks = [community.pk] if community else Community.objects.order_by("pk").values_list("pk", flat=True)
    for pk in pks:
        _one_by_one(_see_to, pk)
    return len(due)


def _one_by_one(step: Callable[[int], None], pk: int) -> None:
    try:
        step(pk)
    except Exception as fault:
        log.error("an election could not go on", extra={"facts": {"about": pk, "fault": type(fault).__name__}})


@transaction.atomic
def _see_to(pk: int) -> None:
    community = Community.objects.get(pk=pk)
    see_to_two(community, clock.now())
    # Read after the lock, which is kept to the end.
    now = clock.now()
    bench = bench_of(community, now)
    kind = _needed(bench)
    if kind is not None:
        _open(bench, kind)
    open_confirmation_if_due(bench)


def _needed(bench: Bench) -> ElectionKind | None:
    """Which election is to be opened now, if any."""
    if running(bench.community) is not None:
        return None
    if not has_had_top_three(bench.community):
        return ElectionKind.FIRST if _is_time_for_the_first(bench) else None
    free = bench.free()
    if not free:
        return None
    return ElectionKind.BY_ELECTION if free[0] <= bench.now else ElectionKind.ORDINARY


def _is_time_for_the_first(bench: Bench) -> bool:
    if members_of_kind(bench.community, Kind.MEMBER).count() >= ENOUGH_MEMBERS:
        return True
    if not bench.is_safe and last_end(bench.community, bench.now):
        return True  # A caretaker has gone and nobody can step in: the place is not left alone until there are five.
    last = last_confirmation(bench.community)
    # Members have said that the caretakers shall not stay: they choose, however few they are.
    return last is not None and last.confirmed is False and not had_election_since(bench.community, last.opened_at)


def _open(bench: Bench, kind: ElectionKind) -> None:
    closes = in_the_evening(bench.now, bench.rules.nomination_days)
    election = Election.objects.create(
        community=bench.community,
        kind=kind,
        state=ElectionState.NOMINATING,
        opened_at=bench.now,
        nominations_close_at=closes,
    )
    notifications.tell_of(election, "open", notifications.members_of(bench.community), bench.now)
    facts = {"kind": str(kind), "seats": len(bench.free()), "closes": closes.isoformat()}
    note(election, "open election", bench.now, facts)


@transaction.atomic
def _close_nominations(pk: int) -> None:
    election = lock_election(pk)
    now = clock.now()
    if election.state != ElectionState.NOMINATING or election.nominations_close_at is None:
        return
    if now < election.nominations_close_at:
        return
    bench = bench_of(election.community, now)
    standing = [row for row in standing_in(election) if may_be_chosen(row.candidate, bench)]
    electorate = electorate_of(election.community)
    _forget_unanswered(election, now)
    if not bench.free():
        go(election, "call_off", ended_at=now)
        notifications.end_notices(election, now)
        note(election, "call off election", now, {})
    elif standing and electorate:
        _open_vote(election, bench, standing, electorate)
    else:
        _wait_longer(election, bench)


def _forget_unanswered(election: Election, now: datetime) -> None:
    for row in election.nominations.filter(state=StandingState.ASKED):
        notifications.take_back_asking(row, now)


def _wait_longer(election: Election, bench: Bench) -> None:
    closes = in_the_evening(bench.now, bench.rules.nomination_days)
    times = election.prolonged + 1
    go(election, "wait_longer", nominations_close_at=closes, prolonged=times)
    if times == 1:  # Said once; after that it stays open, and nobody is pressed.
        people = notifications.members_of(election.community)
        notifications.tell_of(election, "waits", people, bench.now)
    note(election, "wait for somebody to stand", bench.now, {"times": times, "closes": closes.isoformat()})


def _open_vote(election: Election, bench: Bench, standing: list[Nomination], electorate: list[Membership]) -> None:
    paper = in_drawn_order(election, standing)
    for number, row in enumerate(paper):
        row.option = number
        row.save(update_fields=["option"])
    poll = open_poll(
        community=election.community,
        purpose=PURPOSE,
        subject=election.ref,
        secret=True,
        options=[row.candidate.display_name for row in paper],
        electorate=electorate,
        closes_at=in_the_evening(bench.now, bench.rules.election_days),
        most=None,
        seats=min(bench.places, len(paper)),
        by=SITE,
        now=bench.now,
    )
    # Should more seats fall empty before the count, this vote fills them too; never more than there are.
    go(election, "open_vote", poll=poll, places=bench.rules.seats + bench.rules.alternates)
    notifications.end_notices(election, bench.now)
    notifications.tell_of(election, "vote", notifications.with_people(electorate), bench.now)
