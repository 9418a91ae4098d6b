"""One's own plan: the whole of it, and writing one part at a time. For its owner alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clock import now as ask_clock
from clock.london import day_of
from communities.seeing import audience
from crisisplans.forms.writing import FirstStepsForm, OnePart, form_for
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.parts import FIRST_STEPS, parts_of
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.owning import readers_by_part
from crisisplans.responsibility import sentence
from crisisplans.services.saving import save_first_steps, save_part
from crisisplans.steps import in_boxes
from crisisplans.views.shown import has_agreed, heading_of, overview, places, to, words_of_plan
from crisisplans.views.unsaved import begun, bring_in, is_keeping, keep, let_go
from people.views.shown import PersonRequest

WRITES = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """One's own crisis plan; where there is none, a kind way to begin one."""
    return _whole(request, PlanKind.CRISIS, "crisisplans/mine.html")


@require_safe
def growing(request: PersonRequest) -> HttpResponse:
    """One's own development plan."""
    return _whole(request, PlanKind.DEVELOPMENT, "crisisplans/growing.html")


def _whole(request: PersonRequest, kind: str, template: str) -> HttpResponse:
    now = ask_clock()
    own = own_plan(request.user, kind, now)
    today = day_of(now)
    has_come = own is not None and own.plan.review_on is not None and own.plan.review_on <= today
    offered = has_come or (own is not None and own.plan.look_again_at is not None)
    context = {"now": now, "is_offered": offered, "has_come": has_come}
    return render(request, template, context | overview(own, kind))


@WRITES
def part(request: PersonRequest, part: str, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """Write one part, whenever and in whatever order one likes."""
    own = own_plan(request.user, kind, ask_clock())
    heading, after = heading_of(own, kind, part)
    words = {
        "title": heading.title,
        "hint": heading.hint,
        "examples": heading.part.examples,
        "fields": words_of_plan(own).parts.get(part, {}),
        "after": to(kind, "part", after) if after else "",
    }
    form_class = form_for(part, parts_of(kind)[part].fields)

    def save(form: OnePart) -> PlanVersion:
        return save_part(person=request.user, kind=kind, part=part, fields=form.written, **form.sent)

    return _write(request, own, Writing(kind, part, form_class, save, words))


@WRITES
def first_steps(request: PersonRequest) -> HttpResponse:
    """Choose the three things at the top of the plan."""
    kind = PlanKind.CRISIS
    own = own_plan(request.user, kind, ask_clock())
    words = {
        "title": _("Your first steps"),
        "hint": _("Three short things to do first. They stand at the top, and beside what you write on the board."),
        "examples": (_("Kettle on, radio on."), _("Ring Jo before it is bad."), _("The blue blanket.")),
        "fields": in_boxes(words_of_plan(own).first_steps),
        "after": "",
    }

    def save(form: OnePart) -> PlanVersion:
        steps = form.steps if isinstance(form, FirstStepsForm) else ()
        return save_first_steps(person=request.user, kind=kind, steps=steps, **form.sent)

    return _write(request, own, Writing(kind, FIRST_STEPS, FirstStepsForm, save, words))


@dataclass(frozen=True)
class Writing:
    """One part on its page: how its form looks, how it is saved, and the words round it."""

    kind: str
    key: str
    form_class: type[OnePart]
    save: Callable[[OnePart], PlanVersion]
    words: dict[str, Any]

    def form(self, request: PersonRequest, own: OwnPlan | None, initial: dict[str, Any]) -> OnePart:
        """The form as it was sent, or as it begins."""
        agreed = has_agreed(own, self.kind)
        return self.form_class(request.POST or None, initial=initial, kind=self.kind, has_agreed=agreed)


def _write(request: PersonRequest, own: OwnPlan | None, writing: Writing) -> HttpResponse:
    if brought := bring_in(request, writing.kind, writing.key, writing.form_class):
        return brought
    start = begun(request, own, writing.key, writing.form_class.shown(writing.words["fields"]))
    form = writing.form(request, own, start["initial"])
    if is_keeping(request):
        return keep(request, writing.kind, writing.key, form)
    if "let_go" in request.POST:
        return let_go(request, writing.kind, writing.key)
    if request.method == "POST" and form.is_valid():
        writing.save(form)
        messages.success(request, _("Saved."))
        goes_on = "and_on" in request.POST and writing.words["after"]
        return redirect(writing.words["after"] if goes_on else f"{to(writing.kind)}#{writing.key}")
    reads = readers_by_part(request.user, writing.kind, ask_clock()).get(writing.key, []) if own else []
    context = {"form": form, "seen_by": audience("plan"), "sentence": sentence(), "key": writing.key, "reads": reads}
    return render(request, "crisisplans/write.html", context | start | writing.words | places(writing.kind))
