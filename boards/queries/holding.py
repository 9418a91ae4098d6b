"""Whether everything somebody writes is looked at first, and who leaves a case to the others."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from boards.models import HandedOn, HoldAll, Post, StepAside, Thread
from communities.models import Membership


def longest_hold(*, community: Any, me: Any, now: Any) -> QuerySet[HoldAll, Any]:
    """The end of the longest hold of everything that meets this member, as one value. For the doors' own questions."""
    here = HoldAll.objects.in_force(now).filter(
        Q(membership_id=me) | Q(membership__isnull=True), community_id=community
    )
    return here.order_by("-until").values("until")[:1]


def holds_everything(author: Membership, thread: Thread | None, now: datetime) -> datetime | None:
    """Until when everything by this author is looked at first; None for what is usual.

    No query where the thread came by its door (`access_thread`), which asked it; else one.
    """
    if thread is not None and hasattr(thread, "all_held_until"):
        return thread.all_held_until
    return all_held_until(author, now)


def all_held_until(author: Membership, now: datetime) -> datetime | None:
    """Until when everything by this author is looked at first; None for what is usual. One query."""
    hold = longest_hold(community=author.community_id, me=author.pk, now=now)
    return hold.values_list("until", flat=True).first()


def holds_of(membership: Membership, now: datetime) -> list[HoldAll]:
    """What holds everything of this member now, by itself or with everybody's, the longest first. One query."""
    here = HoldAll.objects.in_force(now).filter(Q(membership=membership) | Q(membership=None))
    return list(here.filter(community_id=membership.community_id).order_by("-until"))


def stepped_aside(cases: Collection[str]) -> frozenset[int]:
    """Those who leave any of these cases to the others, by membership. One query."""
    return frozenset(StepAside.objects.filter(case__in=cases).values_list("membership_id", flat=True))


def handed_on(cases: Collection[str]) -> frozenset[int]:
    """Those who have asked the others to look at these cases instead, by membership. One query."""
    return frozenset(HandedOn.objects.filter(case__in=cases).values_list("membership_id", flat=True))


def handed_on_cases(cases: Collection[str]) -> dict[str, frozenset[int]]:
    """Which of these cases somebody has handed on, and who. One query."""
    found: dict[str, frozenset[int]] = {}
    for case, member in HandedOn.objects.filter(case__in=cases).values_list("case", "membership_id"):
        found[case] = found.get(case, frozenset()) | {member}
    return found


def not_theirs(posts: Iterable[Post]) -> frozenset[int]:
    """Those who decide on none of these: their authors, whoever began their threads, whoever stepped aside. One query.

    The posts come with their threads. Whom somebody is kept apart from, `communities.duty` leaves out by itself.
    """
    rows = list(posts)
    own = {post.author_id for post in rows} | {post.thread.author_id for post in rows}
    return frozenset(own) | stepped_aside([post.ref for post in rows])


def nobody_says_they_look(posts: Iterable[Post]) -> frozenset[int]:
    """Those of whom an author is not told that they look: whose it is not to decide, and who handed it on. One query.

    A hold is never overstated (domain, section 4.6).
    """
    rows = list(posts)
    cases = [post.ref for post in rows]
    asides, handed = (one.objects.filter(case__in=cases).values_list("membership_id") for one in (StepAside, HandedOn))
    own = {post.author_id for post in rows} | {post.thread.author_id for post in rows}
    return frozenset(own) | {member for (member,) in asides.union(handed)}
