"""The verbs of a post: the author's own, and what follows from time and standing. Decisions are moderation's."""

from boards.services.deciding import apply_decision, explain
from boards.services.drafts import OnPage, Saved, erase_old_drafts, let_go_draft, save_draft
from boards.services.erasing import ask_erasing, end_erasing, erase_some, may_go_now
from boards.services.holding_all import hold_all, stop_hold_all
from boards.services.inviting import close_to_staff, note_look, open_to_staff
from boards.services.muting import end_mute, mute_author, mute_thread, mute_word
from boards.services.notes import note_in_thread
from boards.services.old_words import erase_due
from boards.services.reading import mark_all_read, mark_read
from boards.services.settling import settle_waiting
from boards.services.writing import change_post, send_again, take_back, write_post

__all__ = [
    "OnPage",
    "Saved",
    "apply_decision",
    "ask_erasing",
    "change_post",
    "close_to_staff",
    "end_erasing",
    "end_mute",
    "erase_due",
    "erase_old_drafts",
    "erase_some",
    "explain",
    "hold_all",
    "let_go_draft",
    "mark_all_read",
    "mark_read",
    "may_go_now",
    "mute_author",
    "mute_thread",
    "mute_word",
    "note_in_thread",
    "note_look",
    "open_to_staff",
    "save_draft",
    "send_again",
    "settle_waiting",
    "stop_hold_all",
    "take_back",
    "write_post",
]
