"""One's own plan in the hand: calm and step by step, on paper, as a file. For its owner alone, but for its shape."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clock import now as ask_clock
from crisisplans import calm
from crisisplans.along import schema
from crisisplans.along.as_data import as_data
from crisisplans.along.as_text import as_text
from crisisplans.lifecycle import PlanKind
from crisisplans.paper import pdf, sheets
from crisisplans.paper.letters import missing_in
from crisisplans.queries.own import own_plan
from crisisplans.queries.taking import both, written_ones
from crisisplans.queries.told import beside, told
from crisisplans.told import ToldPlan, title_of
from crisisplans.views.shown import to
from people.views.shown import PersonRequest

PDF, TEXT, DATA = "application/pdf", "text/plain; charset=utf-8", "application/json"


@require_safe
def now(request: PersonRequest, step: int = 1) -> HttpResponse:
    """What helps, one thing at a time. Without a plan: whom to turn to, and three things that anybody can do."""
    plan = _told(request, PlanKind.CRISIS)
    steps = calm.steps(plan)
    if not 1 <= step <= max(len(steps), 1):
        return redirect("crisisplans:now")
    context = {
        "step": steps[step - 1] if steps else None,
        "number": step,
        "all": len(steps),
        "before": step - 1,
        "after": step + 1 if step < len(steps) else 0,
        "contacts": plan.contacts,
        "page_kind": "plan",
    }
    return render(request, "crisisplans/now.html", context)


@require_safe
def paper(request: PersonRequest, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """The plan as one sheet, for the browser's own printing."""
    plan = _told(request, kind)
    if plan.is_empty:
        return redirect(to(kind))
    sheet = sheets.folded(plan)
    context = {
        "told": plan,
        "sides": len(sheet.pages),
        "letters": sheets.SIZES.index(sheet.size),
        "is_long": bool(sheet.left_out),
        "kind": kind,
        "page_kind": "plan",
    }
    return render(request, "crisisplans/paper.html", context)


@require_safe
def take(request: PersonRequest) -> HttpResponse:
    """Every way of taking one's plans along, and of bringing one in."""
    found = written_ones(both(request.user, ask_clock()))
    plans = [(plan.kind, plan.title, missing_in(plan.text)) for _own, plan in found]
    return render(request, "crisisplans/take.html", {"plans": plans, "page_kind": "plan"})


@require_safe
def take_file(request: PersonRequest, kind: str, form: str) -> HttpResponse:
    """One plan as a file: a sheet to fold or upright pages (PDF), or text. Made in memory, kept nowhere."""
    plan = _told(request, kind)
    if plan.is_empty:
        return redirect("crisisplans:take")
    if form == "text":
        return _file(as_text(plan).encode(), TEXT, "my-plan.txt")
    sheet = sheets.folded(plan) if form == "sheet" else sheets.upright(plan)
    return _file(pdf.written(sheet.pages, title=plan.title), PDF, "my-plan.pdf")


@require_safe
def take_data(request: PersonRequest) -> HttpResponse:
    """Both plans as data (docs/plan.schema.json)."""
    at = ask_clock()
    plans = written_ones(both(request.user, at))
    return _file(as_data(plans, made_at=at).encode(), DATA, "my-plan.json")


@login_not_required
@require_safe
def take_shape(request: HttpRequest) -> HttpResponse:
    """The JSON Schema of that file, for whoever writes a program. Everybody, and without a database."""
    return HttpResponse(schema.written(), content_type="application/schema+json")


def _told(request: PersonRequest, kind: str) -> ToldPlan:
    own = own_plan(request.user, kind, ask_clock())
    plan = told(own) if own else ToldPlan(kind, title_of(kind))
    return beside(plan, request.user)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    # The name says nothing about where it is from.
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
