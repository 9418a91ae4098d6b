"""Erasing all of somebody's posts in a community, when they ask for it (domain, section 6).

Always the same order (audit.erasures): put on the erasure list, the list onto the disk, then the words go, a few posts
at a time. What is interrupted is gone on with by the sweep; done twice, it changes nothing.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

import clock
from audit import erasures
from audit.services import record
from boards import index
from boards.lifecycle import State
from boards.models import Draft, Erasing, Explanation, Post
from boards.notifications import hold_key
from boards.policies import is_in_its_pause, may_erase_own
from boards.queries import lock_post, lock_waiting, to_erase
from boards.services.blanking import blank
from boards.services.settling import settle_waiting
from boards.way import move
from communities.models import Membership
from communities.queries import lock_membership
from notices.services import withdraw
from people.decisions import require

POSTS_OF = "erase posts of"
# What upper apps keep of a member's own writing, to go with their posts.
_also: list[Callable[[Membership, datetime], None]] = []


def also_erase(erase: Callable[[Membership, datetime], None]) -> None:
    """Let `erase` blank what an upper app has of somebody's words until a time; each app its own, as the site starts.

    Called in the transaction that ends an asking, and again after a restore: safe to run twice.
    """
    _also.append(erase)


@transaction.atomic
def ask_erasing(*, by: Membership) -> Erasing:
    """Note that a member wants all their posts here erased that were written until now; nothing is erased yet.

    Anybody about themselves, in every state but died (domain, section 6). What still waits is taken back with it, so
    that it can't appear meanwhile. Asked again with nothing written since, it is the same asking. Raises `Refused`.
    """
    # A post that is being written has been written when this lock is had, or is written after it and not meant.
    member = lock_membership(by)
    now = clock.now()
    require(may_erase_own(member))
    if (same := _asked_already(member)) is not None:
        return same
    waiting = lock_waiting(member, now)
    erasing = Erasing.objects.create(membership=member, asked_at=now)
    settle_waiting(waiting=waiting, verb="take_back", by=member.ref, now=now)
    record(chain=member.community.chain, verb="ask erasing", actor=member.ref, subject=member.ref, at=now)
    facts = {"until": now.isoformat(), "mark": erasures.mark(sign_of(member))}
    erasures.note(verb=POSTS_OF, subject=member.ref, at=now, facts=facts)
    return erasing


def _asked_already(member: Membership) -> Erasing | None:
    last = Erasing.objects.open().filter(membership=member).last()
    if last is None or Post.objects.filter(author=member, written_at__gt=last.asked_at).exists():
        return None
    return last


def sign_of(membership: Membership) -> str:
    """What tells a membership from another that was given the same number after a restore."""
    return f"{membership.ref} {membership.person.created_at.isoformat()}"


def may_go_now() -> None:
    """See to it that everything on the erasure list is on the disk; before this returns, no word may go.

    Raises OSError or `ListAmiss`.
    """
    erasures.write_out(settings.ERASURE_FILE)


@transaction.atomic
def erase_some(erasing: Erasing, *, most: int = 25) -> list[int]:
    """Erase some of the posts that were asked for and may go now; return which, [] when there is nothing more to do.

    Called by moderation in its transaction, after `may_go_now`. Locks by threads, then posts, then the record.
    """
    posts = [lock_post(pk) for pk in to_erase(erasing, clock.now())[:most]]
    now = clock.now()
    for post in posts:
        _erase_whole(post, now)
    index.forget([post.pk for post in posts])
    for post in posts:
        record(chain=post.community.chain, verb="erase", actor="site", subject=post.ref, at=now)
    return [post.pk for post in posts]


def _erase_whole(post: Post, now: datetime) -> None:
    if post.state == State.ERASED:  # erased after 30 days, but words of it that had been held were kept
        blank(post.versions.filter(erased_at=None), now)
        return
    withdraw(key_prefix=hold_key(post), now=now)
    if post.state == State.HELD or is_in_its_pause(post, now):
        move(post, "take_back", now)
    move(post, "erase", now, title="", text="", html="", cover="", urgency=0)
    blank(post.versions.filter(erased_at=None), now)
    # They speak about the words, and may quote them; that something was decided stays.
    Explanation.objects.filter(post=post).update(words="")


@transaction.atomic
def end_erasing(erasing: Erasing) -> bool:
    """Close an asking with nothing left to erase, the drafts of that time with it. False while something must wait."""
    now = clock.now()
    Draft.objects.filter(membership=erasing.membership_id, saved_at__lte=erasing.asked_at).delete()
    for erase in _also:
        erase(erasing.membership, erasing.asked_at)
    if to_erase(erasing, None).exists():
        return False
    return bool(Erasing.objects.filter(pk=erasing.pk, done_at=None).update(done_at=now))


def erase_again(line: erasures.Line) -> Erasing | None:
    """The asking that a line of the erasure list tells of, after a backup from before it was put back; None for a
    member who is not here, or is another one by the same number."""
    pk, told = int(line.subject.removeprefix("membership:")), line.told
    member = Membership.objects.select_related("person").filter(pk=pk).first()
    if member is None or not erasures.fits(told["mark"], sign_of(member)):
        return None
    return Erasing.objects.get_or_create(membership=member, asked_at=datetime.fromisoformat(told["until"]))[0]
