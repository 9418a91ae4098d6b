"""The rota's doors: whose times stand on one's own, and which were asked to be taken over. A miss is a 404."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from clock.london import day_of
from communities import duty, hours, rota
from communities.lifecycle import DECIDING_OFFICES, AskingState, Kind, Office, State
from communities.models import Asking, Hours, Membership
from communities.queries import offices_in
from people.decisions import YES, Decision, no

DAYS_SHOWN = 14
# Further ahead nobody knows their weeks.
MOST_AHEAD = timedelta(days=60)


def fellows(membership: Membership, now: datetime) -> list[Membership]:
    """Those who share a rota with this member, without themselves, by name: staff; or those who decide; or alternates.

    Two queries.
    """
    here = Membership.objects.filter(community=membership.community_id, state=State.ACTIVE).exclude(pk=membership.pk)
    if membership.is_staff:
        rows = here.filter(kind=Kind.STAFF)
    else:
        offices = offices_in(membership.community_id, now)
        mine = offices.get(membership.pk, frozenset())
        wanted = DECIDING_OFFICES if mine & DECIDING_OFFICES else frozenset({Office.ALTERNATE})
        rows = here.filter(pk__in=[member for member, held in offices.items() if held & wanted])
    return list(rows.select_related("person").order_by("display_name"))


def hours_beside(membership: Membership, now: datetime) -> list[Hours]:
    """Everything said by those on the same rota, oneself among them; alternates stand beside those who decide.

    One query.
    """
    if membership.is_staff:
        return duty.cover_hours(membership.community, now)
    return duty.duty_hours(membership.community, now)


def looks_of(member: Membership, now: datetime) -> list[rota.Look]:
    """When this member looks in the weeks that one can plan for. One query."""
    rows = duty.own_hours(member, now)
    return [one for one in rota.looks(rows, around=now, days=MOST_AHEAD.days) if one.span.ends_at > now]


def own_look(member: Membership, pk: int, on: date, now: datetime) -> rota.Look:
    """One of somebody's own times on one day, still to come. Raises Http404. One query."""
    for one in looks_of(member, now):
        if one.row.pk == pk and one.on == on:
            return one
    raise Http404


def looks_of_each(members: Collection[Membership], now: datetime) -> list[rota.Look]:
    """What these look at in the days that the rota shows, the next one first; for swaps. One query."""
    rows = Hours.objects.filter(membership__in=members).select_related("membership")
    last = now + timedelta(days=DAYS_SHOWN)
    return [one for one in rota.looks(rows, around=now) if one.span.ends_at > now and one.span.begins_at < last]


def find_look(member: Membership, on: date, starts: time, now: datetime) -> rota.Look | None:
    """The time of this member that begins then, if they still have it. One query."""
    for one in looks_of(member, now):
        if one.on == on and hours.local_time(one.span.begins_at) == starts:
            return one
    return None


def still_asked(membership: Membership, fellow: Collection[int], now: datetime) -> list[Asking]:
    """What is asked among those on one rota: by oneself, of oneself, or of whoever can. One query."""
    asked = Asking.objects.filter(state=AskingState.OPEN, by__in=[*fellow, membership.pk], on__gte=day_of(now))
    mine = Q(by=membership) | Q(to=membership) | Q(to=None)
    return list(asked.filter(mine).select_related("by", "to").order_by("on", "starts", "pk"))


def access_asking(membership: Membership, pk: int) -> Asking:
    """What somebody of the member's own community has asked, of them or of whoever can, or they themselves.

    Raises Http404.
    """
    mine = Q(by=membership) | Q(to=membership) | Q(to=None)
    return get_object_or_404(_askings().filter(mine, by__community_id=membership.community_id), pk=pk)


def lock_asking(pk: int) -> Asking:
    """The asking read anew under its row's lock. In a transaction, after the memberships' locks."""
    return _askings().select_for_update(of=("self",)).get(pk=pk)


def _askings() -> QuerySet[Asking]:
    return Asking.objects.select_related("by__community", "by__person", "to")


def may_take_over(member: Membership, asking: Asking, fellow: Collection[int]) -> Decision:
    """Somebody on the same rota, never one's own; where one of them was asked by name, only that one. No query."""
    if asking.by_id == member.pk:
        return no(_("This is your own time."))
    if asking.by_id not in fellow or (asking.to_id is not None and asking.to_id != member.pk):
        return no(_("Somebody else was asked."))
    return YES
