"""When one's own plan is looked at again, and under whose headings it is written."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clock import now as ask_clock
from clock.london import day_of
from crisisplans.forms.dates import ReviewForm
from crisisplans.forms.headings import FollowForm
from crisisplans.lifecycle import PlanKind
from crisisplans.queries.own import own_plan
from crisisplans.queries.writing import places_to_follow
from crisisplans.services.dates import answer_offer, set_review_date
from crisisplans.services.templates import follow_headings
from crisisplans.views.shown import places, to
from people.views.shown import PersonRequest

WRITES = require_http_methods(["GET", "HEAD", "POST"])


@WRITES
def review(request: PersonRequest, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """Choose a day, or none."""
    now = ask_clock()
    own = own_plan(request.user, kind, now)
    chosen = own.plan.review_on if own else None
    initial = {"choice": "day", "day": chosen} if chosen else {}
    form = ReviewForm(request.POST or None, initial=initial, today=day_of(now))
    if request.method == "POST" and form.is_valid():
        plan = set_review_date(person=request.user, kind=kind, on=form.on)
        said = _("We will remind you then, once, by day.") if plan.review_on else _("Nobody will remind you.")
        messages.success(request, said)
        return redirect(to(kind))
    return render(request, "crisisplans/review.html", {"form": form, "chosen": chosen} | places(kind))


@require_POST
def later(request: PersonRequest, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """Put an offer to look again aside."""
    answer_offer(person=request.user, kind=kind)
    messages.success(request, _("All right. Your plan stays as it is."))
    return redirect(to(kind))


@WRITES
def follow(request: PersonRequest, kind: str = PlanKind.CRISIS) -> HttpResponse:
    """Choose under whose headings one's plan is written."""
    own = own_plan(request.user, kind, ask_clock())
    communities = {str(one.pk): one for one in places_to_follow(request.user)}
    follows = str(own.plan.template_of_id or "") if own else ""
    form = FollowForm(
        request.POST or None, initial={"choice": follows if follows in communities else ""}, communities=communities
    )
    if request.method == "POST" and form.is_valid():
        chosen: forms.Form = form
        follow_headings(person=request.user, kind=kind, community=communities.get(chosen.cleaned_data["choice"]))
        messages.success(request, _("Your words are as they were. The headings have changed."))
        return redirect(to(kind))
    return render(request, "crisisplans/follow.html", {"form": form} | places(kind))
