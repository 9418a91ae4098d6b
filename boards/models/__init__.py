"""What the board keeps."""

from boards.models.drafts import Draft, Words
from boards.models.erasing import Erasing
from boards.models.feed import Change
from boards.models.feed import Change
from boards.models.posts import Explanation, Post, PostQuerySet, PostVersion, Thread, ThreadQuerySet
from boards.models.presence import Presence
from boards.models.presence import Presence
from boards.models.reading import Mute, Reading, ReadMark
from boards.models.search import PostWords

__all__ = [
    "Draft",
    "Change",
    "Change",
    "Erasing",
    "Explanation",
    "Mute",
    "Post",
    "PostQuerySet",
    "PostVersion",
    "PostWords",
    "Presence",
    "Presence",
    "ReadMark",
    "Reading",
    "Thread",
    "ThreadQuerySet",
    "Words",
]
