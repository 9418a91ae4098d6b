"""The register of a session: tap through it, and save."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter
from meetings import queries
from meetings.forms.register import WORD, RegisterForm
from meetings.lifecycle.coming import EXCUSED, Was
from meetings.policies.register import may_take_register
from meetings.policies.timetable import may_keep_timetable
from meetings.queries.register import Line, changes_of, sheet_of, untaken
from meetings.services.register import take_register
from meetings.views.doors import come_in
from people import kept

# What is said of a mark that somebody else has saved.
SAVED = {
    Was.HERE: gettext_lazy("saved by now: here"),
    WORD: gettext_lazy("saved by now: an apology"),
    Was.NOT_HERE: gettext_lazy("saved by now: not here"),
    "": gettext_lazy("saved by now: no mark"),
}


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take the register, or correct it. Whoever runs the session."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    come_in(may_take_register(membership, session, now))
    sheet = sheet_of(session)
    brought = {} if "saved" in request.GET else kept.take(request, request.path)
    form = RegisterForm(request.POST or None, sheet=sheet, brought=brought)
    if form.is_valid():
        take_register(
            session=session,
            by=membership,
            marks=form.marks,
            guests=form.guests_counted,
            seen=form.cleaned_data["seen"],
        )
        messages.success(request, _("The register is saved. Thank you."))
        return redirect("meetings:register", slug, pk)
    context = {
        "session": session,
        "sheet": sheet,
        "rows": [_row(line, form) for line in sheet.expected],
        "others": [_row(line, form) for line in sheet.others],
        "form": form,
        # As on the page of who sent word: why, is for the others who run it.
        "changes": changes_of(sheet.row, membership) if sheet.row else [],
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/register/register.html", context)


def _row(line: Line, form: RegisterForm) -> dict[str, Any]:
    """One line as the page shows it: what was tapped on a form that was not whole or did not arrive, else what stands.

    `saved`: what somebody else has saved meanwhile, where that is another mark.
    """
    stands = WORD if line.was in EXCUSED else line.was
    tapped = form.meant(line, stands) if form.shows_taps else stands
    return {"line": line, "tapped": tapped, "saved": SAVED[stands] if form.is_behind and stands != tapped else ""}


@require_safe
def registers(request: HttpRequest, slug: str) -> HttpResponse:
    """Sessions that count and are over without a register. Staff and the Top Three."""
    membership, now = enter(request, slug)
    come_in(may_keep_timetable(membership, now))
    context = {"sessions": untaken(membership.community, now), "now": now, "page_kind": "groups"}
    return render(request, "meetings/register/untaken.html", context)
