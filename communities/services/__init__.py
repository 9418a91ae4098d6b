"""The verbs of a community: each authorises, locks, changes and records in one transaction."""

from communities.services.founding import create_community, invite_staff, renew_first_links, set_rule
from communities.services.joining import (
    join,
    join_as_new_person,
    propose_invitation,
    record_admission,
    renew_open_link,
    send_invitation,
    withdraw_invitation,
)
from communities.services.keeping_apart import ask_apart, begin_apart, end_apart, say_apart
from communities.services.looking import add_hours, remove_hours, set_hours
from communities.services.rota import ask_others, leave_out, stop_asking, take_over, take_turn
from communities.services.ruling import change_rule
from communities.services.standing import begin_break, change_state, end_break, end_if_over, end_term, start_term
from communities.services.ways_back import ask_way_back, confirm_way_back
from communities.services.welcoming import note_welcomed

__all__ = [
    "add_hours",
    "ask_apart",
    "ask_others",
    "ask_way_back",
    "begin_apart",
    "begin_break",
    "change_rule",
    "change_state",
    "confirm_way_back",
    "create_community",
    "end_apart",
    "end_break",
    "end_if_over",
    "end_term",
    "invite_staff",
    "join",
    "join_as_new_person",
    "leave_out",
    "note_welcomed",
    "propose_invitation",
    "record_admission",
    "remove_hours",
    "renew_first_links",
    "renew_open_link",
    "say_apart",
    "send_invitation",
    "set_hours",
    "set_rule",
    "start_term",
    "stop_asking",
    "take_over",
    "take_turn",
    "withdraw_invitation",
]
