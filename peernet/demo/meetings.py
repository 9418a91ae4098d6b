"""Meetings in the demo: one last week with what came of it, the next one with its agenda, and words copied for it."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import clock
from boards.models import Post, PostVersion, Thread
from clock.london import LONDON, first_moment
from communities.models import Membership
from meetings.lifecycle import Outcome
from meetings.models import AgendaItem, CommunityMeeting, CopiedPost
from meetings.services import (
    bring_thread,
    end_meeting,
    note_outcome,
    open_meeting,
    plan_meeting,
    propose_copy,
    say_to_copy,
)
from people.decisions import Sitting

ELEVEN = time(11)
PLACE = "The long room, ground floor. Step-free from the car park."
Happening = tuple[datetime, int, Callable[[], Any]]


def events(slug: str, members: dict[str, Membership], start: datetime) -> Iterator[Happening]:
    """What happens around meetings, in no order; only in the day community."""
    if slug != "fellside":
        return
    last, coming = _at_eleven(start, -6), _at_eleven(start, 3)
    yield last - timedelta(days=4), 30, partial(_plan, members["dale"], last)
    yield last - timedelta(days=1), 31, partial(_bring, members["moss"], "Quiet evenings", "We each do them alone.")
    yield last, 32, partial(_hold, members["wren"], last)
    yield last + timedelta(minutes=40), 33, partial(_agree, members["dale"])
    yield last + timedelta(minutes=60), 34, partial(_end, members["dale"], last)
    yield last + timedelta(minutes=70), 35, partial(_plan, members["dale"], coming)
    yield (
        start - timedelta(hours=30),
        36,
        partial(_bring, members["heron"], "Lifts on Thursdays", "The bus has stopped."),
    )
    yield start - timedelta(hours=26), 37, partial(_copy, members["ash"], members["heron"])


def _at_eleven(start: datetime, days: int) -> datetime:
    return first_moment(start.astimezone(LONDON).date() + timedelta(days=days), ELEVEN)


def _acting(member: Membership) -> Membership:
    member.sitting = Sitting(second_factor_at=clock.now())
    return member


def _plan(by: Membership, at: datetime) -> None:
    plan_meeting(by=_acting(by), starts_at=at, place=PLACE)


def _bring(by: Membership, title: str, why: str) -> None:
    thread = Thread.objects.shown_to(by, clock.now()).filter(author=by).order_by("shown_from").first()
    if thread is not None:
        bring_thread(thread=thread, by=by, title=title, why=why)


def _hold(by: Membership, at: datetime) -> None:
    open_meeting(meeting=_meeting(by, at), by=_acting(by))


def _agree(by: Membership) -> None:
    for item in AgendaItem.objects.waiting().filter(community=by.community, kind="pointer"):
        words = "On Wednesdays somebody writes the first line at seven, so that nobody has to begin alone."
        note_outcome(item=item, by=_acting(by), outcome=Outcome.AGREED, words=words)


def _end(by: Membership, at: datetime) -> None:
    end_meeting(meeting=_meeting(by, at), by=_acting(by))


def _meeting(by: Membership, at: datetime) -> CommunityMeeting:
    return CommunityMeeting.objects.get(community=by.community, starts_at=at)


def _copy(by: Membership, other: Membership) -> None:
    """Two posts of a thread that both of them wrote in; the other one has said yes."""
    now = clock.now()
    mine = Post.objects.on_board(now).filter(author=by).order_by("visible_at").first()
    theirs = Post.objects.on_board(now).filter(author=other, is_opening=False).order_by("visible_at").first()
    posts = [post for post in (mine, theirs) if post is not None]
    rows = PostVersion.objects.select_related("post__author", "post__thread")
    item = propose_copy(
        by=_acting(by),
        versions=[rows.get(post=post, number=post.version) for post in posts],
        title="How we answer at night",
        why="Two answers that helped. Could we do more of this?",
        form_key=uuid5(NAMESPACE_URL, "fellside copy"),
    )
    for piece in CopiedPost.objects.filter(copy__item=item, author=other):
        say_to_copy(piece=piece, by=other, agrees=True)
