"""Which steps there are in moderation, and from which states (domain, section 6)."""

from moderation.lifecycle.deaths import DEATH_STEPS, DeathState
from moderation.lifecycle.for_staff import (
    DANGER_STEPS,
    OPEN_DANGER,
    DangerState,
    DangerTo,
    EventKind,
    EventNeed,
    StaffKind,
)
from moderation.lifecycle.objections import OBJECTION_STEPS, OPEN_STATES, Hearing, ObjectionState
from moderation.lifecycle.posts import CHOSEN_REASONS, DECIDABLE, OBJECTABLE, Reason, Verb
from moderation.lifecycle.reports import REPORT_STEPS, Answer, AnswerReason, Readers, ReportState, Worry
from moderation.lifecycle.suspensions import (
    MOST_BY_TWO,
    RETURN_STEPS,
    SUSPENSION_STEPS,
    EndedHow,
    How,
    ReturnSays,
    ReturnState,
    SuspensionState,
)

__all__ = [
    "CHOSEN_REASONS",
    "DANGER_STEPS",
    "DEATH_STEPS",
    "DECIDABLE",
    "MOST_BY_TWO",
    "OBJECTABLE",
    "OBJECTION_STEPS",
    "OPEN_DANGER",
    "OPEN_STATES",
    "REPORT_STEPS",
    "RETURN_STEPS",
    "SUSPENSION_STEPS",
    "Answer",
    "AnswerReason",
    "DangerState",
    "DangerTo",
    "DeathState",
    "EndedHow",
    "EventKind",
    "EventNeed",
    "Hearing",
    "How",
    "ObjectionState",
    "Readers",
    "Reason",
    "ReportState",
    "ReturnSays",
    "ReturnState",
    "StaffKind",
    "SuspensionState",
    "Verb",
    "Worry",
]
