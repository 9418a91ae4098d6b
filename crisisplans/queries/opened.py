"""What is open to whom at a moment. `readings_at` is the one place that says who may read another person's plan.

It is asked with each request and by every look at open pages, so that access ends with its reason and waits for no job
(safety checks, 1.1, 1.2). A miss is a 404, missing and not theirs alike.
"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from communities.apart import people_apart
from communities.lifecycle import Kind, State, SuspendedFrom
from communities.models import Membership
from crisisplans.lifecycle import OpeningKind
from crisisplans.link_secrets import token_digests
from crisisplans.models import Opening, OpeningReader, OutsideLink, PlanTemplate

# A number that no row has.
NO_NUMBER = 2**63
# Whoever is away for a while may still show their plan to those they trust; readers have to be here.
OPENS_FROM = (State.PROSPECTIVE, State.ACTIVE, State.ON_A_BREAK, State.INACTIVE)


def readings_at(now: datetime) -> QuerySet[OpeningReader]:
    """Every reader of every opening who may read at this moment. Part of a question; no query of its own.

    The opening is in force; its reader named, here, active, and without a break since they were named (who was away or
    suspended meanwhile is asked anew); its owner still belongs to the community, has not died anywhere, and has not
    begun to erase the plan; and the two are not kept apart, in whatever community.
    """
    owner, reader = OuterRef("opening__plan__person"), OuterRef("membership__person")
    gone = Membership.objects.filter(person=owner, state=State.DIED)
    return OpeningReader.objects.filter(
        Q(opening__until=None) | Q(opening__until__gt=now),
        Exists(owners_here("opening__")),
        ~Exists(gone),
        ~Exists(people_apart(owner, reader)),
        ended_at=None,
        opening__opened_at__lte=now,
        opening__closed_at=None,
        membership__community=F("opening__community"),
        membership__state=State.ACTIVE,
        membership__state_since__lte=F("opening__opened_at"),
        membership__person__is_active=True,
        opening__plan__person__is_active=True,
        opening__plan__person__plan_key__isnull=False,
        opening__plan__person__plan_key__erasing_at=None,
    ).exclude(membership__person=F("opening__plan__person"))


def owners_here(opening: str) -> QuerySet[Membership]:
    """The owner's own membership of an opening's community, while it lets them open their plan to people there.

    `opening`: how the rows asked for reach their opening ("opening__", or "" for openings themselves).
    """
    from_board = Q(state=State.SUSPENDED, suspended_from=SuspendedFrom.BOARD)
    return Membership.objects.filter(
        Q(state__in=OPENS_FROM) | from_board,
        kind=Kind.MEMBER,
        person=OuterRef(f"{opening}plan__person"),
        community=OuterRef(f"{opening}community"),
    )


def access_reading(membership: Membership, pk: int, now: datetime, *, lock: bool = False) -> OpeningReader:
    """What is open to this member at this number, with its opening, plan, newest version and keys' name, and its
    owner's name. One query.

    Raises Http404. `lock`: under the opening's row lock, so that whoever closes it meanwhile has closed it before, or
    closes it after.
    """
    if pk >= NO_NUMBER:
        raise Http404
    rows = readings_at(now).filter(opening=pk, membership=membership.pk, opening__community_id=membership.community_id)
    if lock:
        rows = rows.select_for_update(of=("opening",))
    rows = rows.select_related("opening__community", "opening__plan__latest", "opening__plan__person__plan_key")
    row = rows.annotate(template_parts=_headings(), owner_name=_owners_name()).first()
    if row is None:
        raise Http404
    row.opening.template_parts, row.opening.owner_name = row.template_parts, row.owner_name
    return row


def _headings() -> Subquery:
    """The newest headings that the plan of an opening is written under, in the same question."""
    plan = "opening__plan__"
    rows = PlanTemplate.objects.filter(community=OuterRef(f"{plan}template_of"), kind=OuterRef(f"{plan}kind"))
    return Subquery(rows.order_by("-at", "-id").values("parts")[:1])


def _owners_name() -> Subquery:
    """The name that the plan's owner chose in the opening's community, in the same question."""
    return Subquery(owners_here("opening__").values("display_name")[:1])


def access_opening(membership: Membership, pk: int, now: datetime) -> Opening:
    """An opening that is open to this member now. Raises Http404. One query."""
    return access_reading(membership, pk, now).opening


def openings_for(membership: Membership, now: datetime) -> list[Opening]:
    """What is open to this member, the one that ends first at the top. One query."""
    rows = readings_at(now).filter(membership=membership.pk, opening__community_id=membership.community_id)
    rows = rows.select_related("opening__plan").order_by("opening__until", "opening")
    return [row.opening for row in rows]


def open_to_each(pairs: Collection[tuple[int, int]], now: datetime) -> frozenset[tuple[int, int]]:
    """Which of these (membership, opening) are open at this moment, for open pages. One query for any number."""
    members, openings = {member for member, _opening in pairs}, {opening for _member, opening in pairs}
    rows = readings_at(now).filter(membership__in=members, opening__in=openings)
    return frozenset(rows.values_list("membership", "opening")) & frozenset(pairs)


def links_at(now: datetime) -> QuerySet[OutsideLink]:
    """Every link for somebody outside that works at this moment. Part of a question; no query of its own."""
    gone = Membership.objects.filter(person=OuterRef("opening__plan__person"), state=State.DIED)
    return OutsideLink.objects.filter(
        ~Exists(gone),
        opening__kind=OpeningKind.LINK,
        opening__opened_at__lte=now,
        opening__until__gt=now,
        opening__closed_at=None,
        opening__plan__person__is_active=True,
        opening__plan__person__plan_key__isnull=False,
        opening__plan__person__plan_key__erasing_at=None,
    )


def access_link(token: str, now: datetime, *, lock: bool = False) -> OutsideLink | None:
    """The link with this token, if it works now: unknown, over, taken back and erased look the same. One query."""
    rows = links_at(now).filter(token_digest__in=token_digests(token))
    if lock:
        rows = rows.select_for_update(of=("opening",))
    return rows.select_related("opening__plan__latest", "opening__plan__person__plan_key").first()
