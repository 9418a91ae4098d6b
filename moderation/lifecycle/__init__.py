"""Which steps there are in moderation, and from which states (domain, section 6)."""

from moderation.lifecycle.posts import DECIDABLE, Reason, Verb
from moderation.lifecycle.reports import REPORT_STEPS, Answer, AnswerReason, Readers, ReportState, Worry

__all__ = [
    "DECIDABLE",
    "REPORT_STEPS",
    "Answer",
    "AnswerReason",
    "Readers",
    "Reason",
    "ReportState",
    "Verb",
    "Worry",
]
