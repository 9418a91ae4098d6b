"""The verbs of meetings."""

from meetings.services.agenda import bring_thread, close_item, note_outcome, put_on_agenda, withdraw_item
from meetings.services.copies import (
    end_objection,
    hold_for_objection,
    leave_out,
    lock_piece,
    propose_copy,
    say_to_copy,
    second_copy,
)
from meetings.services.erasing import forget_words_of
from meetings.services.holding import end_meeting, note_look, open_meeting
from meetings.services.planning import call_special_meeting, cancel_meeting, move_meeting, plan_meeting
from meetings.services.settling import settle_all

__all__ = [
    "bring_thread",
    "call_special_meeting",
    "cancel_meeting",
    "close_item",
    "end_meeting",
    "end_objection",
    "forget_words_of",
    "hold_for_objection",
    "leave_out",
    "lock_piece",
    "move_meeting",
    "note_look",
    "note_outcome",
    "open_meeting",
    "plan_meeting",
    "propose_copy",
    "put_on_agenda",
    "say_to_copy",
    "second_copy",
    "settle_all",
    "withdraw_item",
]
