"""What staff may read because the community asked them in, and what everybody may know about it.

Nothing here opens the members' own doors: staff have pages of their own, which show what stands on the board and
nothing else (domain, section 4.4; safety checks, 1.6).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from boards.models import Post, StaffInvitation, StaffLook, Thread
from boards.policies import may_see_who_looked
from boards.queries.thread import NO_NUMBER
from communities.entry import or_404
from communities.lifecycle import Kind
from communities.lifecycle import State as Standing
from communities.models import Membership

LOOKS_A_PAGE = 50
INVITATIONS_SHOWN = 20


@dataclass(frozen=True)
class Opened:
    """What is open to one of staff at a moment: the whole board, or some threads."""

    board: bool = False
    threads: frozenset[int] = frozenset()

    def covers(self, thread: int | None) -> bool:
        """Whether this thread is open to them; None: the list of all of them."""
        return self.board or thread in self.threads


NOTHING_OPENED = Opened()


def opened_to_each(members: Collection[int], now: datetime) -> dict[int, Opened]:
    """What is open to each of these of staff at this moment, by membership. One query, of the rows in force only."""
    here = StaffInvitation.objects.in_force(now).filter(
        staff__in=members, staff__kind=Kind.STAFF, staff__state=Standing.ACTIVE
    )
    found: dict[int, list[int | None]] = {}
    for member, thread in here.values_list("staff", "thread_id"):
        found.setdefault(member, []).append(thread)
    return {
        member: Opened(None in threads, frozenset(thread for thread in threads if thread is not None))
        for member, threads in found.items()
    }


def invitations_for(membership: Membership, now: datetime) -> list[StaffInvitation]:
    """The invitations of this one of staff that are in force, the longest first. One query."""
    return list(_in_force_for(membership, now).order_by("-until", "-pk"))


def access_invitation_to(
    membership: Membership, thread: int | None, now: datetime, *, lock: bool = False
) -> StaffInvitation:
    """The invitation by which one of staff may look at this thread, or at the list (None). Raises Http404. One query.

    One to the thread itself comes before one to the whole board. `lock`: under its row's lock, so that whoever ends it
    meanwhile has ended it before, or ends it after.
    """
    covering = _in_force_for(membership, now).filter(Q(thread=None) | Q(thread=thread))
    rows = list(covering.select_for_update(of=("self",)) if lock else covering)
    if not rows:
        raise Http404
    return min(rows, key=lambda row: (row.thread_id is None, row.pk))


def _in_force_for(membership: Membership, now: datetime) -> QuerySet[StaffInvitation]:
    return StaffInvitation.objects.in_force(now).filter(
        community_id=membership.community_id, staff=membership.pk, staff__state=Standing.ACTIVE, staff__kind=Kind.STAFF
    )


def access_opened_thread(membership: Membership, pk: int, now: datetime) -> Thread:
    """A thread on the board that this one of staff was asked to read. Raises Http404. Two queries."""
    if pk >= NO_NUMBER:
        raise Http404
    access_invitation_to(membership, pk, now)
    shown = Thread.objects.filter(community_id=membership.community_id, shown_from__lte=now)
    return get_object_or_404(shown, pk=pk)


def openings_on_board(threads: Collection[int], now: datetime) -> dict[int, str]:
    """The titles of these threads, by thread, as far as they stand on the board. One query."""
    openings = Post.objects.on_board(now).filter(thread_id__in=threads, is_opening=True)
    return dict(openings.values_list("thread_id", "title")) if threads else {}


def staff_invitations(membership: Membership) -> list[StaffInvitation]:
    """The community's invitations, the newest first, with whom they name. Raises Http404. Two queries."""
    or_404(may_see_who_looked(membership))
    rows = StaffInvitation.objects.filter(community_id=membership.community_id).order_by("-opened_at", "-pk")
    named = Membership.objects.order_by("display_name")
    return list(rows.prefetch_related(Prefetch("staff", named, to_attr="named"))[:INVITATIONS_SHOWN])


def staff_looks(membership: Membership, before: int | None = None) -> list[StaffLook]:
    """A page of looks of staff in this community, the newest first, and one more if there is another page. One query.

    Raises Http404.
    """
    or_404(may_see_who_looked(membership))
    looks: Any = StaffLook.objects.filter(invitation__community_id=membership.community_id)
    if before is not None:
        looks = looks.filter(pk__lt=before)
    return list(looks.select_related("staff").order_by("-pk")[: LOOKS_A_PAGE + 1])


def access_staff_invitation(membership: Membership, pk: int) -> StaffInvitation:
    """One of the community's own invitations, in force or over. Raises Http404."""
    or_404(may_see_who_looked(membership))
    return get_object_or_404(StaffInvitation.objects.filter(community_id=membership.community_id), pk=pk)
