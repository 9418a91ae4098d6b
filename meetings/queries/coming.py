"""Who comes to a session, who waits, who can't; and the times in which somebody is away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from clock.london import day_of
from communities.lifecycle import Kind, State, SuspendedFrom
from communities.models import Membership
from meetings import apology_links
from meetings.lifecycle.coming import Answer
from meetings.models.coming import AwayTime, Coming, ReminderChoice
from meetings.models.sessions import Session
from meetings.policies.coming import may_say_coming

# Of those who said something: their word counts while they stand so that they may come (meetings.policies.coming).
_COMES = Q(membership__state__in=(State.ACTIVE, State.PROSPECTIVE, State.ON_A_BREAK, State.INACTIVE)) | Q(
    membership__suspended_from=SuspendedFrom.BOARD
)


@dataclass(frozen=True)
class WhoComes:
    """What is known of one session: the answers, each with its membership, in the order they were given."""

    coming: list[Coming] = field(default_factory=list)
    waiting: list[Coming] = field(default_factory=list)
    apologies: list[Coming] = field(default_factory=list)
    # Those who are away that day and have said nothing of this session.
    away: list[AwayTime] = field(default_factory=list)

    @property
    def not_coming(self) -> list[Membership]:
        """Who sends apologies, for whatever reason, by name."""
        people = [each.membership for each in (*self.apologies, *self.away)]
        return sorted(people, key=lambda member: member.name_key)

    def of(self, membership: Membership) -> Coming | None:
        """What this member has said."""
        said = (*self.coming, *self.waiting, *self.apologies)
        return next((each for each in said if each.membership_id == membership.pk), None)


def said_of(session: Session) -> QuerySet[Coming]:
    """What those who may still come have said of a session, in the order in which they wait."""
    return Coming.objects.filter(_COMES, session=session).order_by("said_at", "pk")


def coming_to(session: Session) -> WhoComes:
    """Who comes, who waits, who sends apologies. Two queries; called by pages that have asked who may see it."""
    answers = list(said_of(session).select_related("membership"))
    spoken = {each.membership_id for each in answers}
    day = day_of(session.starts_at)
    aways = AwayTime.objects.between(day, day).filter(
        membership__community_id=session.community_id, membership__state=State.ACTIVE
    )
    away = {
        each.membership_id: each
        for each in aways.select_related("membership").order_by("pk")
        if each.covers(day) and each.membership_id not in spoken
    }
    return WhoComes(
        coming=[each for each in answers if each.answer == Answer.COMING],
        waiting=[each for each in answers if each.answer == Answer.WAITING],
        apologies=[each for each in answers if each.is_apology],
        away=list(away.values()),
    )


def answers_of(membership: Membership, sessions: Iterable[Session]) -> dict[int, Coming]:
    """What this member has said of these sessions, by the session's number. One query."""
    rows = Coming.objects.filter(membership=membership, session__in=[session.pk for session in sessions])
    return {row.session_id: row for row in rows}


def own_answer(membership: Membership, session: Session) -> Coming | None:
    """What this member has said of this session. One query."""
    return Coming.objects.filter(membership=membership, session=session).first()


def away_times(membership: Membership, today: date) -> list[AwayTime]:
    """The times in which a member is or will be away, the next first. One query."""
    rows = AwayTime.objects.filter(Q(until_day__isnull=True) | Q(until_day__gte=today), membership=membership)
    return list(rows.filter(ended_at=None).order_by("from_day", "pk"))


def away_times_in(community: int, today: date) -> list[AwayTime]:
    """The same of everybody who belongs here, for those who put them down for others. One query."""
    rows = AwayTime.objects.filter(Q(until_day__isnull=True) | Q(until_day__gte=today), ended_at=None)
    rows = rows.filter(_COMES, membership__community_id=community)
    return list(rows.select_related("membership").order_by("from_day", "pk"))


def access_away(membership: Membership, pk: int, *, any_here: bool = False) -> AwayTime:
    """One's own time away; `any_here`: anybody's of the same community. Raises Http404. One query."""
    rows = AwayTime.objects.filter(membership__community_id=membership.community_id)
    if not any_here:
        rows = rows.filter(membership=membership)
    return get_object_or_404(rows.select_related("membership"), pk=pk)


def away_on(memberships: Collection[int], first: date, last: date) -> dict[int, list[AwayTime]]:
    """The times away of these members that touch the days from `first` to `last`. One query."""
    found: dict[int, list[AwayTime]] = {}
    for row in AwayTime.objects.between(first, last).filter(membership__in=memberships):
        found.setdefault(row.membership_id, []).append(row)
    return found


def reminders_of(membership: Membership) -> ReminderChoice | None:
    """What this member has chosen; None: what everybody has without a choice. One query."""
    return ReminderChoice.objects.filter(membership=membership).first()


def behind_link(token: str, now: datetime) -> tuple[Session, Membership]:
    """The session and the member that a reminder's link is about. Raises Http404, for whatever reason it opens nothing.

    It works until the session is over, while it takes place and its member may come. Two queries.
    """
    if (named := apology_links.named_by(token)) is None:
        raise Http404
    number, membership = named
    member = Membership.objects.select_related("community").filter(pk=membership, kind=Kind.MEMBER).first()
    session = Session.objects.planned().filter(pk=number, ends_at__gt=now).first()
    if member is None or session is None or not may_say_coming(member, session):
        raise Http404
    return session, member
