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


class _Story:
    """The turns so far, by what is asked of them: last turns, weeks with one, who is beside whom."""

    def __init__(self, turns: Iterable[Turn]) -> None:
        self.last: dict[int, datetime] = {}
        self.last_as: dict[tuple[int, str], datetime] = {}
        self.weeks: set[tuple[int, date]] = set()
        self.in_session: dict[int, set[int]] = {}
        for turn in turns:
            self.add(turn)

    def add(self, turn: Turn) -> None:
        member, role = turn.member, (turn.member, turn.role)
        self.last[member] = max(turn.at, self.last.get(member, NEVER))
        self.last_as[role] = max(turn.at, self.last_as.get(role, NEVER))
        self.weeks.add((member, week_of(turn.at)))
        self.in_session.setdefault(turn.session, set()).add(member)

    def waited(self, member: int, role: str) -> tuple[datetime, datetime, int]:
        """Since when: the smallest has waited longest."""
        return self.last.get(member, NEVER), self.last_as.get((member, role), NEVER), member


def share_out(needs: Iterable[Need], turns: Iterable[Turn], willing: Willing) -> list[Turn]:
    """Give out what is needed, in its order; what nobody is there for is left out (nobody is pressed)."""
    story, given = _Story(turns), []
    for need in needs:
        able = _able(need, story, willing)
        if able:
            member = min(able, key=lambda one: story.waited(one, need.role))
            given.append(Turn(need.session, need.at, need.role, member))
            story.add(given[-1])
    return given


def _able(need: Need, story: _Story, willing: Willing) -> list[int]:
    comes, week = willing.by_session.get(need.session, ()), week_of(need.at)
    beside = story.in_session.get(need.session, ())
    return [
        member
        for member in willing.by_role.get(need.role, ())
        if member in comes and (member, week) not in story.weeks and goes_beside(member, beside, willing.apart)
    ]


def goes_beside(member: int, beside: Iterable[int], apart: Collection[frozenset[int]]) -> bool:
    """Whether somebody may have a turn where these others have one: two who are kept apart are never put together
    (domain, section 8). The rule of the rota and of every turn taken or given by hand."""
    return not any(frozenset({member, other}) in apart for other in beside)


def week_of(at: datetime) -> date:
    """The Monday of this moment's week, by London's clock."""
    day = day_of(at)
    return day - timedelta(days=day.weekday())
