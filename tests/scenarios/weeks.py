"""What the stories of attendance share: a day of the programme with its register, and the job that counts."""

from collections.abc import Iterable
from datetime import timedelta

from time_machine import TimeMachineFixture

import clock
from communities.models import Community, Membership
from meetings.models import Session
from meetings.schedule import attendance
from meetings.services.register import take_register
from tests.cast import sitting_now
from tests.meetings.groups import a_session

DAY = timedelta(days=1)


def session_today(community: Community) -> Session:
    """One of the programme that is just over."""
    return a_session(community, clock.now() - timedelta(hours=2), counts=True, title="The day group")


def day_of_programme(by: Membership, here: Iterable[Membership], **marks: Iterable[Membership]) -> Session:
    """It is held, and its register is taken: these were here, `apology=[…]` sent word, the rest were not."""
    session = session_today(by.community)
    said = {member.pk: was for was, members in {"here": here, **marks}.items() for member in members}
    take_register(session=session, by=sitting_now(by), marks=said, guests=0, seen=0)
    return session


def days_go_by(time: TimeMachineFixture, days: int) -> None:
    """So many days later, and the job has looked."""
    time.shift(DAY * days)
    attendance()


def at_fellside_but(cast: object, *missing: Membership) -> list[Membership]:
    """Who comes to Fellside's days: its active members, but these."""
    here = Membership.objects.filter(community=cast.fellside, state="active", kind="member")
    return list(here.exclude(pk__in=[member.pk for member in missing]))
