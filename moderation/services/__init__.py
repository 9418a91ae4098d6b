"""The verbs of moderation."""

from moderation.services.answering import answer_report
from moderation.services.asides import leave_hearing, step_aside
from moderation.services.debriefing import take_back_debrief, write_debrief
from moderation.services.deciding import decide
from moderation.services.erasing import erase_own_posts, go_on_with_erasings
from moderation.services.handing_on import hand_on_post, hand_on_report
from moderation.services.hearing import hear
from moderation.services.leaving import leave
from moderation.services.objecting import bring_on, object_to, withdraw_objection
from moderation.services.recording_death import begin_death, confirm_death, drop_death
from moderation.services.reporting import report_person, report_post
from moderation.services.returning import answer_return, ask_to_return
from moderation.services.standing import change_standing
from moderation.services.suspending import end_suspension, end_what_is_over, suspend
from moderation.services.suspending_by_two import (
    begin_for_attendance,
    confirm_suspension,
    drop_suspension,
    leave_suspension,
    propose_suspension,
)
from moderation.services.watching import follow_up_holds
from moderation.services.watching_objections import follow_up_objections
from moderation.services.watching_reports import follow_up_reports

__all__ = [
    "answer_report",
    "answer_return",
    "ask_to_return",
    "begin_death",
    "begin_for_attendance",
    "bring_on",
    "change_standing",
    "confirm_death",
    "confirm_suspension",
    "decide",
    "drop_death",
    "drop_suspension",
    "end_suspension",
    "end_what_is_over",
    "erase_own_posts",
    "follow_up_holds",
    "follow_up_objections",
    "follow_up_reports",
    "go_on_with_erasings",
    "hand_on_post",
    "hand_on_report",
    "hear",
    "leave",
    "leave_hearing",
    "leave_suspension",
    "object_to",
    "propose_suspension",
    "report_person",
    "report_post",
    "step_aside",
    "suspend",
    "take_back_debrief",
    "withdraw_objection",
    "write_debrief",
]
