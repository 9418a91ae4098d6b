"""The page of local life, and keeping it."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock.london import day_of
from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from helpnow.queries import contacts_for
from meetings.forms.local import MoveForm, NewPieceForm, PieceForm, PieceText, SeenForm
from meetings.models.local import LocalPiece
from meetings.policies.local import may_keep_local
from meetings.queries import local as queries
from meetings.services import local as services
from meetings.views.looking import who_looks
from people import kept
from people.decisions import Conflict

# Words that may be about danger stay on the page; who wrote them is shown the way to somebody.
LOOK_SOON = 2


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page itself: everybody here but those suspended from everything."""
    membership, now = enter(request, slug)
    headings = queries.local_page(membership, day_of(now))
    keeps = bool(may_keep_local(membership))
    context = {
        "headings": headings,
        "contacts": contacts_for(membership.community.nation),
        "keeps": keeps,
        "off": queries.taken_off(membership) if keeps else [],
        "due": sum(shown.is_due for heading in headings for shown in heading.pieces),
        "page_kind": "local",
    }
    return render(request, "meetings/local.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a new piece. Active members."""
    membership, now = enter(request, slug)
    or_404(may_keep_local(membership))
    asked = {"kind": request.GET.get("kind", "")}
    form = NewPieceForm(request.POST or None, initial=asked | kept.take(request, request.path))
    if form.is_valid():
        sent = form.cleaned_data
        piece = services.add_piece(by=membership, kind=sent["kind"], says=form.says, form_key=sent["form_key"])
        return _written(request, piece, membership, now)
    return render(request, "meetings/local_write.html", _writing(form))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a piece says; `?from=` brings an earlier text back into the boxes. Active members."""
    membership, now = enter(request, slug)
    piece = queries.access_piece(membership, pk)
    earlier = request.GET.get("from", "")[:18]
    text = queries.access_change(membership, piece, int(earlier)) if earlier.isdecimal() else piece
    initial = {"edition": piece.edition, "open_times": text.times}
    initial |= {name: getattr(text, name) for name in ("title", "words", "phone", "web")}
    form = PieceForm(request.POST or None, initial=initial | kept.take(request, request.path))
    if form.is_valid():
        seen = form.cleaned_data["edition"]
        changed = services.change_piece(piece=piece, by=membership, says=form.says, seen=seen)
        return _written(request, changed, membership, now)
    return render(request, "meetings/local_write.html", _writing(form) | {"piece": piece})


def _writing(form: PieceText) -> dict[str, object]:
    return {"form": form, "seen_by": audience("local"), "page_kind": "local"}


def _written(request: HttpRequest, piece: LocalPiece, membership: Membership, now: datetime) -> HttpResponse:
    if piece.urgency >= LOOK_SOON:
        messages.warning(
            request,
            _(
                "It stands on the page. If these words are about how you are now: you need not be alone with it. "
                "Help now is at the top of this page. %(who)s"
            )
            % {"who": who_looks(membership, now)},
        )
    else:
        messages.success(request, _("Thank you. It stands on the page now."))
    return redirect("meetings:local", membership.community.slug)


@require_safe
def piece(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One piece with everything that was done to it. Active members."""
    membership, now = enter(request, slug)
    row = queries.access_piece(membership, pk)
    context = {"piece": row, "changes": queries.changes_of(row), "now": now, "page_kind": "local"}
    return render(request, "meetings/local_piece.html", context)


@require_POST
def checked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """It still holds. Active members."""
    membership, _now = enter(request, slug)
    row = queries.access_piece(membership, pk)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise Conflict(_("This page was too old. Please look again."))
    services.check_piece(piece=row, by=membership, seen=form.cleaned_data["edition"])
    messages.success(request, _("Thank you. It stands there that somebody looked today."))
    return redirect("meetings:local", slug)


@require_POST
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take it off the page, or put it back. Active members."""
    membership, _now = enter(request, slug)
    row = queries.access_piece(membership, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Conflict(_("This page was too old. Please look again."))
    services.move_piece(piece=row, by=membership, verb=form.cleaned_data["verb"])
    messages.success(request, _("Done."))
    return redirect("meetings:local_piece", slug, pk)


@require_POST
def words_away(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an earlier text away for good. The Top Three."""
    membership, _now = enter(request, slug)
    row = queries.access_change(membership, None, pk)
    services.take_words_away(change=row, by=membership)
    messages.success(request, _("These words are gone for good."))
    return redirect("meetings:local_piece", slug, row.piece_id)
