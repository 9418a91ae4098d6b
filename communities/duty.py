"""Who is looking, and when: the duty hours of those in office and the cover hours of staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from clock.london import day_of
from communities import rota
from communities.apart import never_with
from communities.lifecycle import DECIDING_OFFICES, Kind, Office, State
from communities.models import Community, Hours, Membership, TermOfOffice


@dataclass(frozen=True)
class Watch:
    """What may honestly be said about who looks (domain, section 4.6): who is on now, and the earliest look."""

    on_duty: tuple[Membership, ...]
    next_look_at: datetime | None

    @property
    def somebody_is_on(self) -> bool:
        return bool(self.on_duty)


def watch(
    community: Community, now: datetime, *, but_not: Membership | None = None, nor: Collection[int] = ()
) -> Watch:
    """The Top Three (or caretakers) on duty now, and when one of them will next look.

    `but_not`: the author, who never decides on their own post. `nor`: members who leave this one to the others, so that
    nobody says they look. One query.
    """
    rows = [row for row in _hours_of(community, now, DECIDING_OFFICES, but_not) if row.membership_id not in nor]
    return _watch(rows, now)


def is_looking(membership_pk: int, now: datetime) -> bool:
    """Whether this one of those in office, or of staff, has said that they look at this time. One query."""
    rows = Hours.objects.filter(_said(now), membership=membership_pk, membership__state=State.ACTIVE)
    return bool(rota.people_on(rows.select_related("membership"), now))


def alternates_on_duty(community: Community, now: datetime, *, but_not: Membership) -> tuple[Membership, ...]:
    """Alternates who have said they look at this time. One query."""
    return rota.people_on(_hours_of(community, now, frozenset({Office.ALTERNATE}), but_not), now)


def watch_among(community: Community, now: datetime, people: Collection[int]) -> Watch:
    """What may be said about who looks, of these members in office (or alternates) only. One query."""
    return _watch([row for row in duty_hours(community, now) if row.membership_id in people], now)


def cover(community: Community, now: datetime, *, but_not: Membership | None = None) -> Watch:
    """Staff within their cover hours now, and the next time any of them reads notices. One query."""
    return _watch(
        [row for row in cover_hours(community, now) if but_not is None or row.membership_id != but_not.pk], now
    )


def next_cover(community: Community, now: datetime) -> dict[Membership, datetime]:
    """When each of staff next reads notices; those who have said no hours, with the first of the others, or now.

    Two queries.
    """
    rows = cover_hours(community, now)
    first = rota.next_look(rows, now) or now
    staff = Membership.objects.filter(community=community, kind=Kind.STAFF, state=State.ACTIVE)
    by_member: dict[int, list[Hours]] = {}
    for row in rows:
        by_member.setdefault(row.membership_id, []).append(row)
    return {
        member: rota.next_look(by_member.get(member.pk, []), now) or first for member in staff.select_related("person")
    }


def duty_hours(community: Community, now: datetime) -> list[Hours]:
    """Everything those in office and their alternates have said, single days to come too, for pages. One query."""
    return _hours_of(community, now, frozenset(Office), None)


def cover_hours(community: Community, now: datetime) -> list[Hours]:
    """Everything staff have said, single days to come too. One query."""
    rows = Hours.objects.filter(
        _said(now),
        membership__community=community,
        membership__kind=Kind.STAFF,
        membership__state=State.ACTIVE,
    )
    return list(rows.select_related("membership__person"))


def own_hours(membership: Membership, now: datetime) -> list[Hours]:
    """The hours somebody has said for themselves, Monday first, single days to come too. One query."""
    rows = membership.hours.filter(_said(now)).select_related("membership")
    return list(rows.order_by("weekday", "starts"))


def _watch(rows: list[Hours], now: datetime) -> Watch:
    return Watch(rota.people_on(rows, now), rota.next_look(rows, now))


def _said(now: datetime) -> Q:
    # What was said of a day that is over counts no more; a stretch may run past midnight.
    return Q(on__isnull=True) | Q(on__gte=day_of(now) - timedelta(days=1))


def _hours_of(
    community: Community, now: datetime, offices: frozenset[Office], but_not: Membership | None
) -> list[Hours]:
    in_office = TermOfOffice.objects.in_force(now).filter(office__in=offices).values("membership_id")
    rows = Hours.objects.filter(
        _said(now),
        membership__community=community,
        membership__state=State.ACTIVE,
        membership__in=in_office,
    ).exclude(what=Hours.What.COVER)
    if but_not is not None:
        # Nor whoever is kept apart from them: those look at nothing of each other's (domain, section 8).
        rows = rows.exclude(membership=but_not).exclude(never_with(but_not.pk))
    return list(rows.select_related("membership__person"))
