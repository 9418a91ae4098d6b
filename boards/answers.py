"""Telling those who write in a thread that somebody has answered: from the moment the answer is on the board.

The rows are made when the answer is written and are due when its pause is over, so nobody sees them before the answer
itself; whatever changes its way changes them in the same transaction. One unseen notice for a thread is enough.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from boards.lifecycle import State
from boards.models import Mute, Post, Thread
from boards.policies import may_read_board
from boards.queries.muting import mutes_of
from boards.watching import writes_on_a_board
from communities.lifecycle import Kind
from communities.lifecycle import State as Standing
from communities.models import KeepApart, Membership
from notices import kinds
from notices.models import Notice
from notices.services import tell_each, withdraw
from prepared import given, prepared

ANSWER = "answer"
GROUP = kinds.Group(
    "answers", _("Answers"), _("Somebody has written in a thread in which you write."), is_for=writes_on_a_board
)
# Who wrote among the latest ones: a thread of ten thousand posts is asked no more than this.
LATEST = 100


def register_all() -> None:
    """Make the kind and its group known; called once, as the site starts."""
    kinds.register_group(GROUP)
    kinds.register(
        ANSWER,
        _("There is something new in a thread in which you write."),
        still_wanted=_still_wanted,
        group=GROUP.name,
        opens=_reads_the_board,
    )


def _reads_the_board(notice: Notice) -> bool:
    here = Membership.objects.filter(person=notice.person_id, community__slug=notice.community)
    return any(may_read_board(member) for member in here)


def tell_of_answer(post: Post, now: datetime, *, only: Collection[int] | None = None, is_new: bool = False) -> None:
    """Tell those who write in the thread of an accepted answer, from its own time on. Three queries if `is_new`.

    Not its author, nobody who has muted the thread or the author or does not meet what they write, nobody who has an
    unseen notice of this thread that is due by then. `only`: these people. Called in the transaction that lets the
    post on its way, under its locks.
    """
    if post.is_opening or post.state != State.ACCEPTED or post.visible_at is None:
        return
    path = reverse("boards:thread", args=[post.community.slug, post.thread_id])
    asked: dict[str, Any] = {"thread": post.thread_id, "community": post.community_id, "author": post.author_id}
    asked |= {"path": path, "by": post.visible_at}
    readers = _all_writers(**asked) if only is None else _writers(**asked).filter(person_id__in=only)
    people = {f"{_stem(post)}:{post.version}:{reader.pk}": reader.person for reader in readers}
    if people:
        tell_each(people=people, kind=ANSWER, path=path, now=now, due_at=post.visible_at, are_new=is_new)


def follow(post: Post, verb: str, now: datetime, *, was_accepted: bool) -> None:
    """Let the notices of an answer follow its step: taken back with it, made anew with it.

    Called where a post moves, in its transaction. Whoever is told no more of this answer, and had not looked yet, is
    told of the next one in the thread, of which this one's notice had stood in the way.
    """
    if post.is_opening or verb == "put_back":
        return
    if was_accepted:
        waiting = [one.person_id for one in withdraw(key_prefix=_stem(post), now=now) if one.seen_at is None]
        if waiting and (following := _next_answer(post)):
            tell_of_answer(following, now, only=waiting)
    tell_of_answer(post, now)


def _stem(post: Post) -> str:
    return f"{ANSWER}:{post.pk}"


def _next_answer(post: Post) -> Post | None:
    later = Post.objects.filter(thread_id=post.thread_id, state=State.ACCEPTED, pk__gt=post.pk, is_opening=False)
    return later.select_related("community").order_by("visible_at", "pk").first()


def _writers(*, thread: Any, community: Any, author: Any, path: Any, by: Any) -> QuerySet[Membership]:
    """Who is told of an answer by this author in this thread, at this path, that is there `by` this time."""
    latest = Post.objects.filter(thread_id=thread, state=State.ACCEPTED, visible_at__isnull=False)
    wrote = latest.order_by("-visible_at", "-pk").values("author_id")[:LATEST]
    began = Thread.objects.filter(pk=thread).values("author_id")
    muted = Mute.objects.filter(Q(thread_id=thread) | Q(person_id=author), membership=OuterRef("pk"))
    apart = KeepApart.objects.in_force().filter(asker=OuterRef("pk"), other_id=author)
    told = Notice.objects.unseen().filter(person=OuterRef("person_id"), path=path, kind=ANSWER, due_at__lte=by)
    active = Membership.objects.filter(community_id=community, kind=Kind.MEMBER, state=Standing.ACTIVE)
    writers = active.filter(Q(pk__in=began) | Q(pk__in=wrote)).exclude(pk=author).exclude(Exists(apart))
    return writers.exclude(Exists(muted)).exclude(Exists(told)).select_related("person").order_by("pk")


@prepared
def _all_writers() -> QuerySet[Membership]:
    asked = {name: given(name) for name in ("thread", "community", "author", "path", "by")}
    return _writers(**asked)


def _still_wanted(notice: Notice) -> bool:
    _answer, post_pk, _version, member = notice.key.split(":")
    post = Post.objects.on_board(clock.now()).filter(pk=int(post_pk)).first()
    reader = Membership.objects.filter(pk=int(member)).first()
    if post is None or reader is None or not may_read_board(reader):
        return False
    mutes = mutes_of(reader)
    return post.thread_id not in mutes.threads and not mutes.hides(post) and not mutes.folds(post, reader)
