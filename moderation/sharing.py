"""How the load is shared: numbers for each of those in office, for them alone; and their notes for the meeting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.shortcuts import get_object_or_404
from django.urls import reverse

from communities import duty, rota
from communities.hours import Span
from communities.models import Membership
from communities.queries import officers
from meetings.items import Way
from meetings.items import register as register_item
from meetings.lifecycle import ItemKind
from meetings.models import AgendaItem
from moderation.models import Debrief, PostDecision, Report

LOOKED_BACK = timedelta(days=28)
LOOKED_AHEAD = timedelta(days=14)
MOST_NOTES = 50


@dataclass(frozen=True)
class Share:
    """What one of those in office did in the last four weeks, and how many hours they have said for the next two."""

    member: Membership
    office: str
    decisions: int
    reports: int
    hours: int


def shares(membership: Membership, now: datetime) -> list[Share]:
    """Everybody in office, by name, never in order of their numbers: it is no race. Five queries.

    Called by the page of those who decide, which has asked `may_moderate`. Nobody else ever sees it.
    """
    since = now - LOOKED_BACK
    decided = PostDecision.objects.filter(by__community=membership.community_id, at__gt=since)
    joined = PostDecision.objects.filter(seconded_by__community=membership.community_id, seconded_at__gt=since)
    answered = Report.objects.filter(community=membership.community_id, decided_at__gt=since).exclude(decided_by=None)
    first, second = _by_member(decided, "by"), _by_member(joined, "seconded_by")
    reports, said = _by_member(answered, "decided_by"), _hours_ahead(membership, now)
    terms = {term.membership_id: term for term in officers(membership.community, now)}
    rows = [
        Share(
            term.membership,
            term.get_office_display(),
            first.get(pk, 0) + second.get(pk, 0),
            reports.get(pk, 0),
            said.get(pk, 0),
        )
        for pk, term in terms.items()
    ]
    return sorted(rows, key=lambda row: row.member.display_name.casefold())


def _by_member(rows: object, whose: str) -> dict[int, int]:
    counted = rows.order_by().values(whose).annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return dict(counted.values_list(whose, "n"))


def _hours_ahead(membership: Membership, now: datetime) -> dict[int, int]:
    rows = duty.duty_hours(membership.community, now)
    ahead = Span(now, now + LOOKED_AHEAD)
    seconds: dict[int, float] = {}
    for member in {row.membership_id for row in rows}:
        looks = rota.looks([row for row in rows if row.membership_id == member], around=now)
        free = rota.gaps(looks, begins_at=ahead.begins_at, ends_at=ahead.ends_at)
        seconds[member] = (
            LOOKED_AHEAD - sum((gap.ends_at - gap.begins_at for gap in free), timedelta())
        ).total_seconds()
    return {member: round(found / 3600) for member, found in seconds.items()}


def notes(membership: Membership) -> list[Debrief]:
    """The notes of those who are or were in office, the newest first. One query."""
    rows = Debrief.objects.filter(community=membership.community_id, taken_back_at=None).select_related("by")
    return list(rows.order_by("-made_at", "-pk")[:MOST_NOTES])


def access_own_note(membership: Membership, pk: int) -> Debrief:
    """One's own note. Raises Http404 for anybody else's."""
    return get_object_or_404(Debrief.objects.filter(by=membership), pk=pk)


def register_all() -> None:
    """Say where the agenda's item leads those who wrote; called once, as the site starts."""
    register_item(ItemKind.DEBRIEF, Way(leads_to=_leads_to))


def _leads_to(item: AgendaItem, reader: Membership, is_own: bool) -> str:
    return reverse("moderation:sharing", args=[reader.community.slug]) if reader.decides else ""
