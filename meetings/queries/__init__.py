"""The doors of meetings: missing and not yours look the same."""

from meetings.queries.agenda import access_item, agenda_of, items_waiting, lock_item, open_item
from meetings.queries.copies import (
    Pack,
    access_copy,
    access_own_piece,
    access_piece,
    packs_of,
    prepared_copy,
    words_of,
)
from meetings.queries.meetings import access_meeting, lock_coming, lock_meeting, looks_at, meetings_around, next_meeting

__all__ = [
    "Pack",
    "access_copy",
    "access_item",
    "access_meeting",
    "access_own_piece",
    "access_piece",
    "agenda_of",
    "items_waiting",
    "lock_coming",
    "lock_item",
    "lock_meeting",
    "looks_at",
    "meetings_around",
    "next_meeting",
    "open_item",
    "packs_of",
    "prepared_copy",
    "words_of",
]
