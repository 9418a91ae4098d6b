"""Muting a person, a thread or a word for oneself, without anybody knowing (domain, section 9).

Nothing of it is on the record, and nothing that others see asks about it. It changes what the one who muted meets on
the board, and never what waits for those who decide.
"""

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from boards.models import Mute, Post, Thread
from boards.models.reading import LONGEST_WORD
from boards.plain_words import words_of
from boards.policies import may_mute_author, may_read_board
from communities.models import Membership
from communities.queries import lock_membership
from people.decisions import Refused, require

# Enough for anybody; every page with posts asks about them all.
MOST = 100


@transaction.atomic
def mute_author(*, by: Membership, post: Post) -> Mute:
    """Fold what the author of this post writes, for `by` alone. Active members; not oneself. Twice is once.

    The caller came through `access_others_post`. Raises `Refused`.
    """
    member = lock_membership(by)
    require(may_mute_author(member, post))
    return _mute(member, person=post.author)


@transaction.atomic
def mute_thread(*, by: Membership, thread: Thread) -> Mute:
    """Take this thread out of one's own lists and counts. Active members. Twice is once.

    The caller came through `access_thread`. Raises `Refused`.
    """
    member = lock_membership(by)
    require(may_read_board(member))
    if thread.community_id != member.community_id:
        raise Refused(_("There is no such thread here."))
    return _mute(member, thread=thread)


@transaction.atomic
def mute_word(*, by: Membership, word: str) -> Mute:
    """Fold posts that have this word (or these few words in a row). Active members. Twice is once. Raises `Refused`."""
    member = lock_membership(by)
    require(may_read_board(member))
    folded = " ".join(words_of(word))
    if not folded or len(folded) > LONGEST_WORD:
        raise Refused(_("Please give one word, or a few: 40 letters at most."))
    return _mute(member, word=folded)


def _mute(member: Membership, **what: object) -> Mute:
    there = Mute.objects.filter(membership=member)
    if found := there.filter(**what).first():
        return found
    if there.count() >= MOST:
        raise Refused(_("You have muted a hundred things. Please end one of them first."))
    return Mute.objects.create(membership=member, since=clock.now(), **what)


def end_mute(*, mute: Mute, by: Membership) -> None:
    """End one of one's own mutes. Twice is once. The caller came through `access_mute`."""
    Mute.objects.filter(pk=mute.pk, membership=by).delete()
