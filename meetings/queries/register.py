"""The register of a session as its form shows it, its trace, and sessions whose register was never taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BooleanField, ExpressionWrapper, QuerySet

from communities.apart import never_with
from communities.lifecycle import Kind, State
from communities.models import Community, Membership
from communities.queries import rules_of
from meetings.lifecycle.coming import AS_MARKED, AWAY_AS_MARKED, EXCUSED, WANTS_TO_COME, Answer, AwayKind, Was
from meetings.models import Session
from meetings.models.register import MarkChange, Register
from meetings.queries.everybody import Somebody, everybody_of, may_come
from meetings.roles import roles_in

# How far back a register that was never taken is pointed out.
FLAGGED_FOR = timedelta(weeks=8)
MOST_CHANGES = 100


@dataclass(frozen=True)
class Line:
    """One member in the form: what is marked or, before that, what they have said; `expected`: they stand first.

    `belonged`: they were active here as the session began, or had a part in it; of nobody else it says anything that
    they were not there. `comes`: they stood first before the register was taken, with or without a mark.
    """

    membership: Membership
    was: str
    expected: bool
    belonged: bool
    comes: bool

    @property
    def is_here(self) -> bool:
        return self.was == Was.HERE

    @property
    def excuse(self) -> str:
        """The reason for which they are not here, if one is known."""
        return self.was if self.was in {Was.APOLOGY, Was.ILL, Was.HOSPITAL} else ""


@dataclass(frozen=True)
class Sheet:
    """A register as its form shows it. `row`: as it was taken, None before."""

    lines: list[Line]
    row: Register | None

    @property
    def expected(self) -> list[Line]:
        return [line for line in self.lines if line.expected]

    @property
    def others(self) -> list[Line]:
        return [line for line in self.lines if not line.expected]

    @property
    def edition(self) -> int:
        """What a form names that was made of this sheet: 0 before the register is taken."""
        return self.row.edition if self.row else 0


def members_to_mark(session: Session) -> QuerySet[Membership]:
    """Whoever may stand in the register: members who come, or may come back. Whoever has left keeps their marks."""
    members = Membership.objects.filter(may_come(), community_id=session.community_id, kind=Kind.MEMBER)
    return members.order_by("name_key", "pk")


def register_of(session: Session) -> Register | None:
    """The register of a session, None where it was not taken. One query."""
    return Register.objects.filter(session=session).select_related("taken_by").first()


def sheet_of(session: Session) -> Sheet:
    """The register with a line for each member, those who are expected first. Three queries at most.

    Called by pages that have asked `may_take_register`, with a session that came by its door.
    """
    row = getattr(session, "register", None)
    roles = {member.pk for member in roles_in(session).values()}
    everybody = _everybody_is_expected(session)
    lines = []
    for one in everybody_of(session):
        member = one.membership
        if member.kind != Kind.MEMBER:
            continue
        was = one.was if row else _begun(one)
        # Who was active as it began, as attendance counts them: a register may be taken days later.
        was_active = one.stood == State.ACTIVE
        comes = _wants_to_come(one) or (everybody and was_active) or member.pk in roles
        # Once it is taken, whoever became a member since has no mark, and a correction of another's gives them none.
        expected = bool(was) or (comes and row is None)
        belonged = bool(was) or comes or was_active
        lines.append(Line(member, was, expected=expected, belonged=belonged, comes=comes))
    return Sheet(lines, row)


def _wants_to_come(one: Somebody) -> bool:
    return one.said is not None and one.said.answer in WANTS_TO_COME


def _begun(one: Somebody) -> str:
    """How the register begins for somebody: their own word about this session goes before their time away."""
    if one.said is not None:
        return AS_MARKED.get(Answer(one.said.answer), "")
    return AWAY_AS_MARKED[AwayKind(one.away.kind)] if one.away else ""


def _everybody_is_expected(session: Session) -> bool:
    """Where days of the programme count, every active member is expected; elsewhere those who said they come."""
    return session.counts and getattr(rules_of(session.community), "absence_counts", "") == "programme_days"


def changes_of(register: Register, reader: Membership) -> list[MarkChange]:
    """Every correction of a register, the newest first. One query.

    Of members kept apart from the reader only that they sent word, never why: from one reason to another is no change
    then. It looks like an apology, so it says nothing of who is kept apart.
    """
    is_apart = ExpressionWrapper(never_with(reader.pk), output_field=BooleanField())
    rows = MarkChange.objects.filter(register=register).annotate(is_apart=is_apart).select_related("membership", "by")
    changes = list(rows.order_by("-at", "-pk")[:MOST_CHANGES])
    for one in changes:
        if one.is_apart:
            one.was, one.became = _neutral(one.was), _neutral(one.became)
    return [one for one in changes if one.was != one.became]


def _neutral(mark: str) -> str:
    return Was.APOLOGY.value if mark in EXCUSED else mark


def untaken(community: Community, now: datetime) -> list[Session]:
    """Sessions that count, are over and have no register: they count for nobody until it is taken. One query.

    Of the last eight weeks, the newest first (domain, section 2: a register never taken breaks the row).
    """
    rows = _untaken(now).filter(community=community, ends_at__gt=now - FLAGGED_FOR)
    return list(rows.select_related("group", "venue").order_by("-starts_at", "-pk"))


def lately_over(now: datetime, *, since: timedelta, until: timedelta) -> list[Session]:
    """Sessions of all communities without a register that ended between so long ago and so long ago. One query."""
    rows = _untaken(now).filter(ends_at__gt=now - until, ends_at__lte=now - since)
    return list(rows.select_related("community", "facilitator__person", "group").order_by("pk"))


def _untaken(now: datetime) -> QuerySet[Session]:
    return Session.objects.planned().filter(counts=True, ends_at__lte=now, register__isnull=True)
