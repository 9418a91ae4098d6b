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
from meetings.services.groups import change_group, end_group, start_group
from meetings.services.holding import end_meeting, note_look, open_meeting
from meetings.services.laying import lay_out, lay_out_all
from meetings.services.planning import call_special_meeting, cancel_meeting, move_meeting, plan_meeting
from meetings.services.sessions import add_session, cancel_session, hold_session, move_session
from meetings.services.settling import settle_all
from meetings.services.venues import add_venue, change_venue, use_venue

__all__ = [
    "add_session",
    "add_venue",
    "bring_thread",
    "call_special_meeting",
    "cancel_meeting",
    "cancel_session",
    "change_group",
    "change_venue",
    "close_item",
    "end_group",
    "end_meeting",
    "end_objection",
    "forget_words_of",
    "hold_for_objection",
    "hold_session",
    "lay_out",
    "lay_out_all",
    "leave_out",
    "lock_piece",
    "move_meeting",
    "move_session",
    "note_look",
    "note_outcome",
    "open_meeting",
    "plan_meeting",
    "propose_copy",
    "put_on_agenda",
    "say_to_copy",
    "second_copy",
    "settle_all",
    "start_group",
    "use_venue",
    "withdraw_item",
]
