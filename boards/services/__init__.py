"""The verbs of a post: the author's own, and what follows from time and standing. Decisions are moderation's."""

from boards.services.deciding import apply_decision, explain
from boards.services.muting import end_mute, mute_author, mute_thread, mute_word
from boards.services.reading import forget_reading, mark_all_read, mark_read
from boards.services.settling import erase_due, settle_waiting
from boards.services.writing import change_post, send_again, take_back, write_post

__all__ = [
    "apply_decision",
    "change_post",
    "end_mute",
    "erase_due",
    "explain",
    "forget_reading",
    "mark_all_read",
    "mark_read",
    "mute_author",
    "mute_thread",
    "mute_word",
    "send_again",
    "settle_waiting",
    "take_back",
    "write_post",
]
