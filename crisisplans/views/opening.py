"""Opening one's own plan to others: a form, a second look, and then it is open."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clock import now as ask_clock
from communities.entry import enter, or_404
from communities.keeping_apart import sees_names
from communities.models import Membership
from communities.policies import may_have_own_data
from crisisplans.forms.opening import (
    LINK_DAYS,
    NAMED_DAYS,
    REVIEW_HOURS,
    ChosenReadersForm,
    LinkForm,
    OpeningForm,
    TypedReadersForm,
)
from crisisplans.lifecycle import OpeningKind
from crisisplans.parts import FIRST_STEPS
from crisisplans.policies import may_open_here
from crisisplans.queries.opened_words import titles_of
from crisisplans.queries.own import OwnPlan, own_plan
from crisisplans.queries.owning import may_be_asked
from crisisplans.queries.writing import headings_for
from crisisplans.services.sharing import open_by_link, open_to_members
from people import kept
from people.decisions import require
from people.views.shown import PersonRequest

WAYS = {"review": OpeningKind.REVIEW, "with": OpeningKind.NAMED}
FOR_HOURS: dict[str, dict[str, Any]] = {
    "review": {"hours": REVIEW_HOURS, "usual": 2},
    "with": {"hours": [24 * days for days in NAMED_DAYS], "usual": 7 * 24},
    "link": {"hours": [24 * days for days in LINK_DAYS], "usual": 7 * 24},
}


@require_http_methods(["GET", "HEAD", "POST"])
def to_members(request: PersonRequest, kind: str, way: str, slug: str) -> HttpResponse:
    """To named people of a community: for a review, or to share it."""
    membership, now = enter(request, slug)
    require(may_open_here(membership))
    own = _own(request, kind)
    people = list(may_be_asked(membership, now))
    initial = kept.take(request, request.path)
    shown = {"titles": _titles(own), "people": people, "initial": initial, **FOR_HOURS[way]}
    form: ChosenReadersForm | TypedReadersForm
    if sees_names(membership):
        form = ChosenReadersForm(request.POST or None, **shown)
    else:
        form = TypedReadersForm(request.POST or None, asks=membership, **shown)
    if not _is_sure(request, form):
        return _page(request, form, way, own, membership)
    open_to_members(
        by=membership,
        plan=own.plan,
        kind=WAYS[way],
        parts=form.cleaned_data["parts"],
        readers=form.readers,
        lasts=form.lasts,
    )
    messages.success(request, _("It is open now. They have been told. You can end it at any moment."))
    return redirect("crisisplans:sharing")


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: PersonRequest, kind: str) -> HttpResponse:
    """To somebody outside. The link and the code are shown to its maker, and to nobody again."""
    own = _own(request, kind)
    initial = kept.take(request, request.path)
    form = LinkForm(request.POST or None, titles=_titles(own), initial=initial, **FOR_HOURS["link"])
    if not _is_sure(request, form):
        return _page(request, form, "link", own, None)
    made = open_by_link(
        person=request.user,
        plan=own.plan,
        parts=form.cleaned_data["parts"],
        words=form.words,
        lasts=form.lasts,
        form_key=form.cleaned_data["form_key"],
    )
    address = request.build_absolute_uri(reverse("crisisplans:shared", args=[made.token]))
    context = {"made": made, "link": address, "whom": form.words.whom, "plan": own.plan}
    return render(request, "crisisplans/link_made.html", context | {"page_kind": "plan", "now": ask_clock()})


def _own(request: PersonRequest, kind: str) -> OwnPlan:
    """One's own plan with words in it. Raises Http404 without, `PlanClosed` while it stays shut."""
    or_404(may_have_own_data(request.user))
    own = own_plan(request.user, kind, ask_clock())
    if own is None or own.words.are_none:
        raise Http404
    return own


def _titles(own: OwnPlan) -> dict[str, str]:
    """The parts that hold words, under the owner's own headings."""
    written = {*own.words.parts, *([FIRST_STEPS] if own.words.first_steps else [])}
    titles = titles_of(headings_for(own.plan, own.plan.kind))
    return {key: title for key, title in titles.items() if key in written}


def _is_sure(request: PersonRequest, form: OpeningForm) -> bool:
    """Whether it was sent from the second look, and is whole."""
    return request.method == "POST" and form.is_valid() and "sure" in request.POST


def _page(
    request: PersonRequest, form: OpeningForm, way: str, own: OwnPlan, membership: Membership | None
) -> HttpResponse:
    looks_twice = form.is_bound and form.is_valid() and "again" not in request.POST
    place = membership and membership.community
    context = {"form": form, "way": way, "plan": own.plan, "place": place, "page_kind": "plan"}
    return render(request, "crisisplans/open_sure.html" if looks_twice else "crisisplans/open.html", context)
