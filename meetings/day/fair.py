"""Whose turn it is to chair, to write, to look after the room: whoever had one least lately. A pure function.

Deterministic, so that anybody can follow it: of those who are willing and can come, the one whose last turn of any kind
lies longest ago; then the one whose last turn of this kind does; then the lower number. One turn a session, one a week.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from clock.london import day_of

NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Need:
    """A session in which nobody does this yet."""

    session: int
    at: datetime
    role: str


@dataclass(frozen=True)
class Turn:
    """Somebody does, or did, this in a session."""

    session: int
    at: datetime
    role: str
    member: int


@dataclass(frozen=True)
class Willing:
    """Who may be given a turn: by role, those who are willing; by session, those who come to it; pairs kept apart."""

    by_role: Mapping[str, Collection[int]]
    by_session: Mapping[int, Collection[int]]
    apart: Collection[frozenset[int]] = ()


def share_out(needs: Iterable[Need], turns: Iterable[Turn], willing: Willing) -> list[Turn]:
    """Give out what is needed, in its order; what nobody is there for is left out (nobody is pressed)."""
    had, given = list(turns), []
    for need in needs:
        able = [member for member in sorted(willing.by_role.get(need.role, ())) if _can(member, need, had, willing)]
        if able:
            turn = Turn(need.session, need.at, need.role, min(able, key=lambda one: _waited(one, need.role, had)))
            had.append(turn)
            given.append(turn)
    return given


def _can(member: int, need: Need, had: Collection[Turn], willing: Willing) -> bool:
    if member not in willing.by_session.get(need.session, ()):
        return False
    week = week_of(need.at)
    if any(turn.member == member and week_of(turn.at) == week for turn in had):
        return False
    beside = [turn.member for turn in had if turn.session == need.session]
    return not any(frozenset({member, other}) in willing.apart for other in beside)


def _waited(member: int, role: str, had: Collection[Turn]) -> tuple[datetime, datetime, int]:
    own = [turn for turn in had if turn.member == member]
    last = max((turn.at for turn in own), default=NEVER)
    return last, max((turn.at for turn in own if turn.role == role), default=NEVER), member


def week_of(at: datetime) -> date:
    """The Monday of this moment's week, by London's clock."""
    day = day_of(at)
    return day - timedelta(days=day.weekday())
