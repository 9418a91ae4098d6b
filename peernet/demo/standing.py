"""Places in the demo: two who are suspended, each with a letter; one of them asks to come back, one asks to be kept
apart from somebody."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import clock
from communities.models import Membership
from communities.services import ask_apart
from moderation.services import ask_to_return, suspend

BY_VOTE = "The community, by a vote"


class Event(NamedTuple):
    """Something that happens at its time."""

    at: datetime
    order: int
    act: Callable[[], Any]


def suspension(member: Membership, table: dict[str, Any], until: datetime) -> Callable[[], Any]:
    """What leads somebody of the cast to being suspended, with their letter, as a vote that was passed does it."""
    return lambda: suspend(
        membership=member,
        suspended_from=table["suspended_from"],
        until=until,
        why=table["state_reason"],
        how="motion",
        by="site",
        by_role=BY_VOTE,
        now=clock.now(),
    )


def events(slug: str, members: dict[str, Membership], start: datetime) -> Iterator[Event]:
    """What they ask for, in order of time."""
    if slug != "fellside":
        return
    words = "I have thought about it, and I have said sorry. I would like to read and write with you again."
    bramble = members["bramble"]
    yield Event(start - timedelta(hours=20), 3, lambda: ask_to_return(by=_fresh(bramble), words=words))
    why = "We knew each other before, and it did me no good."
    clover, thorn = members["clover"], members["thorn"]
    yield Event(start - timedelta(hours=3), 3, lambda: ask_apart(by=_fresh(clover), other=_fresh(thorn), words=why))


def _fresh(member: Membership) -> Membership:
    return Membership.objects.select_related("community", "person").get(pk=member.pk)
