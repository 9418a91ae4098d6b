"""The ways that things go, drawn from the tables that lead them: for docs/pictures (peernet.pictures)."""

from collections.abc import Iterable, Mapping

from boards import lifecycle as posts
from communities import lifecycle as memberships
from crisisplans import lifecycle as plans
from elections.lifecycle import elections
from elections.lifecycle import polls as votes
from elections.motions import lifecycle as motions
from meetings import lifecycle as meetings
from meetings.lifecycle import attendance as absences
from moderation import lifecycle as decisions
from people.transitions import Step

MADE = "Made from the code by `python -m peernet.pictures`. Change the code, not this page.\n"

# An accepted post is two things to a reader, and time alone leads from one to the other (domain, section 6).
PAUSE, BOARD = "in_its_pause", "on_the_board"
Arrow = tuple[str, str, str]


def way_of_a_post() -> str:
    """The states of a post, its steps, and what time does."""
    arrows = [
        ("[*]", PAUSE, "write"),
        ("[*]", posts.State.HELD.value, "write, a person should look"),
        (PAUSE, BOARD, "visible_at has come"),
        *(arrow for verb, row in posts.STEPS.items() for arrow in _arrows_of_post(verb, row)),
    ]
    return "\n".join(
        [
            "# The way of a post\n",
            MADE,
            "Source: `boards/lifecycle.py`. *In its pause* and *on the board* are one state, `accepted`: on the board",
            "is accepted and `now >= visible_at` by the database's clock, so no worker moves a post there.\n",
            *diagram(arrows),
            *steps_table(posts.STEPS),
            "In its pause only: " + ", ".join(f"`{verb}`" for verb in sorted(posts.IN_ITS_PAUSE)) + ".",
            "A post that stands on the board can only be hidden. `release` leads to the later of two moments: the end",
            "of the pause, or now. `put_back` leaves `visible_at` as it was.\n",
            *_decisions_table(),
        ]
    )


def _arrows_of_post(verb: str, row: Step) -> Iterable[Arrow]:
    for source in sorted(row.sources):
        sources = [source]
        if source == posts.State.ACCEPTED:
            sources = [PAUSE if verb in posts.IN_ITS_PAUSE else BOARD]
        for start in sources:
            yield from ((start, end, _words(verb)) for end in _ends_of_post(verb, row))


def _ends_of_post(verb: str, row: Step) -> list[str]:
    if row.target != posts.State.ACCEPTED:
        return [str(row.target)]
    if verb == "put_back":
        return [BOARD]
    return [PAUSE, BOARD] if verb == "release" else [PAUSE]


def _decisions_table() -> Iterable[str]:
    yield "## What those who moderate may decide\n"
    yield "Source: `moderation/lifecycle/posts.py`. A removal takes two people, whatever the state; what one would take"
    yield "off the board is hidden until a second looked. The code has the rest (`moderation.policies.takes_two`).\n"
    yield "| state | decisions |"
    yield "| --- | --- |"
    for state, verbs in decisions.DECIDABLE.items():
        yield f"| {_words(state)} | {', '.join(f'`{verb}`' for verb in verbs)} |"
    yield ""


def way_of_a_membership() -> str:
    """The states of a membership and its steps."""
    arrows = [
        ("[*]", memberships.State.PROSPECTIVE.value, "join"),
        ("[*]", memberships.State.ACTIVE.value, "join (caretakers and staff)"),
        *((start, str(row.target), _words(verb)) for verb, row in memberships.STEPS.items() for start in row.sources),
    ]
    away = ", ".join(_words(state) for state in sorted(memberships.AWAY))
    return "\n".join(
        [
            "# The life cycle of a membership\n",
            MADE,
            f"Source: `communities/lifecycle.py`. To others, {away} all show as “away”.",
            "An office ends with every step that leads away from active.\n",
            *diagram(sorted(arrows)),
            *steps_table(memberships.STEPS),
        ]
    )


