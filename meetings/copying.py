"""Which words a copy may show, to whom it makes no difference: their state, their author's answer, and the time."""

from datetime import datetime

from boards.lifecycle import State
from boards.models import Post, PostVersion
from boards.policies import is_in_its_pause
from communities.lifecycle import HERE
from meetings.lifecycle import PieceState
from meetings.models import CopiedPost, Copy
from meetings.timing import TOLD_BEFORE

# What its author took back, or had erased, is theirs again.
THEIRS_AGAIN = (State.TAKEN_BACK, State.ERASED)


def can_be_copied(post: Post, version: PostVersion, now: datetime) -> bool:
    """Whether these words stand on the board or in the log: not in a pause, not taken back, not erased."""
    if post.state in THEIRS_AGAIN or version.erased_at is not None or is_in_its_pause(post, now):
        return False
    return version.was_held or (version.number == post.version and post.visible_at is not None)


def may_be_shown(piece: CopiedPost, copy: Copy, now: datetime) -> bool:
    """Whether the meeting may read this piece, as far as its author and the Top Three have a say.

    With its author's yes; else only where a second of the Top Three joined, its author was told a day before and still
    belongs here to object, and no objection is open or was upheld (domain, section 7).
    """
    if piece.state == PieceState.AGREED:
        return True
    if piece.state not in {PieceState.ASKED, PieceState.STANDS} or copy.seconded_at is None:
        return False
    return piece.author.state in HERE and piece.told_at + TOLD_BEFORE <= now
