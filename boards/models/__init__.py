"""What the board keeps."""

from boards.models.drafts import Draft, DraftWords
from boards.models.erasing import Erasing
from boards.models.feed import Change
from boards.models.holding import HoldAll, HoldAllQuerySet, StepAside
from boards.models.inviting import StaffInvitation, StaffLook
from boards.models.notes import ThreadNote
from boards.models.passing import HandedOn
from boards.models.posts import Explanation, Post, PostQuerySet, PostVersion, Thread, ThreadQuerySet, committed_words
from boards.models.presence import Presence
from boards.models.reading import Mute, Reading, ReadMark
from boards.models.search import PostWords

__all__ = [
    "Change",
    "Draft",
    "DraftWords",
    "Erasing",
    "Explanation",
    "HandedOn",
    "HoldAll",
    "HoldAllQuerySet",
    "Mute",
    "Post",
    "PostQuerySet",
    "PostVersion",
    "PostWords",
    "Presence",
    "ReadMark",
    "Reading",
    "StaffInvitation",
    "StaffLook",
    "StepAside",
    "Thread",
    "ThreadNote",
    "ThreadQuerySet",
    "committed_words",
]
