"""What moderation keeps: decisions on posts, and reports."""

from moderation.models.asking_in import AskingIn
from moderation.models.danger import DangerNotice, Given, LeftNumber
from moderation.models.deaths import Death, DeathVoice
from moderation.models.debriefs import Debrief
from moderation.models.decisions import PostDecision
from moderation.models.for_staff import SignificantEvent, StaffNotice
from moderation.models.objections import Objection
from moderation.models.reports import Report
from moderation.models.suspensions import ReturnAsked, ReturnVoice, Suspension

__all__ = [
    "AskingIn",
    "DangerNotice",
    "Death",
    "DeathVoice",
    "Debrief",
    "Given",
    "LeftNumber",
    "Objection",
    "PostDecision",
    "Report",
    "ReturnAsked",
    "ReturnVoice",
    "SignificantEvent",
    "StaffNotice",
    "Suspension",
]
