"""Reading votes. Nothing here opens a box, and nothing counts before the close."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from communities.lifecycle import Kind, State
from communities.models import Community, Membership, as_active
from elections import keys, outcomes
from elections.lifecycle import PollState
from elections.models import Box, Elector, OpenVote, Poll

_GOES_ON = (PollState.OPEN, PollState.CLOSED)


def access_poll(membership: Membership, pk: int) -> Poll:
    """A vote of the member's own community; for staff only one on whose roll they are. Raises Http404.

    One query, two for staff.
    """
    poll = get_object_or_404(Poll.objects.filter(community_id=membership.community_id), pk=pk)
    if not outcomes.of(poll.purpose).may_see(membership) and not _is_staff_on_roll(membership, poll):
        raise Http404
    poll.community = membership.community
    return poll


def _is_staff_on_roll(membership: Membership, poll: Poll) -> bool:
    works_here = membership.kind == Kind.STAFF and membership.state == State.ACTIVE
    return works_here and elector_of(poll, membership) is not None


def lock_poll(pk: int) -> Poll:
    """The vote read anew under its row's lock. In a transaction only."""
    return Poll.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)


def elector_of(poll: Poll, membership: Membership) -> Elector | None:
    """The member's own line of the roll; None where they are not on it. One query."""
    return Elector.objects.filter(poll=poll, membership=membership).first()


def electorate_of(community: Community, *, staff: bool = False, but_not: Collection[int] = ()) -> list[Membership]:
    """Who votes, as of now: active members and those suspended from the board only, without those named.

    `staff`: the community's rules let staff vote here; they do only while members outnumber them (domain, section 2).
    """
    here = Membership.objects.filter(community=community).exclude(pk__in=but_not)
    members = list(here.filter(as_active(), kind=Kind.MEMBER).order_by("pk"))
    if not staff:
        return members
    working = list(here.filter(kind=Kind.STAFF, state=State.ACTIVE).order_by("pk"))
    return [*members, *working] if len(members) > len(working) else members


def still_to_vote(membership: Membership, now: datetime) -> QuerySet[Poll]:
    """Open votes on whose roll the member is and in which they have not voted yet, the first to close first."""
    waiting = Elector.objects.filter(poll=OuterRef("pk"), membership=membership, has_voted=False)
    still_open = Poll.objects.filter(community_id=membership.community_id, state=PollState.OPEN, closes_at__gt=now)
    return still_open.filter(Exists(waiting)).order_by("closes_at", "pk")


def due_polls(now: datetime, community: Community | None = None) -> list[int]:
    """Votes whose close has come and that are not counted yet. One query."""
    due = Poll.objects.filter(state__in=_GOES_ON, closes_at__lte=now)
    if community is not None:
        due = due.filter(community=community)
    return list(due.order_by("closes_at", "pk").values_list("pk", flat=True))


def oldest_due(now: datetime) -> datetime | None:
    """The close of the vote that has waited longest for its count; None while none waits. One query."""
    due = Poll.objects.filter(state__in=_GOES_ON, closes_at__lte=now)
    return due.order_by("closes_at").values_list("closes_at", flat=True).first()


def held_again_often() -> int:
    """How many votes that go on have lost their key twice or more. One query."""
    return Poll.objects.filter(state__in=_GOES_ON, attempt__gt=2).count()


def polls_without_key() -> list[int]:
    """Secret votes that go on although their key is gone. One query."""
    going_on = Poll.objects.filter(secret=True, state__in=_GOES_ON).values_list("pk", "key_name")
    return [pk for pk, name in going_on if not keys.exists(name)]


def open_votes_of(poll: Poll) -> list[OpenVote]:
    """Who said what in a vote that was not secret, once it is counted; nothing before that. One query."""
    if poll.secret or poll.state != PollState.COUNTED:
        return []
    return list(OpenVote.objects.filter(poll=poll).select_related("membership").order_by("membership__display_name"))


def sealed_box_of(poll: Poll) -> str:
    """The sealed box in hexadecimal digits, so that anybody can check its lot; once it is counted, without a key."""
    if poll.state != PollState.COUNTED:
        return ""
    return bytes(Box.objects.get(poll=poll).sealed).hex()