def way_of_a_vote() -> str:
    """The states of a vote and its steps."""
    arrows = [
        ("[*]", votes.PollState.OPEN.value, "open"),
        *((start, str(row.target), _words(verb)) for verb, row in votes.POLL_STEPS.items() for start in row.sources),
    ]
    return "\n".join(
        [
            "# The way of a vote\n",
            MADE,
            "Source: `elections/lifecycle/polls.py`. The close puts the lot on record, then the count opens the box:",
            "two transactions ([ADR 0022](../adr/0022-sealed-ballots.md)). A vote whose key is lost is held again.\n",
            *diagram(sorted(arrows)),
            *steps_table(votes.POLL_STEPS),
        ]
    )


def way_of_a_motion() -> str:
    """The states of a motion and its steps, and those of the words beside it."""
    arrows = [
        ("[*]", motions.MotionState.TALKING.value, "propose"),
        *(
            (start, str(row.target), _words(verb))
            for verb, row in motions.MOTION_STEPS.items()
            for start in row.sources
        ),
    ]
    return "\n".join(
        [
            "# The way of a motion\n",
            MADE,
            "Source: `elections/motions/lifecycle.py`. The vote opens by the clock; what is carried happens in the",
            "transaction of the count ([ADR 0024](../adr/0024-motions-happen-by-themselves.md)).\n",
            *diagram(sorted(arrows)),
            *steps_table(motions.MOTION_STEPS),
            "## The words beside it\n",
            *steps_table(motions.WORDS_STEPS),
        ]
    )


def way_of_a_suspension() -> str:
    """The states of a suspension and its steps; those of coming back, of keeping apart, of a death."""
    suspension = decisions.SuspensionState
    arrows = [
        ("[*]", suspension.PROPOSED.value, "begin, the first of two"),
        ("[*]", suspension.IN_FORCE.value, "a vote"),
        *(
            (start, str(row.target), _words(verb))
            for verb, row in decisions.SUSPENSION_STEPS.items()
            for start in row.sources
        ),
    ]
    return "\n".join(
        [
            "# The way of a suspension, and of what else touches a place here\n",
            MADE,
            "Source: `moderation/lifecycle/suspensions.py`, `deaths.py` and `communities/lifecycle.py`",
            "([ADR 0027](../adr/0027-standing.md)). Past its time a suspension is over, whatever its state says.\n",
            *diagram(sorted(arrows)),
            *steps_table(decisions.SUSPENSION_STEPS),
            "## Asking to come back\n",
            *steps_table(decisions.RETURN_STEPS),
            "## Keeping two people apart\n",
            *steps_table(memberships.APART_STEPS),
            "## A death\n",
            *steps_table(decisions.DEATH_STEPS),
        ]
    )


def way_of_an_objection() -> str:
    """The states of an objection and its steps."""
    arrows = [
        ("[*]", decisions.ObjectionState.OPEN.value, "object"),
        *(
            (str(start), str(row.target), _words(verb))
            for verb, row in decisions.OBJECTION_STEPS.items()
            for start in sorted(row.sources)
        ),
    ]
    return "\n".join(
        [
            "# The way of an objection\n",
            MADE,
            "Source: `moderation/lifecycle/objections.py`. Heard by others than those who decided; to undo what two",
            "decided, two say so. Unheard for three days, or with nobody left, it goes to the community meeting.\n",
            *diagram(arrows),
            *steps_table(decisions.OBJECTION_STEPS),
        ]
    )


def way_of_a_meeting() -> str:
    """The states of a meeting, of an item of the agenda, and of a post that was copied for one."""
    return "\n".join(
        [
            "# The way of a meeting, and of what is brought to it\n",
            MADE,
            "Source: `meetings/lifecycle/community_meeting.py`. An open meeting is over after four hours, whoever",
            "says so. An item waits for the next meeting, whichever it is, until one deals with it.\n",
            *diagram(from_the_first(meetings.MeetingState.PLANNED, meetings.MEETING_STEPS)),
            *steps_table(meetings.MEETING_STEPS),
            "## An item of the agenda\n",
            *diagram(from_the_first(meetings.ItemState.WAITING, meetings.ITEM_STEPS)),
            *steps_table(meetings.ITEM_STEPS),
            "## A post in a copy\n",
            *diagram(from_the_first(meetings.PieceState.ASKED, meetings.PIECE_STEPS)),
            *steps_table(meetings.PIECE_STEPS),
        ]
    )


