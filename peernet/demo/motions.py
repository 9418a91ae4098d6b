"""The demo's votes: one that changed a rule, one that was not carried, one that is open, one that is talked over."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import clock
from communities.models import Membership
from elections.models import Motion
from elections.motions.asking import Asked
from elections.motions.lifecycle import MotionKind, Part
from elections.motions.services import open_due, propose_motion, write_words
from elections.services import cast_vote, close_due

Members = dict[str, Membership]
Happening = tuple[datetime, int, Callable[[], Any]]
YES, NO, OTHERS = 0, 1, 2
TALK, VOTE, MOMENT = timedelta(days=3), timedelta(days=7), timedelta(seconds=2)

LONGER = "Some of us look in only every second week. Ten days would give them a say too."
SUNDAYS = "On Sundays the board is slow, and I miss you all. One thread, the same time each week, for whoever is up."
FINCH = "Finch came on Thursday and stayed all day. Four of us and Dale talked with them. They asked us things too."
QUESTIONS = "What brings you here?\nWhat would you like to give?\nWhat do you do on a bad day?"
OWN = "Thank you for the day. I was nervous and you were kind. I would like to come on Tuesdays and Fridays."
FRIDAYS = "We come out of the meeting and each of us goes home alone. Half an hour together is enough for me."


def events(slug: str, members: Members, start: datetime) -> Iterator[Happening]:
    """What was proposed and voted in one community, in no order."""
    if slug != "fellside":
        return
    who = members
    rule = {"rule": "motion_vote_days", "value": "10", "words": LONGER}
    yield from _whole(who, start - timedelta(days=20), MotionKind.RULE, by="heron", said=[YES] * 6 + [NO], asks=rule)
    sundays = {"title": "One quiet thread on Sunday evenings", "words": SUNDAYS}
    yield from _whole(
        who, start - timedelta(days=14), MotionKind.FREE, by="clover", said=[NO] * 5 + [YES] * 3, asks=sundays
    )
    began = start - timedelta(days=4)
    finch = {"about": (who["finch"],), "day": (began - timedelta(days=1)).date(), "questions": QUESTIONS}
    yield began, 30, partial(_propose, who["wren"], MotionKind.ADMISSION, {**finch, "words": FINCH})
    yield began + timedelta(hours=2), 30, partial(_own_words, who["finch"])
    yield began + TALK + MOMENT, 30, partial(_vote, who, [YES, YES, OTHERS])
    fridays = {"title": "A walk together each Friday after the meeting", "words": FRIDAYS}
    yield start - timedelta(days=1), 30, partial(_propose, who["fern"], MotionKind.FREE, fridays)


def _whole(
    who: Members, began: datetime, kind: MotionKind, *, by: str, said: list[int], asks: dict[str, Any]
) -> Iterator[Happening]:
    yield began, 30, partial(_propose, who[by], kind, asks)
    yield began + TALK + MOMENT, 30, partial(_vote, who, said)
    yield began + TALK + 2 * MOMENT + VOTE, 30, partial(close_due, who[by].community)


def _propose(by: Membership, kind: MotionKind, asks: dict[str, Any]) -> Motion:
    key = uuid5(NAMESPACE_URL, f"{by.ref} {kind} {clock.now().isoformat()}")
    return propose_motion(by=by, asked=Asked(kind=kind, form_key=key, **asks))


def _vote(who: Members, said: list[int]) -> None:
    community = next(iter(who.values())).community
    open_due(community)
    motion = Motion.objects.filter(community=community, state="voting").order_by("-opens_at").first()
    if motion is None or motion.poll is None:
        return
    voters = [line.membership for line in motion.poll.roll.select_related("membership").order_by("pk")]
    for voter, choice in zip(voters, said, strict=False):
        cast_vote(poll=motion.poll, by=voter, choices=[choice])


def _own_words(by: Membership) -> None:
    motion = Motion.objects.get(about=by, kind=MotionKind.ADMISSION)
    write_words(motion=motion, part=Part.OWN, by=by, written={"text": OWN})
