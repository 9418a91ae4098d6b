"""What those who moderate may read. Doors as everywhere: a miss is a 404."""

from moderation.queries.posts import (
    Story,
    Waiting,
    access_post,
    access_shown_before,
    first_of_two,
    open_decision,
    queue,
    queue_length,
    story_of,
    taken_back_lately,
    was_returned_before,
)

__all__ = [
    "Story",
    "Waiting",
    "access_post",
    "access_shown_before",
    "first_of_two",
    "open_decision",
    "queue",
    "queue_length",
    "story_of",
    "taken_back_lately",
    "was_returned_before",
]
