"""The ways of a poll of times, of local life, of groups, sessions and records, from their tables (peernet.ways)."""

from meetings.lifecycle import local, logbook, polls, timetable
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


def way_of_a_session() -> str:
    """The states of a group, of a session and of a place; the steps of a record."""
    return "\n".join(
        [
            "# The way of a group, a session and a place\n",
            MADE,
            "Source: `meetings/lifecycle/timetable.py` and `logbook.py` ([ADR 0035](../adr/0035-the-timetable.md)).",
            "That a session is over follows from the time. One that the rule names no more is `dropped`.\n",
            "## A group\n",
            *diagram(from_the_first(timetable.GroupState.RUNNING, timetable.GROUP_STEPS)),
            *steps_table(timetable.GROUP_STEPS),
            "## A session\n",
            *diagram(from_the_first(timetable.SessionState.PLANNED, timetable.SESSION_STEPS)),
            *steps_table(timetable.SESSION_STEPS),
            "## A place\n",
            *diagram(from_the_first(timetable.VenueState.IN_USE, timetable.VENUE_STEPS)),
            *steps_table(timetable.VENUE_STEPS),
            "## The record of a session, and what somebody proposes for it\n",
            *steps_table(logbook.LOGBOOK_STEPS),
            *steps_table(logbook.PROPOSAL_STEPS),
        ]
    )
