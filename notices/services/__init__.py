"""Telling people, and what they choose about it."""

from notices.services.choosing import choose, choose_mail, stop_mails
from notices.services.phones import MOST_PHONES, add_phone, forget_phone, move_sitting
from notices.services.telling import (
    CODE_TRIED_FOR,
    mail_account,
    mark_all_seen,
    mark_page_seen,
    mark_seen,
    tell,
    tell_each,
    withdraw,
)

__all__ = [
    "CODE_TRIED_FOR",
    "MOST_PHONES",
    "add_phone",
    "choose",
    "choose_mail",
    "forget_phone",
    "mail_account",
    "mark_all_seen",
    "mark_page_seen",
    "mark_seen",
    "move_sitting",
    "stop_mails",
    "tell",
    "tell_each",
    "withdraw",
]
