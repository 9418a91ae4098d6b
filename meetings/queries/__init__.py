"""The doors of meetings: missing and not yours look the same."""

from meetings.queries.agenda import access_item, agenda_of, items_waiting, lock_item, open_item
from meetings.queries.meetings import (
    access_meeting,
    lock_meeting,
    looks_at,
    meetings_around,
    next_meeting,
)

__all__ = [
    "access_item",
    "access_meeting",
    "agenda_of",
    "items_waiting",
    "lock_item",
    "lock_meeting",
    "looks_at",
    "meetings_around",
    "next_meeting",
    "open_item",
]
