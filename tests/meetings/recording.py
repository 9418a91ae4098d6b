"""Registers, turns and logbooks put there for tests of the day."""

from uuid import uuid4

import clock
from communities.models import Membership
from meetings.lifecycle.coming import Was
from meetings.lifecycle.timetable import Role
from meetings.models import Logbook, LogbookPart, Mark, Register, RoleAsking, RoleChoice, Session
from meetings.services.agreeing import agree
from meetings.services.logbook import add_part
from tests.cast import sitting_now
from tests.meetings.groups import a_role


def marked_here(session: Session, by: Membership, *members: Membership) -> Register:
    """A register in which these were here."""
    register, _made = Register.objects.get_or_create(
        session=session, defaults={"taken_by": by, "taken_at": clock.now()}
    )
    Mark.objects.bulk_create(Mark(register=register, membership=member, was=Was.HERE) for member in members)
    return register


def would_like(member: Membership, *roles: Role) -> None:
    """This member would like turns at these (all, without any)."""
    for role in roles or tuple(Role):
        RoleChoice.objects.create(membership=member, role=role, willing=True, since=clock.now())


def written(session: Session, by: Membership, *words: str, heading: str = "did") -> Logbook:
    """A record of this session with parts of these words."""
    for each in words or ("We walked to the mill.",):
        add_part(session=session, by=sitting_now(by), heading=heading, words=each, form_key=uuid4())
    return Logbook.objects.get(session=session)


def agreed(session: Session, lead: Membership, other: Membership, *words: str) -> Logbook:
    """A record that is agreed: written by its chair, `lead`, and agreed with by `other`, who was there too."""
    a_role(session, Role.CHAIR, lead)
    marked_here(session, lead, lead, other)
    logbook = written(session, lead, *words)
    for one in (lead, other):
        agree(logbook=logbook, by=one, seen=fresh(logbook).edition)
    return fresh(logbook)


def fresh(logbook: Logbook) -> Logbook:
    """The record as the database has it now."""
    return Logbook.objects.get(pk=logbook.pk)


def only_part(logbook: Logbook) -> LogbookPart:
    """Its first part."""
    part = logbook.parts.order_by("pk").first()
    assert part is not None
    return part


def an_asking(session: Session, by: Membership, role: Role = Role.CHAIR) -> RoleAsking:
    """Somebody asks whoever can to take their turn over."""
    return RoleAsking.objects.create(session=session, role=role, by=by, made_at=clock.now())
