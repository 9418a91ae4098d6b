"""The logbook: one session's record, its parts, what others would like changed, and all that were agreed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.queries import asked_for
from communities.entry import enter
from communities.seeing import audience
from meetings.forms.logbook import NewPartForm, SeenForm, WordsForm
from meetings.policies.logbook import may_leave_out, may_propose, may_write
from meetings.policies.timetable import runs_session
from meetings.queries import logbook as queries
from meetings.queries import timetable
from meetings.services import agreeing
from meetings.services import logbook as services
from meetings.views import logbook_shown as shown
from meetings.views.doors import come_in
from people import kept as kept_words
from people.decisions import Refused, require

TROUBLE = {
    "nothing": gettext_lazy("Please write a word to look for, with letters or numbers in it."),
    "too_common": gettext_lazy("These words stand nearly everywhere. Please add another one."),
    "too_long": gettext_lazy("That is a lot to look for. Ten words are enough."),
}
MOST_PAGES = 500


@require_safe
def all_of_them(request: HttpRequest, slug: str) -> HttpResponse:
    """Records of sessions: those not agreed yet that are with this member, and the agreed ones, to look for words in.

    Nothing of what was looked for is kept or logged.
    """
    membership, _now = enter(request, slug)
    written = request.GET.get("q", "")
    asked = asked_for(written)
    page = request.GET.get("page", "")[:4]
    at = min(int(page), MOST_PAGES) if page.isdecimal() else 0
    rows = queries.agreed_records(membership, asked.words, at * queries.RESULTS_A_PAGE)
    context = {
        "written": "" if asked.trouble == "too_long" else written.replace("\0", " ").strip(),
        "trouble": TROUBLE.get(asked.trouble, "") if written.strip() else "",
        "has_looked": bool(asked.words),
        "open": [
            {"logbook": row, "session": row.session, "when": shown.when_of(row.session)}
            for row in queries.open_records(membership)
        ]
        if not written.strip() and not at
        else [],
        "found": shown.found(rows[: queries.RESULTS_A_PAGE], asked.words),
        "older_url": f"?{urlencode({'q': written, 'page': str(at + 1)})}" if len(rows) > queries.RESULTS_A_PAGE else "",
        "newest_url": f"?{urlencode({'q': written})}" if at else "",
        "page_kind": "groups",
    }
    return render(request, "meetings/logbook/all.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The record of one session. Whoever writes it adds parts; others who were there say what they would add."""
    membership, now = enter(request, slug)
    kept = queries.access_record(membership, pk, now)
    form = NewPartForm(request.POST or None, initial=kept_words.take(request, request.path))
    writes = may_write(membership, kept.session, kept.logbook, kept.stands, now)
    if request.method == "POST":
        runs = kept.stands.runs
        require(writes if runs or runs.remedy else may_propose(membership, kept.logbook, kept.stands))
    if form.is_valid():
        sent: dict[str, Any] = {name: form.cleaned_data[name] for name in ("heading", "words", "form_key")}
        verb = services.add_part if writes else services.propose_change
        verb(session=kept.session, by=membership, **sent)
        messages.success(request, _("Written down.") if writes else _("Thank you. Whoever writes this is asked."))
        return redirect("meetings:logbook", slug, pk)
    parts = queries.parts_of(kept.logbook)
    rows = {
        "parts": parts,
        "is_as_agreed": not (kept.logbook and kept.logbook.is_agreed) or queries.is_as_agreed(kept.logbook, parts),
        "waiting": queries.waiting_in(kept, membership),
        "said": queries.said_of(kept.logbook),
    }
    context = shown.page(membership, kept, now, rows)
    seen_by = audience("logbook")
    return render(
        request, "meetings/logbook/one.html", context | {"form": form, "seen_by": seen_by, "page_kind": "groups"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One part of a record that is not agreed yet: change it, say what should stand there instead, or leave it out."""
    membership, now = enter(request, slug)
    row, kept = queries.access_part(membership, pk, now)
    assert kept.logbook is not None
    writes = may_write(membership, kept.session, kept.logbook, kept.stands, now)
    leaves = may_leave_out(membership, kept.logbook, kept.stands)
    come_in(leaves, is_for=True)
    if request.method == "POST" and request.POST.get("verb") == "leave_out":
        services.leave_out_part(part=row, by=membership)
        messages.success(request, _("Left out. Nothing of it is kept."))
        return redirect("meetings:logbook", slug, kept.session.pk)
    form = WordsForm(
        request.POST or None,
        initial={"words": row.words, "edition": kept.logbook.edition} | kept_words.take(request, request.path),
        stands="" if writes else row.words,
    )
    if form.is_valid():
        sent = form.cleaned_data
        if writes:
            services.change_part(part=row, by=membership, words=sent["words"], seen=sent["edition"] or 0)
        else:
            given = {"words": sent["words"], "form_key": sent["form_key"], "heading": row.heading}
            services.propose_change(session=kept.session, by=membership, part=row, **given)
        messages.success(request, _("Changed.") if writes else _("Thank you. Whoever writes this is asked."))
        return redirect("meetings:logbook", slug, kept.session.pk)
    context = {"part": row, "session": kept.session, "form": form, "writes": writes, "page_kind": "groups"}
    return render(request, "meetings/logbook/part.html", context | {"seen_by": audience("logbook")})


@require_POST
def proposal(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer a change that somebody would like, or take one's own back."""
    membership, now = enter(request, slug)
    row, kept = queries.access_proposal(membership, pk, now)
    said = {
        "take": _("Taken into the record."),
        "decline": _("Not taken. Its words are gone from here."),
        "take_back": _("Taken back. Its words are gone from here."),
    }
    verb = request.POST.get("verb", "")
    if verb not in said:
        # Either answer takes its words away.
        raise Refused(_("Please tap one of the answers."))
    services.settle_proposal(proposal=row, by=membership, verb=verb)
    messages.success(request, said[verb])
    return redirect("meetings:logbook", slug, kept.session.pk)


@require_POST
def agree(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Agree with a record as it was seen."""
    membership, now = enter(request, slug)
    kept = queries.access_record(membership, pk, now)
    form = SeenForm(request.POST)
    if kept.logbook is not None and form.is_valid():
        is_frozen = agreeing.agree(logbook=kept.logbook, by=membership, seen=form.cleaned_data["edition"])
        said = _("Agreed. Nothing of it changes any more.") if is_frozen else _("Thank you. One more of you is needed.")
        messages.success(request, said)
    return redirect("meetings:logbook", slug, pk)


@require_POST
def was_read(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Note that the last record was read out in this session. Whoever runs this session."""
    membership, now = enter(request, slug)
    session = timetable.access_session(membership, pk)
    come_in(runs_session(membership, session, now))
    logbook = agreeing.read_out(session=session, by=membership)
    messages.success(request, _("Written down. Whoever was there can say now whether it is right."))
    return redirect("meetings:logbook", slug, logbook.session_id)
