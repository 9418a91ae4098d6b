"""What people are told, what goes out for it, and how each of them wants it."""

from notices.models.choices import MailChoice, Timing, Wish
from notices.models.errands import Errand, Outcome, Outgoing, Push, Trouble
from notices.models.notices import Notice
from notices.models.phones import Phone

__all__ = ["Errand", "MailChoice", "Notice", "Outcome", "Outgoing", "Phone", "Push", "Timing", "Trouble", "Wish"]
