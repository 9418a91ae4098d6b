"""The verbs of moderation."""

from moderation.services.answering import answer_report
from moderation.services.deciding import decide
from moderation.services.erasing import erase_own_posts, go_on_with_erasings
from moderation.services.leaving import leave
from moderation.services.reporting import report_person, report_post
from moderation.services.standing import change_standing
from moderation.services.watching import follow_up_holds
from moderation.services.watching_reports import follow_up_reports

__all__ = [
    "answer_report",
    "change_standing",
    "decide",
    "erase_own_posts",
    "follow_up_holds",
    "follow_up_reports",
    "go_on_with_erasings",
    "leave",
    "report_person",
    "report_post",
]
