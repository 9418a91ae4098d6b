"""One step of an election: the one place where its state changes, and how it is put on record."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from audit.services import record
from clock.london import day_of, first_moment
from elections.lifecycle import ELECTION_STEPS
from elections.models import Election
from people.transitions import target

SITE = "site"
# Everything ends in the evening, when most people look.
EVENING = time(20)


def go(election: Election, verb: str, **changes: object) -> None:
    """Lead an election, which is locked, through one step of its life cycle. Raises `Conflict` from another state."""
    election.state = target(ELECTION_STEPS, verb, election.state, said=_("This election has gone on meanwhile."))
    for name, value in changes.items():
        setattr(election, name, value)
    election.save(update_fields=["state", *changes])


def note(election: Election, verb: str, now: datetime, facts: Mapping[str, object]) -> None:
    """Record a step of an election: numbers and kinds, never a name or a choice."""
    record(chain=election.community.chain, verb=verb, actor=SITE, subject=election.ref, at=now, facts=dict(facts))


def in_the_evening(now: datetime, days: int) -> datetime:
    """So many days on, at eight in the evening by London's clock."""
    return first_moment(day_of(now) + timedelta(days=days), EVENING)
