"""What is written for meetings, topic by topic."""

from meetings.forms.community_meeting import AnswerCopyForm, BringForm, OutcomeForm, PlanForm, WhenForm

__all__ = ["AnswerCopyForm", "BringForm", "OutcomeForm", "PlanForm", "WhenForm"]
