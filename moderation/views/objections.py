"""Objecting to a decision about oneself, as its maker meets it: what was decided, one short form, what comes of it."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.queries.holding import holds_of
from communities.entry import enter_own
from communities.models import Membership
from communities.seeing import audience
from moderation import cases, queries
from moderation.lifecycle import OBJECTABLE, OPEN_STATES, ObjectionState
from moderation.models import Objection
from moderation.objection_forms import ObjectionForm
from moderation.objection_policies import may_object
from moderation.services import bring_on, object_to, withdraw_objection
from people import kept
from people.decisions import require


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Members in every state come in, and whoever has left; nothing is ever decided about staff here."""
    membership, now = enter_own(request, slug)
    if membership.is_staff:
        raise Http404
    return membership, now


@require_safe
def told(request: HttpRequest, slug: str) -> HttpResponse:
    """What was decided about one's own posts, with the words, and the way to object to each."""
    membership, now = _enter(request, slug)
    explained = queries.told_to(membership)
    objections = {row.case: row for row in reversed(queries.own_objections(membership))}
    newest: dict[int, int] = {}
    for row in explained:
        newest.setdefault(row.post_id, row.pk)
    rows = [
        {
            "told": row,
            # The newest about a post is what can be objected to.
            "may_object": row.verb in OBJECTABLE and newest[row.post_id] == row.pk,
            "objection": objections.get(row.post.ref) if newest[row.post_id] == row.pk else None,
        }
        for row in explained
    ]
    holds = [hold for hold in holds_of(membership, now) if hold.membership_id]
    context = {"rows": rows, "holds": holds, "place": membership.community, "now": now, "page_kind": "waiting"}
    return render(request, "moderation/told.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def object_(request: HttpRequest, slug: str, case: str) -> HttpResponse:
    """Object to one decision about oneself; where one has done so, lead there."""
    membership, now = _enter(request, slug)
    found = queries.access_own_case(membership, case, now)
    form = ObjectionForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        row = object_to(case=found.ref, by=membership, words=form.cleaned_data["words"])
        return redirect("moderation:own_objection", slug=slug, pk=row.pk)
    last = queries.last_objection(membership, found.ref)
    if last is not None and (last.state in OPEN_STATES or last.made_at >= found.at):
        return redirect("moderation:own_objection", slug=slug, pk=last.pk)
    require(may_object(membership, found, last))
    # Who has left finds all of it on the one page that stays theirs; the others are of the community.
    is_here = getattr(request, "membership", None) is not None
    context = {
        "case": found,
        "back_to": found.back_to if is_here else reverse("moderation:told", args=[slug]),
        "form": form,
        "seen_by": audience("objection"),
        "now": now,
        "page_kind": "waiting",
    }
    return render(request, "moderation/object.html", context)


@require_safe
def own(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What one has objected to, what happens next, and what came of it."""
    membership, now = _enter(request, slug)
    row = queries.access_own_objection(membership, pk)
    context = {
        "objection": row,
        "place": membership.community,
        "case": cases.find(row.community_id, row.case, now),
        "is_open": row.state in OPEN_STATES,
        "may_bring_on": row.state == ObjectionState.STANDS,
        "now": now,
        "page_kind": "waiting",
    }
    return render(request, "moderation/objected.html", context)


@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own objection back, while it is open."""
    return _step(request, slug, pk, withdraw=True)


@require_POST
def to_meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Bring one's own objection, once it was heard, to the community meeting."""
    return _step(request, slug, pk, withdraw=False)


def _step(request: HttpRequest, slug: str, pk: int, *, withdraw: bool) -> HttpResponse:
    membership, _now = _enter(request, slug)
    row: Objection = queries.access_own_objection(membership, pk)
    if withdraw:
        withdraw_objection(objection=row, by=membership)
        messages.success(request, _("You have taken it back. You can object again, if you like."))
    else:
        bring_on(objection=row, by=membership)
    return redirect("moderation:own_objection", slug=slug, pk=row.pk)
