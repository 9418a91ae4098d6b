"""Drafts: kept from the writing pages, found there again, listed, read whole, let go."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from boards.forms import DraftForm
from boards.models import Draft, Post, Thread
from boards.policies import may_change, may_keep_drafts, may_see_own_waiting
from boards.queries import access_draft, draft_for
from boards.services import Saved, let_go_draft, save_draft
from communities.entry import enter, or_404
from communities.models import Membership
from people import kept, sittings
from people.decisions import require

# No draft's number is as long; Python refuses to read one of thousands of digits.
LONGEST_NUMBER = 20


def is_saving(request: HttpRequest) -> bool:
    """Whether a writing page's form was sent to be kept, by its button or by the script, not to be posted."""
    return request.method == "POST" and "save_draft" in request.POST


def save(
    request: HttpRequest, membership: Membership, *, thread: Thread | None = None, post: Post | None = None
) -> HttpResponse:
    """Keep what the form holds and come back to its page; the script gets the draft's new state instead."""
    form = DraftForm(request.POST)
    require(form.fits)
    saved = save_draft(
        by=membership,
        page=form.page,
        words=form.words,
        thread=thread,
        post=post,
        seen_version=form.cleaned_data["version"] if post else None,
    )
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {"form_key": saved.form_key, "draft_version": saved.version, "apart": saved.apart, "sent": saved.sent}
        )
    _say(request, saved)
    onward = f"{request.path}?{urlencode({'draft': saved.pk})}" if saved.pk else request.path
    return redirect(f"{onward}#write")


def _say(request: HttpRequest, saved: Saved) -> None:
    if saved.sent:
        messages.info(request, _("This was sent already."))
    elif saved.apart:
        messages.warning(request, _("Saved. You had changed it somewhere else too. Both are kept: see “Waiting”."))
    elif saved.pk:
        messages.success(request, _("Saved. Only you can see it."))
    else:
        messages.info(request, _("There is nothing written yet, so nothing is kept."))


def begun(
    request: HttpRequest, membership: Membership, *, thread: Thread | None = None, post: Post | None = None
) -> dict[str, Any]:
    """What a writing page begins with: `words` (for the form), the `draft` they come from, and the key for the tab.

    Words that were kept through a sign-in are newer than any draft. Those, and words that come back with a form that
    could not be sent, are `unsaved`: the script saves them at once, unless they may be somebody else's.
    """
    context: dict[str, Any] = {"words": {}, "draft": None, "tab_key": sittings.tab_key(request), "unsaved": True}
    if request.method == "POST":
        return context
    words = kept.take(request, request.path)
    asked = request.GET.get("draft", "")
    draft = None
    if "fresh" not in request.GET:
        number = int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else None
        draft = draft_for(membership, thread=thread, post=post, pk=number)
    if words:
        same = draft is not None and words.get("form_key") == str(draft.form_key)
        # This is another page than the one they were written on.
        of_the_page = {"page_key", "attempt", kept.WRITTEN_BY}
        context["words"] = {name: text for name, text in words.items() if name not in of_the_page}
        context["unsaved"] = kept.are_of(words, membership.person_id)
        context["words"]["draft_version"] = draft.version if draft and same else 0
    else:
        context |= {"words": _fields(draft) if draft else {}, "draft": draft, "unsaved": False}
    return context


def _fields(draft: Draft) -> dict[str, Any]:
    words = draft.words
    fields = {"title": words.title, "text": words.text, "cover": words.cover, "form_key": draft.form_key}
    fields["draft_version"] = draft.version
    return fields | ({"version": draft.seen_version} if draft.seen_version else {})


def draft(request: HttpRequest, slug: str, draft: int) -> HttpResponse:
    """One of one's own drafts, whole: to be read, copied, gone on with, or let go."""
    membership, now = enter(request, slug)
    or_404(may_see_own_waiting(membership))
    own = access_draft(membership, draft)
    if request.method == "POST":
        let_go_draft(draft=own, by=membership)
        messages.success(request, _("Let go."))
        return redirect("boards:waiting", slug=slug)
    onward = go_on(own, membership, now)
    context = {"draft": own, "words": own.words, "go_on_url": onward, "place": onward.partition("?")[0], "now": now}
    return render(request, "boards/draft.html", context | {"page_kind": "waiting"})


def go_on(draft: Draft, membership: Membership, now: datetime) -> str:
    """The page where a draft can be gone on with, or "" where its writer can't write there (any more)."""
    slug = membership.community.slug
    if not may_keep_drafts(membership):
        return ""
    if draft.post is not None:
        to = reverse("boards:change", args=[slug, draft.post_id]) if may_change(membership, draft.post, now) else ""
    elif draft.thread is not None:
        shown = draft.thread.shown_from is not None and draft.thread.shown_from <= now
        to = reverse("boards:thread", args=[slug, draft.thread_id]) if shown else ""
    else:
        to = reverse("boards:new_thread", args=[slug])
    return f"{to}?{urlencode({'draft': draft.pk})}#write" if to else ""
