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
from meetings.queries.meetings import (
    access_meeting,
    lock_coming,
    lock_meeting,
    looks_at,
    meetings_around,
    next_meeting,
    next_of,
)
from meetings.queries.timetable import (
    access_group,
    access_session,
    access_venue,
    groups_of,
    lock_group,
    lock_session,
    sessions_between,
    sessions_seen,
    venues_of,
)
from meetings.roles import roles_in

__all__ = [
    "Pack",
    "access_copy",
    "access_group",
    "access_item",
    "access_meeting",
    "access_own_piece",
    "access_piece",
    "access_session",
    "access_venue",
    "agenda_of",
    "groups_of",
    "items_waiting",
    "lock_coming",
    "lock_group",
    "lock_item",
    "lock_meeting",
    "lock_session",
    "looks_at",
    "meetings_around",
    "next_meeting",
    "next_of",
    "open_item",
    "packs_of",
    "prepared_copy",
    "roles_in",
    "sessions_between",
    "sessions_seen",
    "venues_of",
    "words_of",
]
