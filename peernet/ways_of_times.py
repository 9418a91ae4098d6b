"""The ways of a poll of times and of a piece of local life, drawn from their tables (peernet.ways)."""

from meetings.lifecycle import local, polls
from peernet.ways import MADE, diagram, from_the_first, steps_table


def way_of_a_poll_of_times() -> str:
    """The states of a poll of times, and of a piece of local life."""
    return "\n".join(
        [
            "# The way of a poll of times, and of a piece of local life\n",
            MADE,
            "Source: `meetings/lifecycle/polls.py`. That nobody can answer any more follows from the time.\n",
            *diagram(from_the_first(polls.TimesState.OPEN, polls.TIMES_STEPS)),
            *steps_table(polls.TIMES_STEPS),
            "## A piece of local life\n",
            *diagram(from_the_first(local.LocalState.SHOWN, local.LOCAL_STEPS)),
            *steps_table(local.LOCAL_STEPS),
        ]
    )
