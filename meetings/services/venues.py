"""Places where groups meet: put down, described, given up."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.timetable import VENUE_STEPS, StepFree
from meetings.models import Venue
from meetings.policies.timetable import is_ours, may_keep_timetable
from meetings.said import VenueSaid
from people.decisions import Conflict, require
from people.transitions import target

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_TRAVEL, LONGEST_STEPS = 80, 300, 2000, 300


@transaction.atomic
def add_venue(*, by: Membership, said: VenueSaid) -> Venue:
    """Put a place down. Staff, and the Top Three in office. The same twice is one place.

    Raises `Refused`, ValidationError where the name is taken by another one.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_keep_timetable(member, now))
    _check(said)
    venue, made = Venue.objects.get_or_create(
        community=member.community, name=said.name.strip(), defaults=_fields(said) | {"changed_at": now}
    )
    if not made and any(getattr(venue, name) != value for name, value in _fields(said).items()):
        raise ValidationError({"name": _("There is a place of this name already.")})
    if made:
        _record(venue, "add venue", member, now)
    return venue


@transaction.atomic
def change_venue(*, venue: Venue, by: Membership, said: VenueSaid) -> Venue:
    """Describe a place anew. Staff, and the Top Three in office. Raises `Refused`, `Conflict`, ValidationError."""
    member = lock_membership(by)
    row = _locked(venue.pk)
    now = clock.now()
    require(is_ours(member, row) and may_keep_timetable(member, now))
    _check(said)
    others = Venue.objects.filter(community=member.community, name=said.name.strip()).exclude(pk=row.pk)
    if others.exists():
        raise ValidationError({"name": _("There is a place of this name already.")})
    row.state = target(VENUE_STEPS, "change", row.state, said=_("This place is not used any more."))
    for name, value in _fields(said).items():
        setattr(row, name, value)
    row.changed_at = now
    row.save()
    _record(row, "change venue", member, now)
    return row


@transaction.atomic
def use_venue(*, venue: Venue, by: Membership, used: bool) -> Venue:
    """Give a place up, or use it again. What is planned there stays. Staff, and the Top Three in office. Twice is once.

    Raises `Refused`, and `Conflict` for giving up one where groups still meet.
    """
    member = lock_membership(by)
    row = _locked(venue.pk)
    now = clock.now()
    require(is_ours(member, row) and may_keep_timetable(member, now))
    verb = "use_again" if used else "give_up"
    if row.state == VENUE_STEPS[verb].target:
        return row
    if not used and row.groups.filter(state="running").exists():
        raise Conflict(_("Groups still meet here. Please give them another place first."))
    row.state = target(VENUE_STEPS, verb, row.state, said="")
    row.changed_at = now
    row.save(update_fields=["state", "changed_at"])
    _record(row, "use venue again" if used else "give up venue", member, now)
    return row


def _locked(pk: int) -> Venue:
    return Venue.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)


def _fields(said: VenueSaid) -> dict[str, Any]:
    return asdict(said) | {"name": said.name.strip()}


def _check(said: VenueSaid) -> None:
    wrong = {}
    if not said.name.strip():
        wrong["name"] = _("Please give it a name.")
    for field, longest in (
        ("name", LONGEST_NAME),
        ("address", LONGEST_ADDRESS),
        ("travel", LONGEST_TRAVEL),
        ("step_free_words", LONGEST_STEPS),
    ):
        if len(getattr(said, field)) > longest:
            wrong[field] = _("Please make it shorter: %(most)s letters at most.") % {"most": longest}
    if said.step_free not in StepFree.values:
        wrong["step_free"] = _("Please choose one.")
    if wrong:
        raise ValidationError(wrong)


def _record(venue: Venue, verb: str, by: Membership, now: datetime) -> None:
    record(chain=venue.community.chain, verb=verb, actor=by.ref, subject=venue.ref, at=now, facts={})
