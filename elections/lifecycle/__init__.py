"""The life cycles of elections: of a vote, and of what is decided by one."""

from elections.lifecycle.elections import (
    ELECTION_STEPS,
    RUNNING,
    STANDING_STEPS,
    ElectionKind,
    ElectionState,
    StandingState,
    WhyEnded,
)
from elections.lifecycle.polls import POLL_STEPS, Majority, PollState

__all__ = [
    "ELECTION_STEPS",
    "POLL_STEPS",
    "RUNNING",
    "STANDING_STEPS",
    "ElectionKind",
    "ElectionState",
    "Majority",
    "PollState",
    "StandingState",
    "WhyEnded",
]
