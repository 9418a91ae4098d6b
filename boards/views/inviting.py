"""What staff read while the community asks them in; and, for everybody, who was asked in and who looked when."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_safe

from boards import queries
from boards.models import StaffLook
from boards.queries import Place
from boards.services import note_look
from boards.views.shown import for_guest
from communities.entry import enter, or_404
from communities.policies import is_staff_here


@require_GET
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of threads, for staff under an invitation to the whole board. The look is on record first."""
    membership, _now = enter(request, slug)
    or_404(is_staff_here(membership))
    look = note_look(by=membership, thread=None)
    now = look.at
    before = Place.read(request.GET.get("before", ""))
    page = queries.threads_for(membership, now, before)
    context = {
        "page": page,
        "before": before,
        "invitation": look.invitation,
        "newer_url": reverse("boards:guest_board", args=[slug]) if before else "",
        "older_url": f"?{urlencode({'before': str(page.older)})}" if page.older else "",
        "now": now,
        "page_kind": "asked_in",
    }
    return render(request, "boards/guest_board.html", context)


@require_GET
def thread(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """One thread as it stands on the board, for staff under an invitation. Nothing to write, search or report with."""
    membership, now = enter(request, slug)
    or_404(is_staff_here(membership))
    found = queries.access_opened_thread(membership, thread, now)
    look = note_look(by=membership, thread=found)
    now = look.at
    after, before = (Place.read(request.GET.get(name, "")) for name in ("after", "before"))
    page = queries.thread_page(found, now, after=after, before=before)
    context = {
        "thread": found,
        "title": queries.openings_on_board([found.pk], now).get(found.pk, ""),
        "rows": [for_guest(post, membership) for post in page.posts],
        "invitation": look.invitation,
        "newer_url": f"?{urlencode({'after': str(page.newer)})}" if page.newer else "",
        "older_url": f"?{urlencode({'before': str(page.older)})}" if page.older else "",
        "now": now,
        "page_kind": "asked_in",
    }
    return render(request, "boards/guest_thread.html", context)


@require_safe
def looks(request: HttpRequest, slug: str) -> HttpResponse:
    """Which of staff were asked in, to what and until when, and each of their looks. Active members, and staff."""
    membership, now = enter(request, slug)
    before = _number(request.GET.get("before", ""))
    found = queries.staff_looks(membership, before)
    invitations = queries.staff_invitations(membership)
    looked_at, opened = (row.thread_id for row in found), (row.thread_id for row in invitations)
    threads = {thread for thread in (*looked_at, *opened) if thread}
    titles = queries.openings_on_board(threads, now)
    shown = found[: queries.LOOKS_A_PAGE]
    told = [(row.is_open_at(now), {"row": row, "title": titles.get(row.thread_id or 0, "")}) for row in invitations]
    context = {
        "open_now": [one for is_open, one in told if is_open],
        "before_now": [one for is_open, one in told if not is_open],
        "looks": [_look(look, titles) for look in shown],
        "older_url": f"?before={shown[-1].pk}" if len(found) > len(shown) else "",
        "newest_url": reverse("boards:staff_looks", args=[slug]) if before is not None else "",
        "now": now,
        "page_kind": "staff_looks",
    }
    return render(request, "boards/staff_looks.html", context)


def _look(look: StaffLook, titles: dict[int, str]) -> dict[str, Any]:
    return {"row": look, "title": titles.get(look.thread_id or 0, "")}


def _number(written: str) -> int | None:
    """The look before which a page begins; none for the newest. Raises Http404 for anything that is no number."""
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise Http404
    return int(written)
