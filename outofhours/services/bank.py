"""Coming into the bank of lead service users, stepping down from it, and coming back (domain, section 2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.apart import apart_from
from communities.asking import lock_both
from communities.models import Membership
from communities.queries import lock_membership, offices_in, rules_of
from outofhours.lifecycle import PLACE_STEPS, PlaceState
from outofhours.models import BankPlace, BankTerm, SignOff
from outofhours.notifications import tell_signed
from outofhours.policies import enough, has_bank, may_be_in_bank, may_be_signed_off, may_sign, signs_as
from outofhours.queries import is_in_bank, lock_place, signed
from people.decisions import Conflict, require
from people.transitions import target


@transaction.atomic
def register_for_training(*, by: Membership) -> BankPlace:
    """Begin the training. Any active member for themselves, where the rules have a bank. Twice is once.

    Raises `Refused`.
    """
    member, now = authorised(by)
    place, is_new = BankPlace.objects.get_or_create(
        membership=member, defaults={"registered_at": now, "state_since": now}
    )
    if is_new:
        note(place, "register for training", member, now)
    return place


@transaction.atomic
def step_down(*, by: Membership) -> BankPlace:
    """Leave the bank, or the training, at any time and without a reason. Raises `Refused`, `Conflict`."""
    member, now = authorised(by)
    place = own(member)
    _move(place, "step_down", now)
    _end_terms(place, now)
    note(place, "step down from bank", member, now)
    return place


@transaction.atomic
def come_back(*, by: Membership) -> BankPlace:
    """Be in the bank again, or take up the training again; nobody deciding. Raises `Refused`, `Conflict`.

    Also for whoever was away meanwhile: their time in the bank ended with that.
    """
    member, now = authorised(by)
    place = own(member)
    if place.state == PlaceState.READY:
        if is_in_bank(member, now):
            raise Conflict(_("You are in the bank already."))
        _end_terms(place, now)
    else:
        _move(place, "come_back" if place.signed_off_at else "take_up_again", now)
    if place.state == PlaceState.READY:
        BankTerm.objects.create(place=place, starts_at=now)
    note(place, "come back to bank", member, now)
    return place


@transaction.atomic
def sign_off(*, place: BankPlace, by: Membership) -> bool:
    """Say that one has talked the whole checklist through with somebody; returns whether they are in the bank now.

    Two different people, at least one of them a lead service user or of the Top Three. Raises `Refused`, and `Conflict`
    where the training has been signed off, or was put aside, meanwhile.
    """
    learner, member = lock_both(place.membership, by)
    row = own(learner)
    now = clock.now()
    require(has_bank(rules_of(member.community)))
    member.everybodys_offices = offices_in(member.community_id, now)
    role = signs_as(member, is_lsu=is_in_bank(member, now))
    require(may_sign(member, row, role, now))
    # Kept apart is never told: it looks like any change.
    if row.state != PlaceState.LEARNING or learner.pk in apart_from(member, now):
        raise Conflict(_("This changed meanwhile. Please look again."))
    require(may_be_signed_off(row, row.learnt.count()))
    _made, is_new = SignOff.objects.get_or_create(place=row, by=member, defaults={"signs_as": str(role), "at": now})
    done = enough(signed(row))
    if done:
        row.signed_off_at = now
        _move(row, "sign_off", now)
        BankTerm.objects.create(place=row, starts_at=now)
        tell_signed(row, now)
    if is_new:
        note(row, "sign off training", member, now)
    return done


def authorised(by: Membership) -> tuple[Membership, datetime]:
    """The member read anew under their lock, and the time; for one's own place. Raises `Refused`."""
    member = lock_membership(by)
    now = clock.now()
    require(may_be_in_bank(member))
    require(has_bank(rules_of(member.community)))
    return member, now


def own(member: Membership) -> BankPlace:
    """The member's place, locked. Raises `Conflict` for whoever has none."""
    place = lock_place(member)
    if place is None:
        raise Conflict(_("Please register for the training first."))
    return place


def note(place: BankPlace, verb: str, member: Membership, now: datetime) -> None:
    """Put it on record: that it happened, and in which state the place is."""
    facts = {"state": str(place.state)}
    record(chain=member.community.chain, verb=verb, actor=member.ref, subject=place.ref, at=now, facts=facts)


def _move(place: BankPlace, verb: str, now: datetime) -> None:
    place.state = target(PLACE_STEPS, verb, place.state, said=_("This changed meanwhile. Please look again."))
    place.state_since = now
    place.save(update_fields=["state", "state_since", "signed_off_at"])


def _end_terms(place: BankPlace, now: datetime) -> None:
    # Whoever was away left the bank then, not now.
    left_at = max(place.membership.state_since, place.state_since) if place.state == PlaceState.READY else now
    BankTerm.objects.filter(place=place, ended_at=None).update(ended_at=min(left_at, now))
