"""The doors of elections: what one membership may see, and what is due."""

from elections.queries.polls import (
    access_poll,
    due_polls,
    elector_of,
    electorate_of,
    held_again_often,
    lock_poll,
    oldest_due,
    open_votes_of,
    polls_without_key,
    sealed_box_of,
    still_to_vote,
)

__all__ = [
    "access_poll",
    "due_polls",
    "elector_of",
    "electorate_of",
    "held_again_often",
    "lock_poll",
    "oldest_due",
    "open_votes_of",
    "polls_without_key",
    "sealed_box_of",
    "still_to_vote",
]
