"""The register of a session as its form shows it, its trace, and sessions whose register was never taken."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from clock.london import day_of
from communities.lifecycle import Kind, State, SuspendedFrom
from communities.models import Community, Membership
from communities.queries import rules_of
from meetings.lifecycle.coming import AS_MARKED, AWAY_AS_MARKED, WANTS_TO_COME, Answer, AwayKind, Was
from meetings.models import Session, SessionRole
from meetings.models.coming import AwayTime, Coming
from meetings.models.register import Mark, MarkChange, Register

# How far back a register that was never taken is pointed out.
FLAGGED_FOR = timedelta(weeks=8)
MOST_CHANGES = 100


@dataclass(frozen=True)
class Line:
    """One member in the form: what is marked or, before that, what they have said; `expected`: they stand first."""

    membership: Membership
    was: str
    expected: bool

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
    stands = Q(state__in=(State.ACTIVE, State.PROSPECTIVE, State.ON_A_BREAK, State.INACTIVE))
    stands |= Q(suspended_from=SuspendedFrom.BOARD)
    members = Membership.objects.filter(stands, community_id=session.community_id, kind=Kind.MEMBER)
    return members.order_by("name_key", "pk")


def register_of(session: Session) -> Register | None:
    """The register of a session, None where it was not taken. One query."""
    return Register.objects.filter(session=session).select_related("taken_by").first()


def sheet_of(session: Session) -> Sheet:
    """The register with a line for each member, those who are expected first. At most seven queries.

    Called by pages and services that have asked `may_take_register`.
    """
    members = list(members_to_mark(session))
    row = register_of(session)
    marks = {mark.membership_id: mark.was for mark in Mark.objects.filter(register=row)} if row else {}
    said = {each.membership_id: each.answer for each in Coming.objects.filter(session=session)}
    roles = set(SessionRole.objects.filter(session=session).values_list("membership_id", flat=True))
    away = _away_on(session)
    everybody = _everybody_is_expected(session)
    lines = []
    for member in members:
        answer = said.get(member.pk, "")
        was = marks.get(member.pk, "") if row else _begun(answer, away.get(member.pk))
        comes = answer in WANTS_TO_COME or (everybody and member.state == State.ACTIVE)
        lines.append(Line(member, was, expected=comes or member.pk in roles or bool(was)))
    return Sheet(lines, row)


def _begun(answer: str, away: str | None) -> str:
    """How the register begins for somebody: their own word about this session goes before their time away."""
    if answer in WANTS_TO_COME:
        return ""
    if answer:
        return AS_MARKED[Answer(answer)]
    return AWAY_AS_MARKED[AwayKind(away)] if away else ""


def _away_on(session: Session) -> dict[int, str]:
    day = day_of(session.starts_at)
    rows = AwayTime.objects.between(day, day).filter(membership__community_id=session.community_id)
    return {row.membership_id: row.kind for row in rows.order_by("pk") if row.covers(day)}


def _everybody_is_expected(session: Session) -> bool:
    """Where days of the programme count, every active member is expected; elsewhere those who said they come."""
    return session.counts and getattr(rules_of(session.community), "absence_counts", "") == "programme_days"


def changes_of(register: Register) -> list[MarkChange]:
    """Every correction of a register, the newest first. One query."""
    rows = MarkChange.objects.filter(register=register).select_related("membership", "by")
    return list(rows.order_by("-at", "-pk")[:MOST_CHANGES])


def own_mark(membership: Membership, session: Session) -> Mark | None:
    """How one stands oneself in the register of a session. One query."""
    return Mark.objects.filter(register__session=session, membership=membership).first()


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
