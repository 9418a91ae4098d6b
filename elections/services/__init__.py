"""What is done in elections."""

from elections.services.closing import close_due
from elections.services.polls import cancel_poll, cast_vote, open_poll

__all__ = ["cancel_poll", "cast_vote", "close_due", "open_poll"]
