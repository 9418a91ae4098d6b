"""Short ways for the tests of suspensions, through the services."""

from datetime import timedelta

import clock
from communities.models import Membership
from moderation.models import Suspension
from moderation.services import (
    answer_return,
    begin_for_attendance,
    confirm_suspension,
    propose_suspension,
    suspend,
)
from notices.models import Notice
from tests.cast import sitting_now


def proposed(
    about: Membership, by: Membership, *, suspended_from: str = "board", hours: int = 72, why: str = "You shouted."
) -> Suspension:
    return propose_suspension(
        about=about,
        by=sitting_now(by),
        suspended_from=suspended_from,
        lasts=timedelta(hours=hours),
        why=why,
        letter="You still belong here.",
    )


def confirmed(row: Suspension, by: Membership) -> Suspension:
    return confirm_suspension(suspension=row, by=sitting_now(by))


def by_two(about: Membership, one: Membership, other: Membership, **how: object) -> Suspension:
    return confirmed(proposed(about, one, **how), other)


def by_vote(about: Membership, *, days: int = 30, suspended_from: str = "everything") -> Suspension:
    now = clock.now()
    return suspend(
        membership=about,
        suspended_from=suspended_from,
        until=now + timedelta(days=days),
        why="Three meetings in a row you shouted.",
        how="motion",
        by="motion:3",
        by_role="The community, by a vote",
        now=now,
    )


def after_missed_meetings(about: Membership) -> Suspension:
    now = clock.now()
    return begin_for_attendance(membership=about, why="Three meetings missed.", lasts=timedelta(days=90), now=now)


def said(row: Suspension, by: Membership, says: str = "come_back", words: str = "") -> bool:
    return answer_return(suspension=row, by=sitting_now(by), says=says, words=words)


def now_of(member: Membership) -> Membership:
    return Membership.objects.select_related("community", "person").get(pk=member.pk)


def told(member: Membership) -> list[str]:
    """The kinds of notices that they have now."""
    return list(Notice.objects.filter(person=member.person, withdrawn_at=None).values_list("kind", flat=True))