def way_of_a_letter() -> str:
    """The states of the group's letter to somebody they have not seen, and of asking to come back."""
    return "\n".join(
        [
            "# The way of a letter of the group, and back\n",
            MADE,
            "Source: `meetings/lifecycle/attendance.py` ([ADR 0038](../adr/0038-attendance-counted-from-nothing.md)).",
            "The site begins and ends it by counting; `agree` takes two members, `decide` people in office. That its",
            "time is over follows from the day.\n",
            *diagram(from_the_first(absences.AbsenceState.WRITING, absences.ABSENCE_STEPS)),
            *steps_table(absences.ABSENCE_STEPS),
            "## Asking to come back after being inactive\n",
            *diagram(from_the_first(absences.ComeBackState.OPEN, absences.COME_BACK_STEPS)),
            *steps_table(absences.COME_BACK_STEPS),
        ]
    )


def way_of_a_suggestion() -> str:
    """The states of what a reader suggests for somebody's plan."""
    return "\n".join(
        [
            "# The way of a suggestion for a plan\n",
            MADE,
            "Source: `crisisplans/lifecycle.py`. `accept` and `decline` are the plan's owner's, `take_back` is its",
            "writer's while what it is for is open to them. An opening has no states: it is open by its times.\n",
            *diagram(from_the_first(plans.SuggestionState.WAITING, plans.SUGGESTION_STEPS)),
            *steps_table(plans.SUGGESTION_STEPS),
        ]
    )


def way_of_a_danger_notice() -> str:
    """The states of a danger notice and its steps."""
    return "\n".join(
        [
            "# The way of a danger notice\n",
            MADE,
            "Source: `moderation/lifecycle/for_staff.py`. `send_alone`: no second answered within ten minutes. Before",
            "`end`, which is staff's, one of them says that they have seen it.\n",
            *diagram(from_the_first(decisions.DangerState.ASKED, decisions.DANGER_STEPS)),
            *steps_table(decisions.DANGER_STEPS),
        ]
    )


def from_the_first(first: str, steps: Mapping[str, Step]) -> list[Arrow]:
    """The arrows of a table that begins with this state."""
    ways = [(start, str(row.target), _words(verb)) for verb, row in steps.items() for start in sorted(row.sources)]
    return [("[*]", str(first), "begins"), *ways]


def way_of_an_election() -> str:
    """The states of an election and its steps, and those of a name in it."""
    return "\n".join(
        [
            "# The way of an election\n",
            MADE,
            "Source: `elections/lifecycle/elections.py` ([ADR 0023](../adr/0023-elections-and-who-steps-in.md)).",
            "Each step is time's or the count's; what is needed is opened by itself.\n",
            *diagram(from_the_first(elections.ElectionState.NOMINATING, elections.ELECTION_STEPS)),
            *steps_table(elections.ELECTION_STEPS),
            "## A name in it\n",
            *steps_table(elections.STANDING_STEPS),
        ]
    )


def diagram(arrows: Iterable[Arrow]) -> Iterable[str]:
    """The picture, as the pages' own renderer draws it."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {start} --> {end}: {verb}" for start, end, verb in arrows)
    yield "```\n"


def steps_table(steps: Mapping[str, Step]) -> Iterable[str]:
    """The same as a table: each verb, from where, to where."""
    yield "| verb | from | to |"
    yield "| --- | --- | --- |"
    for verb, row in steps.items():
        sources = ", ".join(_words(source) for source in sorted(row.sources))
        yield f"| `{verb}` | {sources} | {_words(row.target)} |"
    yield ""


def _words(name: str) -> str:
    return str(name).replace("_", " ")
