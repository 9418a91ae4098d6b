"""Who may do what in meetings, topic by topic."""

from meetings.policies.community_meeting import (
    BROUGHT,
    is_of,
    may_answer_copy,
    may_bring,
    may_end,
    may_move,
    may_note_outcome,
    may_open,
    may_plan,
    may_read_copies,
    may_run,
    may_see_agenda,
    may_see_meetings,
    may_withdraw,
    sees_all_of_agenda,
)

__all__ = [
    "BROUGHT",
    "is_of",
    "may_answer_copy",
    "may_bring",
    "may_end",
    "may_move",
    "may_note_outcome",
    "may_open",
    "may_plan",
    "may_read_copies",
    "may_run",
    "may_see_agenda",
    "may_see_meetings",
    "may_withdraw",
    "sees_all_of_agenda",
]
