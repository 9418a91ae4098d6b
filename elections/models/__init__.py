"""What elections keeps."""

from elections.models.polls import Box, Elector, OpenVote, Poll

__all__ = ["Box", "Elector", "OpenVote", "Poll"]
