"""Elections and seats in words and rows for their pages. No query."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.lifecycle import DECIDING_OFFICES, Office, State
from communities.models import Membership, TermOfOffice
from communities.queries import FEWEST_TO_OPEN
from elections.lifecycle import ElectionKind, StandingState
from elections.models import Election, Nomination
from elections.seats.bench import Bench
from elections.seats.headings import asks
from elections.seats.queries import Former
from people.decisions import YES, Decision, no

IN_ORDER = (Office.TOP_THREE, Office.CARETAKER, Office.ALTERNATE)


@dataclass(frozen=True)
class Seat:
    """One line of "who holds which seat until when"."""

    name: str
    office: str
    term: TermOfOffice
    begins_later: bool = False


def seats(bench: Bench) -> list[Seat]:
    """Every office that is held, then those that begin later."""
    now = [_seat(term) for office in IN_ORDER for term in bench.held(office)]
    return now + [replace(_seat(term), begins_later=True) for office in IN_ORDER for term in bench.coming(office)]


def _seat(term: TermOfOffice) -> Seat:
    return Seat(term.membership.display_name, str(Office(term.office).label), term)


def empty_seats(bench: Bench) -> str:
    """How many seats nobody holds, in words; "" for none."""
    empty = bench.rules.seats - len(bench.held(Office.TOP_THREE))
    if empty <= 0:
        return ""
    return ngettext("%(n)s seat is empty just now.", "%(n)s seats are empty just now.", empty) % {"n": empty}


def own_terms(bench: Bench, membership: Membership) -> list[TermOfOffice]:
    """What somebody can give back."""
    return [term for term in bench.terms if term.membership_id == membership.pk]


def own_former(known: Iterable[Former], membership: Membership) -> Former | None:
    """Whether somebody could stand in, and has said that they would."""
    return next((former for former in known if former.membership.pk == membership.pk), None)


def may_stand_in(known: Iterable[Former], membership: Membership) -> Decision:
    """Whoever holds or held an office that decides."""
    return YES if own_former(known, membership) else no(_("This is for those who held an office here."))


def without(bench: Bench, term: TermOfOffice) -> str:
    """What stepping down would leave, in words; "" where enough others are left."""
    left = {
        other.membership_id
        for other in bench.held(*DECIDING_OFFICES)
        if other.pk != term.pk and other.membership_id != term.membership_id
    }
    if term.office not in DECIDING_OFFICES or len(left) >= FEWEST_TO_OPEN:
        return ""
    if bench.held(Office.ALTERNATE):
        return _("Without you, fewer than two are left who decide. An alternate stands in at once.")
    return _(
        "Without you, fewer than two are left who decide. If nobody stands in, the board closes for writing until "
        "somebody does. You may still step down. If you can, tell the others first."
    )


@dataclass(frozen=True)
class Candidate:
    """Somebody who stands, or stood. `is_out`: not any more; why, nobody is told."""

    name: str
    elected_as: str
    is_out: bool


def candidates(row: Election, standing: Iterable[Nomination]) -> list[Candidate]:
    """Who stands, as others see it: who went away meanwhile is left out, or on the paper already, and then out."""
    return [
        Candidate(one.candidate.display_name, _elected_as(one), _is_out(row, one))
        for one in standing
        if one.option is not None or not _is_out(row, one)
    ]


def _is_out(row: Election, one: Nomination) -> bool:
    gone = row.is_running and one.candidate.state != State.ACTIVE
    return gone or one.state == StandingState.WITHDRAWN


def _elected_as(one: Nomination) -> str:
    return str(Office(one.elected_as).label) if one.elected_as else ""


@dataclass(frozen=True)
class Shown:
    """An election in words."""

    election: Election
    title: str
    asks: str
    state: str


def election(row: Election) -> Shown:
    """An election as lists and pages call it."""
    return Shown(row, str(ElectionKind(row.kind).label).capitalize(), asks(row), _state(row))


def _state(row: Election) -> str:
    if row.confirmed is None:
        return str(row.get_state_display())
    return _("decided: they stay") if row.confirmed else _("decided: we choose anew")
