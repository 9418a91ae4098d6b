"""One shape for every life cycle: a table of verb -> (from states, to state), and one way to look a step up."""

from collections.abc import Mapping
from typing import NamedTuple

from people.decisions import Conflict


class Step(NamedTuple):
    """A verb leads from any of these states to that one."""

    sources: frozenset[str]
    target: str


def step(*sources: str, to: str) -> Step:
    """Write a row of a life cycle's table."""
    return Step(frozenset(sources), to)


def target(table: Mapping[str, Step], verb: str, state: str, *, said: str) -> str:
    """Return the state that `verb` leads to; raise `Conflict` with `said` where it can't start from `state`."""
    row = table[verb]
    if state not in row.sources:
        raise Conflict(said)
    return row.target
