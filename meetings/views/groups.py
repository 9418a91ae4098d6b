"""Groups: all of them, one of them, and putting one on the timetable, changing and ending it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter, or_404
from communities.models import Membership
from communities.policies import takes_part
from communities.queries import rules_of
from communities.seeing import audience
from meetings import queries, services
from meetings.forms.groups import EndGroupForm, GroupForm, as_it_is
from meetings.forms.timetable import ExtraForm
from meetings.models import Group
from meetings.policies.timetable import knows_groups, may_change_group, may_keep_timetable, may_start_group
from meetings.views.doors import come_in
from meetings.week import days_shown
from meetings.when import rule_words
from people import kept


@require_safe
def every(request: HttpRequest, slug: str) -> HttpResponse:
    """All groups that run, by name."""
    membership, now = enter(request, slug)
    or_404(knows_groups(membership))
    groups = queries.groups_of(membership.community)
    context = {
        "rows": [{"group": group, "when": rule_words(group)} for group in groups],
        "keeps": membership.is_staff or membership.decides,
        "starts_groups": bool(may_start_group(membership, now)),
        "page_kind": "groups",
    }
    return render(request, "meetings/timetable/groups.html", context)


@require_safe
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One group: what it is, when, where, and its next sessions."""
    membership, now = enter(request, slug)
    group = queries.access_group(membership, pk)
    context = {
        "group": group,
        "when": rule_words(group),
        "days": days_shown(queries.sessions_of(group, now), now),
        "changes": _changes(membership, group),
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/timetable/group.html", context)


def _changes(membership: Membership, group: Group) -> bool:
    """Whether its buttons are theirs, by what the door knows; the services ask again. No query."""
    started = group.member_led and group.made_by_id == membership.pk and takes_part(membership)
    return group.state == "running" and (started or membership.is_staff or membership.decides)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a group on the timetable: members who take part one that they lead, staff and the Top Three every kind."""
    membership, now = enter(request, slug)
    come_in(may_start_group(membership, now))
    form = GroupForm(request.POST or None, initial=kept.take(request, request.path), **_asks(request, membership))
    if form.is_valid():
        group = services.start_group(by=membership, said=form.said, form_key=form.cleaned_data["form_key"])
        _said_it(request, membership, group, _("It stands on the timetable now."))
        return redirect("meetings:group", slug, group.pk)
    return render(request, "meetings/timetable/group_form.html", _writing(form))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a group from now on."""
    membership, now = enter(request, slug)
    group = queries.access_group(membership, pk)
    come_in(may_change_group(membership, group, now))
    # What comes back is the whole form: a tick that is missing in it was taken out.
    initial = kept.take(request, request.path) or as_it_is(group)
    form = GroupForm(request.POST or None, initial=initial, **_asks(request, membership))
    if form.is_valid():
        seen = form.cleaned_data["edition"] or 0
        group = services.change_group(group=group, by=membership, said=form.said, seen=seen)
        _said_it(request, membership, group, _("Changed. What was moved or called off by hand stays as it was."))
        return redirect("meetings:group", slug, pk)
    return render(request, "meetings/timetable/group_form.html", _writing(form) | {"group": group})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a group after a day."""
    membership, now = enter(request, slug)
    group = queries.access_group(membership, pk)
    come_in(may_change_group(membership, group, now))
    form = EndGroupForm(request.POST or None, initial=kept.take(request, request.path), now=now)
    if form.is_valid():
        services.end_group(group=group, by=membership, after=form.cleaned_data["day"])
        messages.success(request, _("It ends after that day. Whoever wanted to come later is told."))
        return redirect("meetings:group", slug, pk)
    return render(request, "meetings/timetable/group_end.html", {"group": group, "form": form, "page_kind": "groups"})


@require_http_methods(["GET", "HEAD", "POST"])
def extra(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """An extra session of a group."""
    membership, now = enter(request, slug)
    group = queries.access_group(membership, pk)
    come_in(may_change_group(membership, group, now))
    return _add(request, membership, group)


@require_http_methods(["GET", "HEAD", "POST"])
def single(request: HttpRequest, slug: str) -> HttpResponse:
    """A session that happens once and belongs to no group."""
    membership, now = enter(request, slug)
    come_in(may_start_group(membership, now))
    return _add(request, membership, None)


def _add(request: HttpRequest, membership: Membership, group: Group | None) -> HttpResponse:
    as_group = {"title": group.title, "venue": group.venue_id, "link": group.link} if group else {}
    venues = queries.venues_of(membership.community)
    initial = as_group | kept.take(request, request.path)
    form = ExtraForm(request.POST or None, initial=initial, venues=venues, now=membership.came_in_at)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        session = services.add_session(by=membership, said=form.said, form_key=key, group=group)
        messages.success(request, _("It stands on the timetable now."))
        return redirect("meetings:session", membership.community.slug, session.pk)
    context = {"form": form, "group": group, "seen_by": audience("timetable"), "page_kind": "groups"}
    return render(request, "meetings/timetable/extra.html", context)


def _asks(request: HttpRequest, membership: Membership) -> dict[str, Any]:
    community, now = membership.community, membership.came_in_at
    keeps = bool(may_keep_timetable(membership, now))
    return {
        "venues": queries.venues_of(community),
        "now": now,
        "community": community,
        "staff": queries.staff_of(community) if keeps else [],
        "keeps": keeps,
    }


def _writing(form: GroupForm) -> dict[str, Any]:
    return {"form": form, "seen_by": audience("timetable"), "page_kind": "groups"}


def _said_it(request: HttpRequest, membership: Membership, group: Group, words: str) -> None:
    """Say that it is done, and kindly where a group has more room than is comfortable here (domain, section 2)."""
    messages.success(request, words)
    comfortable = rules_of(membership.community).comfortable_group
    if group.room is not None and group.room > comfortable:
        said = _("It has room for %(room)s. Here up to %(most)s in a group feel comfortable: two groups may be kinder.")
        messages.warning(request, said % {"room": group.room, "most": comfortable})
