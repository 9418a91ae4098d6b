"""The life cycles of elections: of a vote, and of what is decided by one."""

from elections.lifecycle.polls import POLL_STEPS, Majority, PollState

__all__ = ["POLL_STEPS", "Majority", "PollState"]
