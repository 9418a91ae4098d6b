"""The doors of a community: one way in for each thing, and the same miss whether it is missing or not yours."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

import clock
from communities import apart, rules
from communities.lifecycle import DECIDING_OFFICES, HERE, Kind, Office, State
from communities.models import (
    Community,
    Invitation,
    Membership,
    Rule,
    RuleChange,
    SelfReferral,
    TermOfOffice,
    WayBack,
)
from people.decisions import Sitting
from people.models import Person
from prepared import given, prepared

# A way back that was begun waits this long for the other of the two.
ASKED_LASTS = timedelta(hours=1)
FEWEST_TO_OPEN = 2

apart_from = apart.apart_from


def enter(*, person: Person, slug: str, sitting: Sitting) -> Membership:
    """The person's own membership of the community at this address, with what this sitting has proved and the time.

    Raises Http404 for a community that is missing, not theirs, or left. One query.
    """
    found = _belonging(slug=slug, person=person.pk)
    if not found:
        raise Http404
    membership = found[0]
    membership.person, membership.sitting = person, sitting
    membership.came_in_at = clock.read_beside(membership.read_at)
    return membership


@prepared
def _belonging() -> QuerySet[Any]:
    here = Membership.objects.filter(community__slug=given("slug"), person_id=given("person"), state__in=HERE)
    return here.select_related("community").annotate(read_at=clock.Beside())


def memberships_of(person: Person) -> QuerySet[Membership]:
    """Every community the person belongs or belonged to, for their own front door."""
    return Membership.objects.filter(person=person).select_related("community").order_by("community__name")


def own_membership(*, person: Person, slug: str) -> Membership:
    """One's own membership in any state but died, also after leaving: for what stays one's own. Raises Http404."""
    own = Membership.objects.select_related("community", "person").exclude(state=State.DIED)
    return get_object_or_404(own, community__slug=slug, person=person)


def has_died(person: Person) -> bool:
    """Whether a community has recorded that this person has died. One query."""
    return Membership.objects.filter(person=person, state=State.DIED).exists()


def belonging_to(community: Community, person: Person) -> bool:
    """Whether the person belongs to this community now. One query."""
    return Membership.objects.filter(community=community, person=person, state__in=HERE).exists()


def access_membership(membership: Membership, pk: int) -> Membership:
    """Another member of the same community who has not left. Raises Http404."""
    others = Membership.objects.filter(community_id=membership.community_id, state__in=HERE)
    return get_object_or_404(others.select_related("community", "person"), pk=pk)


def lock_membership(membership: Membership) -> Membership:
    """The same membership read anew under its row's lock, keeping what the sitting proved. In a transaction only."""
    # no_key: rows that merely point at this membership need not wait.
    rows = Membership.objects.select_for_update(of=("self",), no_key=True).select_related("community")
    fresh = rows.get(pk=membership.pk)
    fresh.sitting = membership.sitting
    return fresh


def offices_in(community_id: int, now: datetime) -> dict[int, frozenset[Office]]:
    """Who holds which offices in a community at this moment, by membership; only active members hold one. One query."""
    held: dict[int, frozenset[Office]] = {}
    for member, office in _in_office(community=community_id, now=now):
        held[member] = held.get(member, frozenset()) | {Office(office)}
    return held


@prepared
def _in_office() -> QuerySet[TermOfOffice, tuple[int, str]]:
    terms = TermOfOffice.objects.in_force(given("now"))
    terms = terms.filter(membership__community_id=given("community"), membership__state=State.ACTIVE)
    return terms.values_list("membership_id", "office")


def offices_in_each(communities: Collection[int], now: datetime) -> dict[int, dict[int, frozenset[Office]]]:
    """The same for several communities at once, by community. One query."""
    terms = TermOfOffice.objects.in_force(now).filter(
        membership__community_id__in=communities, membership__state=State.ACTIVE
    )
    held: dict[int, dict[int, frozenset[Office]]] = {}
    for community, member, office in terms.values_list("membership__community_id", "membership_id", "office"):
        offices = held.setdefault(community, {})
        offices[member] = offices.get(member, frozenset()) | {Office(office)}
    return held


def enough_to_open(offices: Mapping[int, frozenset[Office]]) -> bool:
    """Whether a board is open for writing: two who can decide are active (domain, section 2, "Starting one")."""
    return sum(bool(held & DECIDING_OFFICES) for held in offices.values()) >= FEWEST_TO_OPEN


def offices_of(membership: Membership, now: datetime) -> frozenset[Office]:
    """The offices the member holds at this moment; none unless active. One query."""
    if membership.state != State.ACTIVE:
        return frozenset()
    held = TermOfOffice.objects.in_force(now).filter(membership=membership).values_list("office", flat=True)
    return frozenset(Office(office) for office in held)


def deciders(community: Community, now: datetime) -> QuerySet[Membership]:
    """The Top Three in office (or caretakers), active."""
    return Membership.objects.filter(community=community).in_office(DECIDING_OFFICES, now)


def officers(community: Community, now: datetime) -> list[TermOfOffice]:
    """Every term in force, for "who holds which seat until when"."""
    terms = TermOfOffice.objects.in_force(now).filter(membership__community=community, membership__state=State.ACTIVE)
    return list(terms.select_related("membership").order_by("-office", "starts_at", "pk"))


def has_had_top_three(community: Community) -> bool:
    """Whether members have ever elected anybody here; before that it is the founding period. One query."""
    return TermOfOffice.objects.filter(membership__community=community, office=Office.TOP_THREE).exists()


def roles_by_member(community: Community, now: datetime) -> dict[int, str]:
    """What each officer is called, by membership: “Top Three”, “caretaker”. One query."""
    return {term.membership_id: str(Office(term.office).label) for term in officers(community, now)}


