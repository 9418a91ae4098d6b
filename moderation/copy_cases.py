"""Bringing somebody's words to a meeting, as something that they can object to (domain, section 7).

While the objection is open nobody reads the words there; who hears it is nobody who brought them.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Membership
from communities.queries import offices_in
from meetings import objecting
from meetings.lifecycle import ItemState, PieceState
from meetings.models import CopiedPost
from meetings.queries import words_of
from meetings.services import end_objection, hold_for_objection, lock_piece
from moderation import cases, roles
from moderation.cases import Case
from moderation.lifecycle import ObjectionState


def register() -> None:
    """Make copies something to object to; called once, as the site starts."""
    title = gettext_lazy("An objection to bringing somebody’s words to a meeting")
    kind = cases.CaseKind("copy", title, find, undo, lock=_lock, begun=begun, ended=ended)
    cases.register(kind)
    objecting.register(_where)


def _where(piece: CopiedPost, slug: str) -> str:
    return reverse("moderation:object", args=[slug, piece.ref])


def _lock(number: int) -> None:
    if CopiedPost.objects.filter(pk=number).exists():
        lock_piece(number)


def find(community_id: int, number: int, now: datetime) -> Case | None:
    """The bringing of this very post, while it waits for a meeting or an objection to it is open. Three queries."""
    rows = CopiedPost.objects.filter(pk=number, copy__item__community_id=community_id)
    rows = rows.select_related("copy__item__community", "author__community", "author__person", "post")
    piece = rows.first()
    if piece is None or not (piece.state == PieceState.OBJECTED or _can_be_objected_to(piece)):
        return None
    item = piece.copy.item
    brought = frozenset(pk for pk in (item.by_id, piece.copy.seconded_by_id) if pk)
    version = words_of(piece)
    return Case(
        ref=piece.ref,
        about=piece.author,
        what=_("A post of yours is to be read at a community meeting"),
        at=piece.told_at,
        by_role=roles.in_words(offices_in(community_id, now), brought) or _("Somebody who was in office"),
        decided_by=brought,
        why=item.title,
        words=item.why,
        back_to=reverse("meetings:own_copy", args=[item.community.slug, piece.pk]),
        shown=((version.title or _("The post"), version.text),),
    )


def _can_be_objected_to(piece: CopiedPost) -> bool:
    return piece.copy.item.state == ItemState.WAITING and piece.state in {PieceState.ASKED, PieceState.AGREED}


def begun(case: Case, now: datetime) -> None:
    """From the moment it is made, nobody reads these words at a meeting."""
    hold_for_objection(piece=_piece(case), now=now)


def undo(case: Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime) -> None:
    """Leave the post out of the copy, for good."""
    end_objection(piece=_piece(case), outcome="leave_out", now=now)


def ended(case: Case, outcome: str, now: datetime) -> None:
    """Taken back, it is as if nobody had objected; heard and not upheld, it stays in."""
    if outcome != ObjectionState.UNDONE:
        verb = "object_no_more" if outcome == ObjectionState.WITHDRAWN else "dismiss"
        end_objection(piece=_piece(case), outcome=verb, now=now)


def _piece(case: Case) -> CopiedPost:
    number = cases.number_of(case.ref)
    assert number is not None
    return lock_piece(number)
