"""What moderation keeps: decisions on posts, and reports."""

from moderation.models.decisions import PostDecision
from moderation.models.reports import Report

__all__ = [
    "PostDecision",
    "Report",
]
