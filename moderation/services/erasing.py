"""Erasing a member's own posts with what was said of them in decisions; at once, and by the sweep until it is done."""

import logging

from django.db import transaction

import clock
from audit import erasures
from boards.models import Erasing
from boards.services import ask_erasing, end_erasing, erase_some, may_go_now
from boards.services.erasing import POSTS_OF, erase_again
from communities.models import Membership
from meetings.services import forget_words_of
from moderation.models import Debrief, PostDecision
from moderation.policies import erasing_must_wait

# Batches done while the member waits for the page; more than most ever wrote goes on in the sweep.
AT_ONCE = 4

log = logging.getLogger(__name__)


def register() -> None:
    """Say how it is done again after a restore; called once, as the site starts."""
    erasures.register(POSTS_OF, _replay)


def erase_own_posts(*, by: Membership) -> Erasing:
    """Erase all posts that this member has written here until now: what may go at once goes at once.

    Anybody about themselves, in every state but died, also after leaving. Not in a transaction: it is many, so that
    nobody waits long. The asking is kept; whatever is not done now, the sweep does. Raises `Refused`.
    """
    erasing = ask_erasing(by=by)
    try:
        _go_on(erasing, most=AT_ONCE)
    except (OSError, erasures.ListAmiss):
        # Without the list on the disk nothing may go. The asking stands, and `peernet check` says what is amiss.
        log.exception("an erasing waits for the erasure list")
    erasing.refresh_from_db()
    return erasing


def go_on_with_erasings() -> int:
    """Go on with every asking that is not done. Run by the sweep; safe at any time. Returns how many stay open."""
    for erasing in list(Erasing.objects.open().select_related("membership__community")):
        _go_on(erasing)
    return Erasing.objects.open().count()


def _go_on(erasing: Erasing, *, most: int | None = None) -> None:
    if erasing_must_wait(erasing.membership):
        return
    may_go_now()
    batches = 0
    while most is None or batches < most:
        if not _one_batch(erasing):
            _end(erasing)
            return
        batches += 1


@transaction.atomic
def _end(erasing: Erasing) -> None:
    forget_words_of(erasing.membership, erasing.asked_at)
    end_erasing(erasing)


@transaction.atomic
def _one_batch(erasing: Erasing) -> list[int]:
    posts = erase_some(erasing)
    decisions = PostDecision.objects.filter(post__in=posts)
    decisions.filter(needs_two=True, seconded_at=None, lapsed_at=None).update(lapsed_at=clock.now())
    # What those who decided wrote to the author speaks about the words, and may quote them.
    decisions.update(words="")
    # A note for the meeting is theirs too, and goes with what else they wrote here.
    notes = Debrief.objects.filter(by=erasing.membership_id, made_at__lte=erasing.asked_at, taken_back_at=None)
    notes.update(words="", taken_back_at=clock.now())
    return posts


def _replay(line: erasures.Line) -> None:
    """Before the site serves again: whatever had been erased by then goes at once."""
    erasing = erase_again(line)
    while erasing and _one_batch(erasing):
        pass
    if erasing:
        _end(erasing)
