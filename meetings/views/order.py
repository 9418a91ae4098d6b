"""The order of the day: read by all, changed part by part by those who keep it; the page for the room; the topic."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from meetings.day.order import MOST_PARTS, Part
from meetings.day.words import when_of
from meetings.forms.day import PartForm, PlaceForm, TopicForm
from meetings.models import Group
from meetings.policies.day import may_say_topic, may_write_order
from meetings.policies.timetable import knows_groups, runs_session
from meetings.queries import day as orders
from meetings.queries import timetable
from meetings.queries.logbook import reading_in
from meetings.roles import roles_in
from meetings.services import order as services
from meetings.views import day_parts
from meetings.views.doors import come_in
from meetings.views.room import as_shown
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def ours(request: HttpRequest, slug: str) -> HttpResponse:
    """The order of the community's sessions. Whoever keeps the timetable changes it."""
    membership, now = enter(request, slug)
    or_404(knows_groups(membership))
    return _order(request, membership, None, now)


@require_http_methods(["GET", "HEAD", "POST"])
def of_group(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The order of one group's sessions. Whoever keeps that group changes it."""
    membership, now = enter(request, slug)
    return _order(request, membership, timetable.access_group(membership, pk), now)


def _order(request: HttpRequest, membership: Membership, group: Group | None, now: datetime) -> HttpResponse:
    may_write = may_write_order(membership, group, now)
    form = PartForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST":
        come_in(may_write)
        if (done := _changed(request, membership, group, form)) is not None:
            messages.success(request, done)
            return redirect(request.path)
    community_order, own = orders.newest_orders(membership.community_id, group.pk if group else None)
    newest = own if group else community_order
    context = {
        "group": group,
        "parts": _rows(orders.held(community_order, own)),
        "has_own": bool(newest and newest.parts),
        "seen": newest.pk if newest else 0,
        "writes": may_write,
        "form": form,
        "seen_by": audience("order"),
        "is_full": len(orders.held(community_order, own)) >= MOST_PARTS,
        "page_kind": "groups",
    }
    return render(request, "meetings/day/order.html", context)


def _changed(request: HttpRequest, membership: Membership, group: Group | None, form: PartForm) -> str | None:
    """What was done, in words; None where the form is not whole."""
    given: dict[str, Any] = {"by": membership, "group": group}
    place = PlaceForm(request.POST)
    if place.is_valid():
        sent = place.cleaned_data
        at = -1 if sent["part"] is None else sent["part"]
        services.change_order(**given, verb=sent["verb"], seen=sent["seen"], at=at)
        return _("The order is changed.")
    if request.POST.get("verb") in {"add", "change"} and form.is_valid():
        sent = form.cleaned_data
        at = -1 if sent["part"] is None else sent["part"]
        services.change_order(**given, verb=request.POST["verb"], seen=sent["seen"], at=at, part=form.said)
        return _("Kept.")
    return None


def _rows(parts: list[Part]) -> list[dict[str, Any]]:
    return [
        {
            "part": part,
            "at": at,
            "is_first": at == 0,
            "is_last": at == len(parts) - 1,
            "form": PartForm(
                initial={"title": part.title, "minutes": part.minutes or None, "kind": part.kind},
                auto_id=f"part_{at}_%s",
            ),
        }
        for at, part in enumerate(parts)
    ]


@require_safe
def room(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The page for the room: the order by the clock, in large letters. Whoever knows the groups.

    It follows the clock by script; without, it comes anew each minute for whoever asks it to.
    """
    membership, now = enter(request, slug)
    or_404(knows_groups(membership))
    session = timetable.access_session(membership, pk)
    roles = roles_in(session)
    context = {
        "session": session,
        "when": when_of(session),
        "topic": orders.topic_of(session),
        "turns": day_parts.shown(roles, membership),
        "runs": day_parts.runs_here(membership, roles),
        "reading": reading_in(membership, session, now),
        **as_shown(orders.order_of(session), now),
        "follows": bool(request.GET.get("follow")),
        "now": now,
        "page_kind": "groups",
    }
    answer = render(request, "meetings/day/room.html", context)
    if context["follows"]:
        # Without script, and only where somebody asked for it: a page that comes anew unasked loses one's place.
        answer["Refresh"] = "60"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what a session is about. Whoever runs it."""
    membership, now = enter(request, slug)
    session = timetable.access_session(membership, pk)
    come_in(runs_session(membership, session, now))
    come_in(may_say_topic(membership, session, now), is_for=True)
    said = orders.topic_of(session)
    form = TopicForm(
        request.POST or None, initial={"words": said.words if said else ""} | kept.take(request, request.path)
    )
    if form.is_valid():
        services.say_topic(session=session, by=membership, words=form.cleaned_data["words"])
        messages.success(request, _("Kept."))
        return redirect("meetings:session", slug, pk)
    context = {"session": session, "form": form, "seen_by": audience("topic"), "page_kind": "groups"}
    return render(request, "meetings/day/topic.html", context)
