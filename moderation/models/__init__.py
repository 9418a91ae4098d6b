"""What moderation keeps: decisions on posts, and reports."""

from moderation.models.deaths import Death, DeathVoice
from moderation.models.decisions import PostDecision
from moderation.models.objections import MeetingCase, Objection
from moderation.models.reports import Report
from moderation.models.suspensions import ReturnAsked, ReturnVoice, Suspension

__all__ = [
    "Death",
    "DeathVoice",
    "MeetingCase",
    "Objection",
    "PostDecision",
    "Report",
    "ReturnAsked",
    "ReturnVoice",
    "Suspension",
]
