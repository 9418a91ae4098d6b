"""Copies: what is being prepared, what an open meeting reads, and one's own post in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from boards.models import PostVersion, Thread
from communities.models import Community, Membership
from meetings.copying import can_be_copied, may_be_shown
from meetings.lifecycle import ItemKind, ItemState, PieceState
from meetings.models import AgendaItem, CopiedPost
from meetings.without_names import NamesOut


@dataclass(frozen=True)
class Words:
    """One piece as a reader meets it: by whom as a letter, and its words without names; None where none are shown."""

    piece: CopiedPost
    writer: str
    title: str
    text: str
    is_shown: bool


@dataclass(frozen=True)
class Pack:
    """A copy as an open meeting reads it."""

    item: AgendaItem
    pieces: list[Words]

    @property
    def left_out(self) -> int:
        """How many pieces of it are not shown."""
        return sum(not words.is_shown for words in self.pieces)


def packs_of(items: Iterable[AgendaItem], names: list[str], now: datetime) -> dict[int, Pack]:
    """Those of these items that are copies, as an open meeting reads them, by the item's number. Two queries, or none.

    Called by pages that have asked `may_read_copies`. `names`: of everybody who belongs or belonged there; they are
    taken out.
    """
    rows = [item for item in items if item.kind == ItemKind.COPY]
    pieces = _pieces_of(rows) if rows else {}
    return {item.pk: Pack(item, _as_read(item, pieces.get(item.copy.pk, []), names, now)) for item in rows}


def prepared_copy(item: AgendaItem, now: datetime) -> Pack:
    """A copy as those in office prepare it, every piece of it as the meeting would read it. Three queries.

    Called by pages that have asked `acts_in_office`.
    """
    pieces = _pieces_of([item]).get(item.copy.pk, [])
    return Pack(item, _as_read(item, pieces, _names_in(item.community), now, preparing=True))


def access_copy(membership: Membership, pk: int) -> AgendaItem:
    """A copy that waits for a meeting, for those in office. Raises Http404 for all else. One query."""
    if not membership.decides:
        raise Http404
    waiting = AgendaItem.objects.waiting().filter(community_id=membership.community_id, kind=ItemKind.COPY)
    return get_object_or_404(waiting.select_related("copy__seconded_by", "by", "community"), pk=pk)


def access_piece(membership: Membership, pk: int) -> CopiedPost:
    """A piece of a copy that waits, for those in office. Raises Http404. One query."""
    if not membership.decides:
        raise Http404
    pieces = CopiedPost.objects.filter(
        copy__item__community_id=membership.community_id, copy__item__state=ItemState.WAITING
    )
    return get_object_or_404(pieces.select_related("copy__item", "author", "post"), pk=pk)


def access_own_piece(membership: Membership, pk: int) -> CopiedPost:
    """One's own post in a copy, whatever has become of it. Raises Http404 for anybody else's. One query."""
    own = CopiedPost.objects.filter(author=membership)
    return get_object_or_404(own.select_related("copy__item__by", "copy__item__meeting", "post", "copy"), pk=pk)


def words_of(piece: CopiedPost) -> PostVersion:
    """The version that a piece copies. One query."""
    return PostVersion.objects.get(post=piece.post_id, number=piece.version)


def threads_of(item: AgendaItem) -> list[Thread]:
    """The threads that what came of an item goes back to: its own; of a copy each whose words it holds. One query."""
    if item.kind != ItemKind.COPY:
        return [item.thread] if item.thread is not None else []
    kept = CopiedPost.objects.filter(copy__item=item).exclude(state=PieceState.LEFT_OUT)
    return list(Thread.objects.filter(pk__in=kept.values("post__thread")).order_by("pk"))


def _pieces_of(items: Iterable[AgendaItem]) -> dict[int, list[tuple[CopiedPost, PostVersion]]]:
    rows = CopiedPost.objects.filter(copy__item__in=[item.pk for item in items])
    pieces = list(rows.select_related("post", "author", "copy").order_by("place", "pk"))
    versions = {
        (row.post_id, row.number): row
        for row in PostVersion.objects.filter(post__in=[piece.post_id for piece in pieces])
    }
    found: dict[int, list[tuple[CopiedPost, PostVersion]]] = {}
    for piece in pieces:
        found.setdefault(piece.copy_id, []).append((piece, versions[piece.post_id, piece.version]))
    return found


def _names_in(community: Community) -> list[str]:
    """Everybody who belongs or belonged here: also whoever has left is somebody."""
    return list(Membership.objects.filter(community=community).values_list("display_name", flat=True))


def _as_read(
    item: AgendaItem,
    pieces: list[tuple[CopiedPost, PostVersion]],
    names: list[str],
    now: datetime,
    *,
    preparing: bool = False,
) -> list[Words]:
    without = NamesOut([*names, *item.copy.names_out.splitlines()])
    writers: dict[int, int] = {}
    found = []
    for piece, version in pieces:
        number = writers.setdefault(piece.author_id, len(writers))
        stands = can_be_copied(piece.post, version, now) and piece.state != PieceState.LEFT_OUT
        shown = stands and (preparing or may_be_shown(piece, item.copy, now))
        title, text = (without(version.title), without(version.text)) if shown else ("", "")
        found.append(Words(piece, chr(ord("A") + number), title, text, shown))
    return found
