"""The states of what meetings hold, and their steps, topic by topic."""

from meetings.lifecycle.community_meeting import (
    ITEM_STEPS,
    MEETING_STEPS,
    PIECE_STEPS,
    ItemKind,
    ItemState,
    MeetingKind,
    MeetingState,
    Outcome,
    PieceState,
)

__all__ = [
    "ITEM_STEPS",
    "MEETING_STEPS",
    "PIECE_STEPS",
    "ItemKind",
    "ItemState",
    "MeetingKind",
    "MeetingState",
    "Outcome",
    "PieceState",
]
