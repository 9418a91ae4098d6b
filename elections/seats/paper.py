"""The voting paper of an election: in which order the names stand, and who gets what when it is counted. No query."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clock.london import day_of, first_moment
from communities.lifecycle import Office
from elections.models import Election, Nomination
from elections.seats.bench import Bench

PURPOSE = "election"
# Offices change hands at noon, when nobody has to get up for it.
NOON = time(12)


def in_drawn_order(election: Election, standing: Iterable[Nomination]) -> list[Nomination]:
    """Those who stand in an order that nobody chose: who comes first on a paper is ticked more often."""
    return sorted(standing, key=lambda row: hashlib.sha256(f"{election.ref}:{row.pk}".encode()).digest())


@dataclass(frozen=True)
class Given:
    """An office that an election gives."""

    nomination: Nomination
    office: Office
    starts_at: datetime
    ends_at: datetime


def share_out(bench: Bench, chosen: Sequence[Nomination], places: int) -> list[Given]:
    """Who gets a seat and from when, and who is alternate: `chosen` in the order of the ranking.

    As many as are free at the count, and never more than `places`; who gets nothing is told nothing of the ranking
    (safety checks, 4.6). Somebody whose own seat ends soon goes on in it; the others get the seats in the order in
    which they fall free.
    """
    free = bench.free()
    seated = list(chosen[: min(len(free), places)])
    given = []
    for row in sorted(seated, key=lambda row: _own_end(bench, row, Office.TOP_THREE) is None):
        own = _own_end(bench, row, Office.TOP_THREE)
        starts = own if own in free else free[0]
        free.remove(starts)
        given.append(Given(row, Office.TOP_THREE, starts, term_end(bench, starts)))
    ends = max((one.ends_at for one in given), default=term_end(bench, bench.now))
    return given + _alternates(bench, chosen[len(seated) : places], {row.candidate_id for row in seated}, ends)


def _alternates(bench: Bench, rest: Sequence[Nomination], seated: set[int], ends: datetime) -> list[Given]:
    go_on = bench.lasting_alternates()
    wanted = max(0, bench.rules.alternates - len(go_on - seated))
    new = [row for row in rest if row.candidate_id not in go_on][:wanted]
    return [Given(row, Office.ALTERNATE, _own_end(bench, row, Office.ALTERNATE) or bench.now, ends) for row in new]


def _own_end(bench: Bench, row: Nomination, office: Office) -> datetime | None:
    own = (term for term in bench.held(office) if term.membership_id == row.candidate_id)
    return next((term.ends_at for term in own), None)


def term_end(bench: Bench, starts: datetime) -> datetime:
    """When a term that starts then ends: so many weeks on, at noon by London's clock."""
    return first_moment(day_of(starts) + timedelta(weeks=bench.rules.term_weeks), NOON)
