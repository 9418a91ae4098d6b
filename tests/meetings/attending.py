"""Registers, apologies, times away put there without asking the services; short ways through the group's letter."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

import clock
from communities.models import Community, Membership
from communities.services import change_rule
from meetings.models import AbsenceCase, AwayTime, Coming, Mark, Register, Session
from meetings.services.absences import follow_up
from meetings.services.letters import agree_letter, open_letter
from notices.models import Notice
from tests.meetings.groups import a_session

DAY = timedelta(days=1)


def held(community: Community, at: datetime, *, state: str = "planned", counts: bool = True) -> Session:
    """A session of two hours that attendance counts."""
    change = "cancelled" if state == "cancelled" else ""
    return a_session(community, at, counts=counts, state=state, change=change)


def taken(session: Session, by: Membership, here: Iterable[Membership] = (), **marks: Iterable[Membership]) -> Register:
    """Its register: who was here; `apology=[…]`, `ill=[…]`. Everybody else was not."""
    register, _made = Register.objects.get_or_create(
        session=session, defaults={"taken_by": by, "taken_at": session.ends_at}
    )
    for was, members in {"here": here, **marks}.items():
        for member in members:
            Mark.objects.update_or_create(register=register, membership=member, defaults={"was": was})
    return register


def said(session: Session, member: Membership, answer: str = "cannot", at: datetime | None = None) -> Coming:
    fields = {"answer": answer, "said_at": at or clock.now(), "said_by": member}
    return Coming.objects.update_or_create(session=session, membership=member, defaults=fields)[0]


def away(member: Membership, first: date, last: date | None = None, at: datetime | None = None) -> AwayTime:
    return AwayTime.objects.create(
        membership=member, kind="hospital", from_day=first, until_day=last, said_by=member, said_at=at or clock.now()
    )


def missed_days(cast: object, *, days: Iterable[int], here: Iterable[Membership]) -> list[Session]:
    """Programme days so many days ago at Fellside, each with its register taken; `here` were there."""
    now = clock.now()
    sessions = [held(cast.fellside, now - DAY * day) for day in days]
    for session in sessions:
        taken(session, cast.dale, here)
    return sessions


def everybody_but(cast: object, *missing: Membership) -> list[Membership]:
    """The active members of Fellside, but these."""
    here = Membership.objects.filter(community=cast.fellside, state="active", kind="member")
    return list(here.exclude(pk__in=[member.pk for member in missing]))


def a_letter(cast: object, about: Membership, *, sent: bool = False, opened: bool = False) -> AbsenceCase:
    """The letter begun for somebody who missed three programme days; on its way, or opened, where that is asked for."""
    missed_days(cast, days=(9, 7, 2), here=everybody_but(cast, about))
    follow_up(community=cast.fellside)
    case = AbsenceCase.objects.get(membership=about)
    if sent or opened:
        for one in (cast.heron, cast.fern) if about not in (cast.heron, cast.fern) else (cast.linden, cast.clover):
            agree_letter(case=case, by=one, seen=case.letters.last().number)
    if opened:
        open_letter(case=case, by=about)
    return fresh(case)


def fresh(case: AbsenceCase) -> AbsenceCase:
    return AbsenceCase.objects.select_related("membership__person", "community").get(pk=case.pk)


def told(member: Membership) -> list[str]:
    """The kinds of notices that they have now."""
    return sorted(Notice.objects.filter(person=member.person, withdrawn_at=None).values_list("kind", flat=True))


def with_rule(community: Community, key: str, value: object) -> None:
    """Give a community another rule, as a vote does."""
    facts = {"reason": "We talked about it.", "decided_by": "a vote", "by": "motion:1", "now": clock.now()}
    with transaction.atomic():
        change_rule(community=community, key=key, value=value, **facts)
