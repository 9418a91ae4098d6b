"""Copies: prepared by those in office, answered by their authors, read by an open meeting."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.entry import enter, or_404
from communities.models import Membership
from communities.policies import acts_in_office
from meetings import objecting, queries, services
from meetings.lifecycle import ItemState, PieceState
from meetings.models import CopiedPost
from meetings.policies import may_answer_copy, may_read_copies
from meetings.queries.copies import Pack
from meetings.views.doors import come_in
from meetings.views.shown import pack_of


@require_safe
def pack(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """All that an open meeting has before it, copied words too. Members and staff; looks of staff are noted first."""
    membership, now = enter(request, slug)
    meeting = queries.access_meeting(membership, pk)
    come_in(may_read_copies(membership, meeting, now))
    services.note_look(meeting=meeting, by=membership)
    return render(request, "meetings/pack.html", pack_of(membership, meeting, now))


@require_safe
def copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A copy that is being prepared: its words, and what their authors say. The Top Three."""
    membership, now = enter(request, slug)
    item = queries.access_copy(membership, pk)
    come_in(acts_in_office(membership, now))
    prepared = queries.prepared_copy(item, now)
    return render(request, "meetings/copy.html", _copy_context(membership, prepared, now))


def _copy_context(membership: Membership, prepared: Pack, now: datetime) -> dict[str, Any]:
    item = prepared.item
    asks = {PieceState.ASKED, PieceState.STANDS, PieceState.OBJECTED}
    of_others = [words for words in prepared.pieces if words.piece.state in asks]
    return {
        "item": item,
        "pack": prepared,
        "needs_second": bool(of_others) and item.copy.seconded_at is None,
        "seconds": bool(of_others) and item.copy.seconded_at is None and item.by_id != membership.pk,
        "now": now,
        "page_kind": "meeting",
    }


@require_POST
def leave_out(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Leave one post out of a copy. The Top Three."""
    membership, _now = enter(request, slug)
    piece = queries.access_piece(membership, pk)
    services.leave_out(piece=piece, by=membership)
    messages.success(request, _("Left out."))
    return redirect("meetings:copy", slug, piece.copy.item_id)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One's own post in a copy: say yes, or take the yes back. Its author, in every state here."""
    membership, now = enter(request, slug)
    or_404(may_answer_copy(membership))
    piece = queries.access_own_piece(membership, pk)
    if request.method == "POST":
        agrees = request.POST.get("choice") == "yes"
        services.say_to_copy(piece=piece, by=membership, agrees=agrees)
        said = _("Thank you. It may be read at the meeting.") if agrees else _("Your yes is taken back.")
        messages.success(request, said)
        return redirect("meetings:own_copy", slug, pk)
    return render(request, "meetings/own_copy.html", _own_context(piece, slug, now))


def _own_context(piece: CopiedPost, slug: str, now: datetime) -> dict[str, Any]:
    item = piece.copy.item
    return {
        "piece": piece,
        "item": item,
        "version": queries.words_of(piece),
        "waits": item.state == ItemState.WAITING,
        "steps": [
            _("If you say yes, active members and staff can read it while that meeting is open."),
            _("If you say nothing, it is read only if a second of the Top Three joins, and a day has passed."),
            _("If you object, nobody reads it until others have heard you."),
            _("Your name is not with it, and names in it are taken out."),
        ],
        "object_url": objecting.address(piece, slug),
        "now": now,
        "page_kind": "meeting",
    }
