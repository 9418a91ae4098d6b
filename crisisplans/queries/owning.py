"""What a plan's owner sees of its openings: what is open, to whom, and each look. For their owner alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from communities.apart import people_apart
from communities.lifecycle import Kind, State, SuspendedFrom
from communities.models import Community, Membership
from crisisplans.lifecycle import OpeningKind
from crisisplans.link_words import LinkWords
from crisisplans.models import Look, NotAsked, Opening, Plan, PlanKey
from crisisplans.queries.opened import NO_NUMBER, OPENS_FROM, links_at, readings_at
from crisisplans.queries.opened_words import link_words
from crisisplans.refusals import PlanClosed
from crisisplans.sealing import Unreadable, box_to_read
from people.models import Person

LOOKS_A_PAGE = 50
PAST_SHOWN = 20


@dataclass(frozen=True)
class Named:
    """Somebody for whom it was opened, and whether they can read it now. Why not is said of nobody."""

    name: str
    reads: bool


@dataclass(frozen=True)
class OwnOpening:
    """One of one's own openings as its page and the list show it."""

    row: Opening
    # Its time runs and nobody has closed it; and whether anybody can read by it now.
    in_force: bool
    is_open: bool
    named: tuple[Named, ...] = ()
    link: LinkWords | None = None

    @property
    def looks(self) -> int:
        """How often somebody looked."""
        return int(getattr(self.row, "looked", 0))


def require_not_closed(person: Person, now: datetime) -> None:
    """Raise `PlanClosed` while a plan stays shut after a way back: whoever got in by it must open it to nobody."""
    if person.plan_closed_until is not None and is_closed(person, now):
        raise PlanClosed(person.plan_closed_until)


def is_closed(person: Person, now: datetime) -> bool:
    """Whether a plan stays shut after a way back: of what was opened it can be seen and ended, and no word is shown."""
    return person.plan_closed_until is not None and person.plan_closed_until > now


def may_be_read_by(owner_id: int, community: Community | None, now: datetime) -> QuerySet[Membership]:
    """Who of a community a plan of this person can be opened to: active, not the owner, never kept apart from them.

    Part of a question. Never said to anybody: who is missing may have left, be away, or not want to be asked.
    """
    here = Membership.objects.filter(community=community, state=State.ACTIVE, person__is_active=True)
    return here.filter(~Exists(people_apart(owner_id, OuterRef("person")))).exclude(person=owner_id)


def may_be_asked(membership: Membership, now: datetime) -> QuerySet[Membership]:
    """Whom this member can open their own plan to: as above, without those who would rather not be asked."""
    rows = may_be_read_by(membership.person_id, membership.community, now)
    return rows.filter(~Exists(NotAsked.objects.filter(membership=OuterRef("pk")))).order_by("kind", "display_name")


def plans_to_open(person: Person) -> list[Plan]:
    """One's own plans in which something has been saved, without their words. One query."""
    return list(Plan.objects.filter(person=person).exclude(latest=None).order_by("pk"))


def places_to_open_in(person: Person) -> list[Membership]:
    """One's own memberships where one may open a plan to others (`policies.may_open_here`). One query."""
    from_board = Q(state=State.SUSPENDED, suspended_from=SuspendedFrom.BOARD)
    own = Membership.objects.filter(Q(state__in=OPENS_FROM) | from_board, person=person, kind=Kind.MEMBER)
    return list(own.select_related("community").order_by("community__name"))


def access_own_opening(person: Person, pk: int) -> Opening:
    """One of one's own openings, open or over. Raises Http404. One query."""
    if pk >= NO_NUMBER:
        raise Http404
    rows = Opening.objects.filter(plan__person=person).select_related("plan", "community", "link")
    return get_object_or_404(rows.annotate(looked=Count("looks")), pk=pk)


def own_openings(person: Person, now: datetime) -> tuple[list[OwnOpening], list[OwnOpening]]:
    """What one has opened: what is open now, and the newest of what is over. At most five queries and one file."""
    rows = Opening.objects.filter(plan__person=person).select_related("plan", "community", "link")
    rows = rows.annotate(looked=Count("looks")).order_by("-opened_at", "-pk")
    in_force = Q(closed_at=None) & (Q(until=None) | Q(until__gt=now))
    found = shown_to_owner(person, [*rows.filter(in_force), *rows.exclude(in_force)[:PAST_SHOWN]], now)
    return [one for one in found if one.in_force], [one for one in found if not one.in_force]


def shown_to_owner(person: Person, rows: list[Opening], now: datetime) -> list[OwnOpening]:
    """These openings with whom they name, who of those can read now, and what was written of a link."""
    pks = [row.pk for row in rows]
    readers = list(
        Membership.objects.filter(plans_opened__opening__in=pks)
        .values_list("plans_opened__opening", "pk", "display_name")
        .order_by("display_name")
    )
    reads = set(readings_at(now).filter(opening__in=pks).values_list("opening", "membership"))
    by_link = [row for row in rows if row.kind == OpeningKind.LINK]
    open_links = set(links_at(now).filter(opening__in=by_link).values_list("opening", flat=True)) if by_link else set()
    words = _link_words(person, by_link, now)
    found = []
    for row in rows:
        named = tuple(Named(name, (row.pk, pk) in reads) for opening, pk, name in readers if opening == row.pk)
        is_open = row.pk in open_links or any(one.reads for one in named)
        found.append(OwnOpening(row, row.is_open_at(now), is_open, named, words.get(row.pk)))
    return found


def _link_words(person: Person, rows: list[Opening], now: datetime) -> dict[int, LinkWords]:
    if not rows or is_closed(person, now):
        return {}
    name = PlanKey.objects.filter(person=person, erasing_at=None).values_list("name", flat=True).first()
    try:
        box = box_to_read(person.pk, name)
        return {row.pk: link_words(row.link, box) for row in rows}
    except Unreadable:
        return {}


def looks_at(person: Person, before: int | None = None, opening: int | None = None) -> list[Look]:
    """A page of looks at one's own plans by anybody else, the newest first, and one more if there is another page.

    One query.
    """
    rows = Look.objects.filter(opening__plan__person=person)
    rows = rows.filter(opening=opening) if opening else rows
    rows = rows.filter(pk__lt=before) if before is not None else rows
    shown = rows.select_related("membership", "opening__community", "opening__plan", "opening__link")
    return list(shown.order_by("-pk")[: LOOKS_A_PAGE + 1])


def readers_by_part(person: Person, kind: str, now: datetime) -> dict[str, list[str]]:
    """Who can read which part of one's own plan at this moment, by the part's key: names, and "" for each link.

    For its owner's own pages, beside the boxes that are written into. Two queries.
    """
    found: dict[str, list[str]] = {}
    readings = readings_at(now).filter(opening__plan__person=person, opening__plan__kind=kind)
    rows = list(readings.values_list("opening__parts", "membership__display_name").order_by("membership__display_name"))
    links = links_at(now).filter(opening__plan__person=person, opening__plan__kind=kind)
    for parts, name in [*rows, *((parts, "") for parts in links.values_list("opening__parts", flat=True))]:
        for part in parts:
            if not name or name not in found.get(part, []):
                found.setdefault(part, []).append(name)
    return found
