"""The access table's own words: the roles, and what a row says. Each app offers its rows (`access.ROWS`), `peernet`
collects them; one test holds every address against them (domain, section 5)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Every standing that somebody can meet the site in; one person of the cast is each."""

    SIGNED_OUT = "signed out"
    STRANGER = "belongs nowhere"
    ELSEWHERE = "of another community"
    PROSPECTIVE = "prospective"
    ACTIVE = "active"
    ON_A_BREAK = "on a break"
    INACTIVE = "inactive"
    SUSPENDED_BOARD = "suspended from the board"
    SUSPENDED_ALL = "suspended from everything"
    LEFT = "left"
    TOP_THREE = "Top Three"
    ALTERNATE = "alternate"
    CARETAKER = "caretaker"
    TERM_ENDED = "term ended"
    STAFF = "staff"


EVERYBODY = frozenset(Role)
SIGNED_IN = EVERYBODY - {Role.SIGNED_OUT}
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Row:
    """One address: who gets its page, and who may send its form. To everybody else it is missing (404), or asks a
    signed-out person to sign in. `own`: the thing at it is the asker's own; another's is missing to all."""

    reads: frozenset[Role]
    sends: frozenset[Role] = NOBODY
    own: bool = False
    why: str = ""
