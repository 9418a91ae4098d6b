"""Who may ask to be kept apart from somebody, and who may say yes. Plain functions; every "no" has a reason."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from communities.apart import apart_from
from communities.lifecycle import DECIDING_OFFICES, HERE, Kind, Office
from communities.models import KeepApart, Membership
from communities.policies import acts_as_staff, acts_in_office, is_staff_here, stands_in
from people.decisions import YES, Decision, no

Offices = Mapping[int, frozenset[Office]]


def may_ask_apart(membership: Membership) -> Decision:
    """Every member who has not left asks for themselves, away or suspended too. No query."""
    if membership.kind == Kind.MEMBER and membership.state in HERE:
        return YES
    return no(_("This is for members."))


def sees_names(membership: Membership) -> bool:
    """Whether they choose from the names of who is here; others tell one of those who look after the place."""
    return membership.is_as_active


def opens_apart(membership: Membership) -> Decision:
    """Whether the page of what was asked is for them: the Top Three in office by the door, alternates, staff. No query.

    An alternate finds there only what nobody else is left for.
    """
    if membership.decides or Office.ALTERNATE in membership.offices or is_staff_here(membership):
        return YES
    return no(_("This is for those who look after this place."))


def may_decide_apart(membership: Membership, offices: Offices, now: datetime) -> Decision:
    """Staff, the Top Three in office, their alternates: with the second step given. One query for members."""
    if membership.is_staff:
        return acts_as_staff(membership, now)
    decides = offices.get(membership.pk, frozenset()) & DECIDING_OFFICES
    return acts_in_office(membership, now) if decides else stands_in(membership, now)


def may_begin_apart(membership: Membership, now: datetime) -> Decision:
    """Whoever was told of it by somebody: the Top Three in office, or staff. One query for members."""
    return acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now)


def deciding_on(apart: KeepApart, offices: Offices) -> frozenset[int]:
    """Who of those in office decides: neither of the two; alternates where nobody else is left. No query."""
    both = {apart.asker_id, apart.other_id}
    deciders = frozenset(member for member, held in offices.items() if held & DECIDING_OFFICES) - both
    return deciders or frozenset(member for member, held in offices.items() if Office.ALTERNATE in held) - both


def has_a_say(membership: Membership, apart: KeepApart, offices: Offices) -> bool:
    """Whether this member is one of those who decide on it, or of staff; never one of the two. No query."""
    if membership.pk in {apart.asker_id, apart.other_id}:
        return False
    return bool(is_staff_here(membership)) if membership.is_staff else membership.pk in deciding_on(apart, offices)


def may_be_the_two(membership: Membership, first: int | None, now: datetime) -> Decision:
    """Whether this member may be the second of two with whoever spoke first: two who are kept apart are never the two
    of one decision (domain, section 8). Why, neither is told. One query."""
    if first is not None and first in apart_from(membership, now):
        return no(_("This one is for the others of you."))
    return YES


def may_say(membership: Membership, apart: KeepApart) -> Decision:
    """Whether the page of one asking is for them, by the offices they found at the door. No query."""
    if has_a_say(membership, apart, membership.everybodys_offices):
        return YES
    return no(_("This one is for the others of you."))
