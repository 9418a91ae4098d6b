"""Every saved version of one's own plan: listed, read, compared in words, made the newest again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clock import now as ask_clock
from crisisplans.comparing import differs, in_words
from crisisplans.forms.writing import HIGHEST, OnePart
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS, keys_of
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.writing import access_version, headings_for, versions_of
from crisisplans.responsibility import sentence
from crisisplans.services.saving import restore_version
from crisisplans.told import as_one_text
from crisisplans.views.shown import has_agreed, places, to
from crisisplans.words import PlanWords
from people.views.shown import PersonRequest


@require_safe
def versions(request: PersonRequest, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """The list, the newest first, with what changed in each."""
    now = ask_clock()
    own = own_plan(request.user, kind, now)
    if own is None or not own.number:
        return redirect(to(kind))
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < len(str(HIGHEST)) else 0
    rows, onward = versions_of(own, before)
    titles = _titles(own)
    told = [
        {
            "version": row.version,
            "changed": [titles[key] for key in row.changed],
            "href": to(kind, "version", row.version.number),
        }
        for row in rows
    ]
    context = {
        "rows": told,
        "now": now,
        "newest": own.number,
        "newer_url": to(kind, "versions") if before else "",
        "older_url": f"?before={onward}" if onward else "",
    }
    return render(request, "crisisplans/versions.html", context | places(kind))


@require_http_methods(["GET", "HEAD", "POST"])
def version(request: PersonRequest, number: int, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """One version: what changed in it, or how it differs from the newest; and the button that brings it back."""
    own = own_plan(request.user, kind, ask_clock())
    if own is None:
        raise Http404
    found, words, before = access_version(own, number)
    initial = {"version": own.number}
    form = OnePart(request.POST or None, initial=initial, kind=kind, has_agreed=has_agreed(own, kind))
    if request.method == "POST" and form.is_valid():
        sent = {name: form.sent[name] for name in ("seen_version", "agreed")}
        restore_version(person=request.user, kind=kind, number=number, **sent)
        messages.success(request, _("This is your plan again. The one before it is kept too."))
        return redirect(to(kind))
    with_newest = "with" in request.GET and number != own.number
    old, new = (words, own.words) if with_newest else (before, words)
    titles = _titles(own)
    context: dict[str, Any] = {
        "found": found,
        "is_newest": number == own.number,
        "with_newest": with_newest,
        "changes": _changes(old, new, kind, titles),
        "parts": [(titles[key], as_one_text(words.parts[key])) for key in titles if key in words.parts],
        "steps": words.first_steps,
        "agreed_sentence": sentence(found.agreed_to),
        "form": form,
        "sentence": sentence(),
        "now": ask_clock(),
    }
    return render(request, "crisisplans/version.html", context | places(kind))


def _titles(own: OwnPlan) -> dict[str, str]:
    kind = own.plan.kind
    first = {FIRST_STEPS: _("Your first steps")} if FIRST_STEPS in keys_of(kind) else {}
    return first | {heading.key: heading.title for heading in headings_for(own.plan, kind)}


def _changes(old: PlanWords, new: PlanWords, kind: str, titles: dict[str, str]) -> list[dict[str, Any]]:
    keys = [key for key in titles if key in keys_of(kind) and differs(old, new, key)]
    return [{"title": titles[key], "pieces": in_words(_text(old, key), _text(new, key))} for key in keys]


def _text(words: PlanWords, key: str) -> str:
    if key == FIRST_STEPS:
        return "\n".join(words.first_steps)
    return as_one_text(words.parts[key]) if key in words.parts else ""
