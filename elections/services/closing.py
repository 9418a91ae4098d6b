"""Closing votes at their time, drawing the lot, counting, and holding a vote again whose key is lost (ADR 0022).

Two transactions: the close puts the lot on record; only then is the box opened. Either may be broken off: what is due
stands in the row, and whoever looks next goes on.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from communities.models import Community, Membership
from elections import ballots, keys, outcomes
from elections.counting import Measure, Result, count, fingerprint
from elections.lifecycle import POLL_STEPS, Majority, PollState
from elections.models import Box, Elector, OpenVote, Poll
from elections.queries import due_polls, lock_poll, polls_without_key
from elections.services.polls import destroy_key_after_commit, first_box, note, open_box
from people.transitions import target

log = logging.getLogger("peernet.elections")
SITE = "site"


def close_due(community: Community | None = None) -> int:
    """Close and count every vote whose time has come, of one community or of all; returns how many were looked at.

    Run each half minute by the sweep, and asked by the pages of votes, so that a vote closes while no job runs. Safe
    at any time and twice at once. One that fails stays as it is for the next time and keeps no other from its count.
    """
    due = due_polls(clock.now(), community)
    for pk in due:
        _one_by_one(_close, pk) and _one_by_one(_count, pk)
    return len(due)


def hold_again_without_key() -> int:
    """Hold every vote again whose key is gone while it goes on (safety checks, "Votes"); returns how many."""
    without = polls_without_key()
    for pk in without:
        _one_by_one(_hold_lost_again, pk)
    return len(without)


def destroy_spent_keys() -> int:
    """Destroy keys that outlived their vote, where the count was broken off just before; returns how many."""
    names = keys.names()
    states = dict(Poll.objects.filter(key_name__in=names).values_list("key_name", "state"))
    now = clock.now()
    over = {PollState.COUNTED, PollState.CANCELLED}
    spent = [name for name in names if (states[name] in over if name in states else keys.is_nobodys(name, now))]
    for name in spent:
        with suppress(OSError):
            keys.destroy(name)
    return len(spent)


def _one_by_one(step: Callable[[int], None], pk: int) -> bool:
    try:
        step(pk)
    except Exception as fault:
        log.error("a vote could not go on", extra={"facts": {"poll": pk, "fault": type(fault).__name__}})
        return False
    return True


@transaction.atomic
def _close(pk: int) -> None:
    poll = lock_poll(pk)
    now = clock.now()
    if poll.state != PollState.OPEN or now < poll.closes_at:
        return
    poll.state = target(POLL_STEPS, "close", poll.state, said="")
    poll.closed_at = now
    poll.lot = fingerprint(bytes(Box.objects.get(poll=poll).sealed))
    poll.save(update_fields=["state", "closed_at", "lot"])
    note(poll, "close vote", by=SITE, now=now, facts={"lot": poll.lot})


@transaction.atomic
def _count(pk: int) -> None:
    _lock_roll(pk)
    poll = lock_poll(pk)
    now = clock.now()
    if poll.state != PollState.CLOSED:
        return
    try:
        given = _ballots_of(poll)
    except (keys.KeyLost, ballots.BoxBroken) as fault:
        _hold_again(poll, why=type(fault).__name__, now=now)
        return
    result = _counted(poll, given)
    poll.state = target(POLL_STEPS, "count", poll.state, said="")
    poll.ended_at, poll.outcome = now, what_may_be_kept(result)
    poll.save(update_fields=["state", "ended_at", "outcome"])
    destroy_key_after_commit(poll.key_name)
    outcomes.of(poll.purpose).on_closed(poll, result)
    facts = {"ballots": result.ballots, "roll": result.electorate, "passed": result.passed}
    note(poll, "count vote", by=SITE, now=now, facts=facts)


def _lock_roll(pk: int) -> None:
    """Memberships before the vote: what follows from it may change one of them, and nobody waits in a circle."""
    on_roll = Elector.objects.filter(poll=pk).values("membership")
    list(Membership.objects.filter(pk__in=on_roll).order_by("pk").select_for_update(of=("self",), no_key=True))


def _ballots_of(poll: Poll) -> list[ballots.Ballot]:
    if not poll.secret:
        return [frozenset(choices) for choices in OpenVote.objects.filter(poll=poll).values_list("choices", flat=True)]
    given = [place for place in open_box(poll, keys.read(poll.key_name)) if place is not None]
    if len(given) != Elector.objects.filter(poll=poll, has_voted=True).count():
        raise ballots.BoxBroken
    return given


def _counted(poll: Poll, given: list[ballots.Ballot]) -> Result:
    measure = Measure(Majority(poll.majority), poll.quorum) if poll.majority else None
    return count(
        given,
        options=len(poll.options),
        electorate=poll.electorate,
        lot=poll.lot,
        seats=poll.seats,
        measure=measure,
        secret=poll.secret,
    )


def what_may_be_kept(result: Result) -> dict[str, Any]:
    """What of a count may stand in a row: while figures may not be said, the winners alone (safety checks, 4.6)."""
    figures = result.figures
    return {
        "winners": list(result.winners),
        "passed": result.passed,
        "quorate": result.quorate,
        "ballots": result.ballots,
        "by_lot": result.by_lot,
        "figures": None if figures is None else [figures[option] for option in sorted(figures)],
    }


@transaction.atomic
def _hold_lost_again(pk: int) -> None:
    poll = lock_poll(pk)
    if poll.state in {PollState.OPEN, PollState.CLOSED} and not keys.exists(poll.key_name):
        _hold_again(poll, why="KeyLost", now=clock.now())


def _hold_again(poll: Poll, *, why: str, now: datetime) -> None:
    """The same vote once more, with the same options and roll, for as long as the first time."""
    lasts, old_key = poll.closes_at - poll.opened_at, poll.key_name
    poll.state = target(POLL_STEPS, "hold_again", poll.state, said=_("This vote is over already."))
    poll.opened_at, poll.closes_at, poll.closed_at, poll.lot = now, now + lasts, None, ""
    poll.attempt += 1
    poll.key_name = keys.make()
    poll.save()
    Elector.objects.filter(poll=poll).update(has_voted=False)
    Box.objects.filter(poll=poll).update(sealed=first_box(poll))
    destroy_key_after_commit(old_key)
    again = outcomes.of(poll.purpose).on_again
    if again is not None:
        again(poll)
    note(poll, "hold vote again", by=SITE, now=now, facts={"why": why, "attempt": poll.attempt})
