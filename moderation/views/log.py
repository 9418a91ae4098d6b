"""The verbatim log of the Top Three, and bringing words of it to the meeting."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.lifecycle import State
from boards.policies import is_in_its_pause
from communities.entry import enter
from communities.lifecycle import HERE
from communities.seeing import audience
from meetings.copying import can_be_copied
from meetings.queries import access_copy
from moderation.log_forms import CopyForm, LogForm
from moderation.policies import may_moderate
from moderation.queries import log as queries
from moderation.services.bringing import bring_copy, join_copy
from moderation.services.looking import note_log_opened
from people import kept
from people.decisions import require


@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """A page of the log, the latest first; each opening is on record."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(may_moderate(membership, now))
    people = queries.people_in_log(membership)
    form = LogForm(request.GET or None, people=people)
    asked = form.asked
    note_log_opened(by=membership, asked=asked)
    before = queries.LogPlace.read(request.GET.get("before", ""))
    page = queries.log_page(membership, asked, now, before)
    context = {
        "form": form,
        "asked": asked,
        "rows": [_row(row, now) for row in page.rows],
        "newer_url": f"?{_narrowed(request)}" if before else "",
        "older_url": f"?{_narrowed(request, before=str(page.older))}" if page.older else "",
        "opened": queries.opened_lately(membership, people),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/log.html", context)


def _row(row: queries.LogRow, now: Any) -> dict[str, Any]:
    version = row.version
    post = version.post if version else row.decision.post if row.decision else None
    can = row.kind == "words" and version is not None and can_be_copied(version.post, version, now)
    # Whoever has left can't be asked (meetings.services.propose_copy).
    can = can and post is not None and post.author.state in HERE
    leads_on = post is not None and post.state != State.ERASED and not is_in_its_pause(post, now)
    return {"row": row, "version": version, "decision": row.decision, "can_be_brought": can, "leads_on": leads_on}


def _narrowed(request: HttpRequest, **more: str) -> str:
    given = {name: request.GET[name] for name in LogForm.base_fields if request.GET.get(name)}
    return urlencode(given | more)


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring the words that were ticked in the log to the next meeting. The Top Three."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(may_moderate(membership, now))
    numbers = _ticked(request)
    if not numbers:
        messages.info(request, _("Please tick what you want to bring."))
        return redirect("moderation:log", slug)
    versions = queries.access_versions(membership, numbers, now)
    form = CopyForm(request.POST or None, initial=kept.take(request, request.path))
    if form.is_valid():
        item = bring_copy(by=membership, versions=numbers, **form.sent)
        messages.success(request, _("It is on the agenda. Those who wrote it have been told, and can say yes or no."))
        return redirect("meetings:copy", slug, item.pk)
    context = {
        "form": form,
        "versions": versions,
        "of_others": any(version.post.author_id != membership.pk for version in versions),
        "seen_by": audience("copy"),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/bring.html", context)


def _ticked(request: HttpRequest) -> list[int]:
    return [int(each) for each in request.GET.getlist("v") if each.isascii() and each.isdecimal() and len(each) < 19]


@require_POST
def join(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Join in bringing a copy: the second of the Top Three."""
    membership, _now = enter(request, slug)
    join_copy(item=access_copy(membership, pk), by=membership)
    messages.success(request, _("You have joined. Its authors have had word of it."))
    return redirect("meetings:copy", slug, pk)