def is_open_for_writing(community: Community, now: datetime) -> bool:
    """Whether the board is open for writing at this moment. One query."""
    return enough_to_open(offices_in(community.pk, now))


def everybody(community: Community) -> QuerySet[Membership]:
    """Who belongs to the community, by name; away or not."""
    return Membership.objects.filter(community=community).here().order_by("kind", "display_name")


def members_of_kind(community: Community, kind: Kind) -> QuerySet[Membership]:
    """Active memberships of one kind."""
    return Membership.objects.filter(community=community, kind=kind, state=State.ACTIVE)


def prospective(community: Community) -> QuerySet[Membership]:
    """Those who are waiting to be admitted, longest first, with the voices for them so far."""
    waiting = Membership.objects.filter(community=community, state=State.PROSPECTIVE)
    return waiting.prefetch_related("admissions__by").order_by("joined_at")


def invitations_seen_by(membership: Membership, *, decides: bool) -> QuerySet[Invitation]:
    """Invitations of the community that are still open: all for those in office, one's own for others."""
    still = Invitation.objects.filter(community_id=membership.community_id, used_at=None, withdrawn_at=None)
    if not decides:
        still = still.filter(proposed_by=membership)
    return still.select_related("proposed_by", "sent_by").order_by("-proposed_at")


def access_invitation(membership: Membership, pk: int) -> Invitation:
    """An open invitation of the member's own community. Raises Http404."""
    still = Invitation.objects.filter(community_id=membership.community_id, used_at=None, withdrawn_at=None)
    return get_object_or_404(still, pk=pk)


def ways_back_waiting(membership: Membership, now: datetime) -> QuerySet[WayBack]:
    """Ways back begun within the hour that wait for the other of the two, newest first."""
    waiting = WayBack.objects.filter(
        membership__community_id=membership.community_id, confirmed_at=None, asked_at__gt=now - ASKED_LASTS
    )
    return waiting.select_related("membership", "asked_by").order_by("-asked_at")


def access_way_back(membership: Membership, pk: int, *, lock: bool = False) -> WayBack:
    """A way back begun in the member's own community. Raises Http404."""
    rows = WayBack.objects.filter(membership__community_id=membership.community_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    return get_object_or_404(rows.select_related("asked_by", "membership__person"), pk=pk)


@dataclass(frozen=True)
class OpenDoor:
    """What stands behind a link somebody was given: an invitation, or a community's self-referral."""

    community: Community
    invitation: Invitation | None = None


def behind_link(token: str, *, now: datetime, hashed: str, lock: bool = False) -> OpenDoor | None:
    """What the link opens now; None where it opens nothing (used, expired, withdrawn, never was)."""
    good = Q(used_at=None, withdrawn_at=None, expires_at__gt=now)
    invitations = Invitation.objects.select_related("community").filter(good, token_hash=hashed)
    if lock:
        invitations = invitations.select_for_update(of=("self",))
    invitation = invitations.first()
    if invitation:
        return OpenDoor(invitation.community, invitation)
    referral = SelfReferral.objects.select_related("community").filter(token=token, ended_at=None).first()
    if referral and rules_of(referral.community).self_referral:
        return OpenDoor(referral.community)
    return None


def open_link(community: Community) -> SelfReferral | None:
    """The community's self-referral link in use."""
    return SelfReferral.objects.filter(community=community, ended_at=None).first()


class Rules:
    """The rules in force for one community, read by name: `rules.pause_day_minutes`."""

    def __init__(self, preset: str, rows: dict[str, Any]) -> None:
        self._preset = preset
        self._rows = rows

    def __getattr__(self, key: str) -> Any:
        if key in self._rows:
            return self._rows[key]
        try:
            # A rule that came with a later release holds as its preset has it until a vote changes it.
            return rules.KINDS[key].values[self._preset]
        except KeyError:
            raise AttributeError(key) from None


def rules_of(community: Community) -> Rules:
    """The community's rules as they are now. One query."""
    return Rules(community.preset, dict(_rules(community=community.pk)))


@prepared
def _rules() -> QuerySet[Any]:
    return Rule.objects.filter(community_id=given("community")).values_list("key", "value")


@dataclass(frozen=True)
class ChangeShown:
    """One change of a rule, in words."""

    at: datetime
    was: str
    became: str
    reason: str
    decided_by: str


@dataclass(frozen=True)
class RuleShown:
    """A rule as the rules page shows it."""

    key: str
    title: str
    says: str
    reason: str
    since: datetime
    history: tuple[ChangeShown, ...]


def rules_shown(community: Community) -> list[RuleShown]:
    """Every rule in plain words with its reason and history, in the order they were registered. Two queries."""
    rows = {row.key: row for row in community.rules.all()}
    changes: dict[str, list[ChangeShown]] = {}
    for change in community.rule_changes.filter(key__in=rules.KINDS).order_by("-at", "-pk"):
        changes.setdefault(change.key, []).append(_change_shown(change))
    return [
        RuleShown(
            key=kind.key,
            title=str(kind.title),
            says=kind.says(rows[kind.key].value if kind.key in rows else kind.values[community.preset]),
            reason=(rows[kind.key].reason if kind.key in rows else "") or str(kind.reason),
            since=rows[kind.key].since if kind.key in rows else community.created_at,
            history=tuple(changes.get(kind.key, ())),
        )
        for kind in rules.KINDS.values()
    ]


def _change_shown(change: RuleChange) -> ChangeShown:
    says = rules.KINDS[change.key].says
    return ChangeShown(change.at, says(change.old), says(change.new), change.reason, change.decided_by)
