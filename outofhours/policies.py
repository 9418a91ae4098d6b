"""Who may be in the bank, and who signs a training off. Every "no" has a reason that can be shown."""

from datetime import datetime

from django.utils.translation import gettext as _

from communities.lifecycle import DECIDING_OFFICES, Kind, State
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office
from communities.queries import Rules
from outofhours.lifecycle import Item, PlaceState, SignsAs
from outofhours.models import BankPlace, SignOff
from people.decisions import YES, Decision, no

# What one of the two must be: staff alone do not make somebody a lead service user.
FROM_AMONG_US = frozenset({SignsAs.LSU, SignsAs.TOP_THREE})


def has_bank(rules: Rules) -> Decision:
    """Whether the community has a bank: its rule. No query."""
    return YES if rules.lsu_bank else no(_("There is no bank of lead service users here."))


def may_see_bank(membership: Membership) -> Decision:
    """Who is in the bank: active members and staff. No query."""
    return YES if membership.state == State.ACTIVE else no(_("This page is for active members."))


def may_be_in_bank(membership: Membership) -> Decision:
    """Registering, learning, stepping down, coming back: active members, for themselves. No query."""
    if membership.kind == Kind.MEMBER and membership.state == State.ACTIVE:
        return YES
    return no(_("The bank is for active members."))


def signs_as(membership: Membership, *, is_lsu: bool) -> SignsAs | None:
    """As what this member would sign a training off, by the offices of the door; None for everybody else. No query."""
    if membership.is_staff:
        return SignsAs.STAFF if membership.state == State.ACTIVE else None
    if membership.offices & DECIDING_OFFICES:
        return SignsAs.TOP_THREE
    return SignsAs.LSU if is_lsu else None


def may_sign(membership: Membership, place: BankPlace, role: SignsAs | None, now: datetime) -> Decision:
    """Sign somebody's training off: a lead service user of the bank, one of the Top Three, staff; never one's own.

    The Top Three and staff with their second step given. At most one query.
    """
    if role is None or place.membership.community_id != membership.community_id:
        return no(_("Lead service users, the Top Three and staff sign a training off."))
    if place.membership_id == membership.pk:
        return no(_("Nobody signs their own training off."))
    if role == SignsAs.STAFF:
        return acts_as_staff(membership, now)
    return acts_in_office(membership, now) if role == SignsAs.TOP_THREE else YES


def may_be_signed_off(place: BankPlace, learnt: int) -> Decision:
    """Whether the checklist is whole and its owner is here. No query."""
    if place.state == PlaceState.LEARNING and learnt == len(Item) and may_be_in_bank(place.membership):
        return YES
    return no(_("The checklist is not whole yet."))


def enough(signed: list[SignOff]) -> bool:
    """Two different people, at least one of them a lead service user or of the Top Three."""
    return len({row.by_id for row in signed}) >= 2 and any(row.signs_as in FROM_AMONG_US for row in signed)
