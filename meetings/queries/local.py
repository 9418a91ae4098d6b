"""The page of local life: what stands on it, one piece, and what was done to it."""

from dataclasses import dataclass
from datetime import date

from django.shortcuts import get_object_or_404

from communities.entry import or_404
from communities.models import Community, Membership
from meetings.lifecycle.local import LocalKind, LocalState
from meetings.local_due import due_if_before, is_due
from meetings.models.local import LocalChange, LocalPiece
from meetings.policies.local import may_keep_local, may_read_local

# Of a piece's history, the newest.
MOST_CHANGES = 50


@dataclass(frozen=True)
class PieceShown:
    """A piece as the page shows it."""

    piece: LocalPiece
    is_due: bool


@dataclass(frozen=True)
class LocalShown:
    """Pieces under one heading, by their titles."""

    kind: LocalKind
    pieces: list[PieceShown]


def local_page(membership: Membership, today: date) -> list[LocalShown]:
    """What stands on the page, heading by heading. Raises Http404 for whom it is closed to. One query."""
    or_404(may_read_local(membership))
    rows = list(LocalPiece.objects.shown().filter(community_id=membership.community_id).order_by("title", "pk"))
    return [
        LocalShown(kind, [PieceShown(row, is_due(row.checked_on, today)) for row in rows if row.kind == kind])
        for kind in LocalKind
    ]


def taken_off(membership: Membership) -> list[LocalPiece]:
    """What was taken off the page, for those who keep it: they can put it back. One query."""
    or_404(may_keep_local(membership))
    off = LocalPiece.objects.filter(community_id=membership.community_id, state=LocalState.TAKEN_OFF)
    return list(off.order_by("title", "pk")[:MOST_CHANGES])


def access_piece(membership: Membership, pk: int) -> LocalPiece:
    """A piece of the member's own community, for those who keep the page. Raises Http404. One query."""
    or_404(may_keep_local(membership))
    pieces = LocalPiece.objects.filter(community_id=membership.community_id).select_related("community")
    return get_object_or_404(pieces, pk=pk)


def lock_piece_of(pk: int) -> LocalPiece:
    """The piece under its lock, after memberships. In a transaction only."""
    return LocalPiece.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)


def changes_of(piece: LocalPiece) -> list[LocalChange]:
    """What was done to a piece, the newest first. One query."""
    return list(piece.changes.order_by("-at", "-pk")[:MOST_CHANGES])


def access_change(membership: Membership, piece: LocalPiece | None, pk: int) -> LocalChange:
    """One thing done to this piece (None: to any) of the member's own community. Raises Http404. One query."""
    or_404(may_keep_local(membership))
    rows = LocalChange.objects.filter(piece__community_id=membership.community_id)
    rows = rows.filter(piece=piece) if piece else rows
    return get_object_or_404(rows.select_related("piece__community"), pk=pk)


def due_pieces(community: Community, today: date) -> list[LocalPiece]:
    """What stands on the page and should be looked at again. One query."""
    due = LocalPiece.objects.shown().filter(community=community, checked_on__lte=due_if_before(today))
    return list(due.select_related("checked_by__person").order_by("pk"))


def communities_with_due(today: date) -> list[Community]:
    """Where something should be looked at again. One query."""
    due = LocalPiece.objects.shown().filter(checked_on__lte=due_if_before(today))
    return list(Community.objects.filter(pk__in=due.values("community")).order_by("pk"))
