"""What elections keeps."""

from elections.models.elections import EarlyEnd, Election, Nomination, StandIn
from elections.models.motions import Motion, MotionWords, SelectionDay
from elections.models.polls import Box, Elector, OpenVote, Poll

__all__ = [
    "Box",
    "EarlyEnd",
    "Election",
    "Elector",
    "Motion",
    "MotionWords",
    "Nomination",
    "OpenVote",
    "Poll",
    "SelectionDay",
    "StandIn",
]
