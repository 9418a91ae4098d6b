"""The verbs of a post: the author's own, and what follows from time and standing. Decisions are moderation's."""

from boards.services.deciding import apply_decision, explain
from boards.services.settling import erase_due, settle_waiting
from boards.services.writing import change_post, send_again, take_back, write_post

__all__ = [
    "apply_decision",
    "change_post",
    "erase_due",
    "explain",
    "send_again",
    "settle_waiting",
    "take_back",
    "write_post",
]
