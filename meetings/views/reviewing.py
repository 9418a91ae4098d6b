"""Plans and a session: who asks for a look at theirs, and opening one's own for those who are there."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter, or_404
from communities.keeping_apart import sees_names
from communities.models import Membership
from communities.policies import may_see_people
from crisisplans.lifecycle import PlanKind
from crisisplans.parts import FIRST_STEPS
from crisisplans.policies import may_open_here
from crisisplans.queries.opened_words import titles_of
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.owning import may_be_asked, plans_to_open
from crisisplans.queries.writing import headings_for
from meetings import queries
from meetings.forms.pack import ChosenInSessionForm, TypedInSessionForm
from meetings.models import Session
from meetings.policies.pack import is_on, may_ask_review, may_open_in
from meetings.queries.pack import people_there_first, reviews_asked
from meetings.services.reviewing import ask_review, open_in_session, take_back_review
from meetings.when import when_words
from people import kept
from people.decisions import require

Form = ChosenInSessionForm | TypedInSessionForm


@require_http_methods(["GET", "HEAD", "POST"])
def reviews(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who asks for a look at their plan in this session; ask for it oneself, or take that back."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    if request.method == "POST":
        return _answered(request, membership, session)
    asked = reviews_asked(session)
    sees, opens = bool(may_see_people(membership)), bool(may_open_in(membership, session, now))
    context = {
        "session": session,
        "when": when_words(session.starts_at, session.ends_at),
        "asked": [row.membership for row in asked] if sees else [],
        "asks": any(row.membership_id == membership.pk for row in asked),
        "may_ask": bool(may_ask_review(membership, session, now)),
        "opens": opens,
        "kinds": {plan.kind for plan in plans_to_open(membership.person)} if opens else (),
        "is_on": is_on(session, now),
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/pack/reviews.html", context)


def _answered(request: HttpRequest, membership: Membership, session: Session) -> HttpResponse:
    or_404(may_open_here(membership))
    if request.POST.get("choice") == "take_back":
        take_back_review(session=session, by=membership)
        messages.success(request, _("Taken back."))
    else:
        ask_review(session=session, by=membership)
        messages.success(request, _("The group knows that you would like it. Nothing of your plan is open."))
    return redirect("meetings:reviews", membership.community.slug, session.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def open_own(request: HttpRequest, slug: str, pk: int, kind: str) -> HttpResponse:
    """Open one's own plan to people who are there, until the session ends: a form, then a second look."""
    membership, now = enter(request, slug)
    or_404(may_open_here(membership))
    session = queries.access_session(membership, pk)
    require(may_open_in(membership, session, now))
    own = _own(membership, kind, now)
    form = _form(request, membership, session, own, now)
    if not (request.method == "POST" and form.is_valid() and "sure" in request.POST):
        return _page(request, form, session)
    open_in_session(
        session=session, by=membership, plan=own.plan, parts=form.cleaned_data["parts"], readers=form.readers
    )
    messages.success(request, _("It is open to them until this session ends. You can end it at any moment."))
    return redirect("crisisplans:sharing")


def _form(request: HttpRequest, membership: Membership, session: Session, own: OwnPlan, now: datetime) -> Form:
    shown: dict[str, Any] = {
        "titles": _titles(own),
        "initial": kept.take(request, request.path),
        "ends": _("the end of this session, %(when)s") % {"when": when_words(session.starts_at, session.ends_at)},
    }
    if sees_names(membership):
        people = people_there_first(membership, session, now)
        return ChosenInSessionForm(request.POST or None, people=people, **shown)
    anybody = list(may_be_asked(membership, now))
    return TypedInSessionForm(request.POST or None, people=anybody, asks=membership, **shown)


def _own(membership: Membership, kind: str, now: datetime) -> OwnPlan:
    """One's own plan with words in it. Raises Http404 without, `PlanClosed` while it stays shut."""
    own = own_plan(membership.person, kind, now) if kind in PlanKind.values else None
    if own is None or own.words.are_none:
        raise Http404
    return own


def _titles(own: OwnPlan) -> dict[str, str]:
    written = {*own.words.parts, *([FIRST_STEPS] if own.words.first_steps else [])}
    titles = titles_of(headings_for(own.plan, own.plan.kind))
    return {key: title for key, title in titles.items() if key in written}


def _page(request: HttpRequest, form: Form, session: Session) -> HttpResponse:
    looks_twice = form.is_bound and form.is_valid() and "again" not in request.POST
    template = "crisisplans/open_sure.html" if looks_twice else "meetings/pack/open_plan.html"
    return render(request, template, {"form": form, "session": session, "way": "review", "page_kind": "groups"})
