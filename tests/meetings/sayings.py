"""Answers, times away and registers put there without asking the services."""

from datetime import date, timedelta

import clock
from clock.london import day_of
from communities.models import Membership
from meetings.lifecycle.coming import Answer, AwayKind
from meetings.models import AwayTime, Coming, Mark, Register, Session


def an_answer(membership: Membership, session: Session, answer: str = Answer.COMING, words: str = "") -> Coming:
    """What this member has said of a session."""
    return Coming.objects.create(
        session=session, membership=membership, answer=answer, words=words, said_at=clock.now(), said_by=membership
    )


def an_away_time(
    membership: Membership, kind: str = AwayKind.AWAY, first: date | None = None, days: int | None = 3
) -> AwayTime:
    """A time away from today, or this day, for so many days; None: nobody knows until when."""
    first = first or day_of(clock.now())
    last = None if days is None else first + timedelta(days=days - 1)
    return AwayTime.objects.create(
        membership=membership, kind=kind, from_day=first, until_day=last, said_by=membership, said_at=clock.now()
    )


def a_register(session: Session, by: Membership, marks: dict[Membership, str], guests: int = 0) -> Register:
    """The register of a session, with these marks."""
    row = Register.objects.create(session=session, taken_by=by, taken_at=clock.now(), guests=guests)
    Mark.objects.bulk_create(Mark(register=row, membership=member, was=was) for member, was in marks.items())
    return row
