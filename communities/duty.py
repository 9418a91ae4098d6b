"""Who is looking, and when: the duty hours of those in office and the cover hours of staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from communities import hours
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


def watch(community: Community, now: datetime, *, but_not: Membership | None = None) -> Watch:
    """The Top Three (or caretakers) on duty now, and when one of them will next look.

    `but_not`: the author, who never decides on their own post. One query.
    """
    rows = _hours_of(community, now, DECIDING_OFFICES, but_not)
    return Watch(_people_on(rows, now), hours.next_look(rows, now))


def is_looking(membership_pk: int, now: datetime) -> bool:
    """Whether this one of those in office, or of staff, has said that they look at this time. One query."""
    rows = Hours.objects.filter(membership=membership_pk, membership__state=State.ACTIVE)
    return any(hours.is_on(row, now) for row in rows)


def alternates_on_duty(community: Community, now: datetime, *, but_not: Membership) -> tuple[Membership, ...]:
    """Alternates who have said they look at this time. One query."""
    return _people_on(_hours_of(community, now, frozenset({Office.ALTERNATE}), but_not), now)


def watch_among(community: Community, now: datetime, people: Collection[int]) -> Watch:
    """What may be said about who looks, of these members in office (or alternates) only. One query."""
    rows = [row for row in duty_hours(community, now) if row.membership_id in people]
    return Watch(_people_on(rows, now), hours.next_look(rows, now))


def cover(community: Community, now: datetime, *, but_not: Membership | None = None) -> Watch:
    """Staff within their cover hours now, and the next time any of them reads notices. One query."""
    rows = [row for row in cover_hours(community) if but_not is None or row.membership_id != but_not.pk]
    return Watch(_people_on(rows, now), hours.next_look(rows, now))


def next_cover(community: Community, now: datetime) -> dict[Membership, datetime]:
    """When each of staff next reads notices; those who have said no hours, with the first of the others, or now.

    Two queries.
    """
    rows = cover_hours(community)
    first = hours.next_look(rows, now) or now
    staff = Membership.objects.filter(community=community, kind=Kind.STAFF, state=State.ACTIVE)
    by_member: dict[int, list[Hours]] = {}
    for row in rows:
        by_member.setdefault(row.membership_id, []).append(row)
    return {
        member: hours.next_look(by_member.get(member.pk, []), now) or first for member in staff.select_related("person")
    }


def duty_hours(community: Community, now: datetime) -> list[Hours]:
    """Everything those in office and their alternates have said, for the rules page. One query."""
    return _hours_of(community, now, frozenset(Office), None)


def cover_hours(community: Community) -> list[Hours]:
    """Everything staff have said. One query."""
    rows = Hours.objects.filter(
        membership__community=community,
        membership__kind=Kind.STAFF,
        membership__state=State.ACTIVE,
        what=Hours.What.COVER,
    )
    return list(rows.select_related("membership__person"))


def own_hours(membership: Membership) -> list[Hours]:
    """The hours somebody has said for themselves, Monday first. One query."""
    what = Hours.What.COVER if membership.is_staff else Hours.What.DUTY
    return list(membership.hours.filter(what=what).order_by("weekday", "starts"))


def _hours_of(
    community: Community, now: datetime, offices: frozenset[Office], but_not: Membership | None
) -> list[Hours]:
    in_office = TermOfOffice.objects.in_force(now).filter(office__in=offices).values("membership_id")
    rows = Hours.objects.filter(
        membership__community=community,
        membership__state=State.ACTIVE,
        membership__in=in_office,
        what=Hours.What.DUTY,
    )
    if but_not is not None:
        rows = rows.exclude(membership=but_not)
    return list(rows.select_related("membership__person"))


def _people_on(rows: list[Hours], now: datetime) -> tuple[Membership, ...]:
    on = {row.membership_id: row.membership for row in rows if hours.is_on(row, now)}
    return tuple(on.values())
