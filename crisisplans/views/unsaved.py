"""What is typed and not saved: kept from the writing pages, found there again, let go."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from crisisplans.forms.writing import OnePart, SupportCallsForm
from crisisplans.queries.own import OwnPlan
from crisisplans.queries.writing import begun_in
from crisisplans.services.drafts import Kept, drop_draft, keep_draft
from people import kept, sittings
from people.decisions import Refused
from people.views.shown import PersonRequest

NOT_OF_THE_PAGE = frozenset({"page_key", "attempt", "draft_version", kept.WRITTEN_BY})


def is_keeping(request: PersonRequest) -> bool:
    """Whether the form was sent to be kept for later, by its button or by the script, not to be saved."""
    return request.method == "POST" and "save_draft" in request.POST


def keep(request: PersonRequest, kind: str, part: str, form: OnePart, then: str = "") -> HttpResponse:
    """Keep what the form holds and come back to its page, or go on to `then`; the script gets its new state instead."""
    if not form.can_be_kept:
        raise Refused(_("This is too long to be kept. Could you make it shorter?"))
    seen = form.cleaned_data["version"]
    state = keep_draft(
        person=request.user, kind=kind, part=part, fields=form.written, seen_version=seen, page=form.page
    )
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"draft_version": state.draft_version, "apart": state.apart, "sent": state.sent})
    if then:
        return redirect(then)
    _say(request, state)
    return redirect(f"{request.path}#write")


def _say(request: PersonRequest, state: Kept) -> None:
    if state.sent:
        messages.info(request, _("This was saved already."))
    elif state.apart:
        messages.warning(request, _("Kept. You had written here on another page too. Both are kept, see below."))
    else:
        messages.success(request, _("Kept for later. Only you can see it."))


def let_go(request: PersonRequest, kind: str, part: str) -> HttpResponse:
    """Erase what was typed in a part and not saved."""
    drop_draft(person=request.user, kind=kind, part=part)
    messages.success(request, _("Let go."))
    return redirect(request.path)


def bring_in(request: PersonRequest, kind: str, part: str, form_class: type[OnePart]) -> HttpResponse | None:
    """Keep words that came along through a sign-in as every other word of a plan is kept, under its owner's own key,
    and forget them in the sitting; then the page again. None where there are none, where they don't fit, and where
    they may be somebody else's: those are kept by nothing but a button that is pressed."""
    words = kept.take(request, request.path) if request.method != "POST" else {}
    form = form_class(words, kind=kind, has_agreed=True)
    if not kept.are_of(words, request.user.pk) or not form.can_be_kept:
        return None
    seen = form.cleaned_data["version"]
    keep_draft(person=request.user, kind=kind, part=part, fields=form.written, seen_version=seen, page=form.page)
    kept.let_go(request, request.path)
    return redirect(request.path)


def begun(request: PersonRequest, own: OwnPlan | None, part: str, saved: dict[str, str]) -> dict[str, Any]:
    """What the page's form begins with: words that came back through a sign-in, else what is not saved yet, else the
    part as it stands (`saved`). At most one query.

    `draft`: what is in the box and not saved; `apart`: what was written in this part on other pages; `unsaved`: the
    words are not on the server; `unsure`: they came along and may be somebody else's;
    `tab_key`: for static/js/drafts.js.
    """
    initial: dict[str, Any] = {"version": own.number if own else 0} | saved
    context: dict[str, Any] = {"tab_key": sittings.tab_key(request), "draft": None, "apart": [], "unsaved": True}
    if request.method == "POST":
        return context | {"initial": initial}
    words = kept.take(request, request.path)
    there = begun_in(own, part).get(part)
    if there and not words:
        pieces = there.unsaved.pieces
        asked = request.GET.get("kept", "")
        place = int(asked) if asked.isdecimal() and len(asked) < 3 and int(asked) < len(pieces) else len(pieces) - 1
        chosen, newest = pieces[place], place == len(pieces) - 1
        initial |= _in_inputs(chosen.fields) | {"version": chosen.seen}
        initial["draft_version"] = there.unsaved.version if newest else 0
        others = [(n, piece) for n, piece in enumerate(pieces) if n != place]
        context |= {"draft": there, "apart": [(n, "\n".join(piece.fields.values())) for n, piece in others]}
    # The script keeps at once what is `unsaved`, so that is said of one's own words alone.
    own_words = kept.are_of(words, request.user.pk)
    fields = {name: text for name, text in words.items() if name not in NOT_OF_THE_PAGE}
    return context | {"initial": initial | fields, "unsaved": own_words, "unsure": bool(words) and not own_words}


def _in_inputs(fields: Mapping[str, str]) -> dict[str, str]:
    # The inputs of support calls have names of their own: what is a number for danger elsewhere is none here.
    names = {field: name for name, field in SupportCallsForm.names.items()}
    return {names.get(field, field): text for field, text in fields.items()}
