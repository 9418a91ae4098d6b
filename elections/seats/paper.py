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

    Never more than the `places` on the paper, so that nothing beyond them is told (safety checks, 4.6). Somebody
    whose own seat ends soon goes on in it; the others get the seats in the order in which they fall free.
    """
    free = bench.free()
    seated = list(chosen[: min(len(free), places)])
    given = []
    for row in sorted(seated, key=lambda row: _own_end(bench, row) is None):
        own = _own_end(bench, row)
        starts = own if own in free else free[0]
        free.remove(starts)
        given.append(Given(row, Office.TOP_THREE, starts, term_end(bench, starts)))
    already = {term.membership_id for term in bench.held(Office.ALTERNATE)} - {row.candidate_id for row in seated}
    wanted = max(0, bench.rules.alternates - len(already))
    rest = [row for row in chosen[len(seated) : places] if row.candidate_id not in already]
    ends = max((one.ends_at for one in given), default=term_end(bench, bench.now))
    return given + [Given(row, Office.ALTERNATE, bench.now, ends) for row in rest[:wanted]]


def _own_end(bench: Bench, row: Nomination) -> datetime | None:
    own = (term for term in bench.held(Office.TOP_THREE) if term.membership_id == row.candidate_id)
    return next((term.ends_at for term in own), None)


def term_end(bench: Bench, starts: datetime) -> datetime:
    """When a term that starts then ends: so many weeks on, at noon by London's clock."""
    return first_moment(day_of(starts) + timedelta(weeks=bench.rules.term_weeks), NOON)
