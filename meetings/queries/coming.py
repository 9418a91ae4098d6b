"""Who comes to a session, who waits, who can't; and the times in which somebody is away."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from communities.lifecycle import HERE, Kind, State, SuspendedFrom
from communities.models import Membership
from meetings import apology_links
from meetings.lifecycle.coming import Answer, AwayKind
from meetings.models.coming import AwayTime, Coming, ReminderChoice
from meetings.models.sessions import Session
from meetings.policies.coming import may_say_coming
from meetings.queries.everybody import everybody_of, may_come

# Of those who said something: their word counts while they stand so that they may come (meetings.policies.coming).
_COMES = may_come("membership__")


def _by_name(member: Membership) -> str:
    return member.name_key


@dataclass(frozen=True)
class WhoComes:
    """What is known of one session: the answers, each with its membership, in the order they were given."""

    coming: list[Coming] = field(default_factory=list)
    waiting: list[Coming] = field(default_factory=list)
    apologies: list[Coming] = field(default_factory=list)
    # Those who are away that day and have said nothing of this session.
    away: list[AwayTime] = field(default_factory=list)
    # How the one who asked is marked in the register.
    own_mark: str = ""

    @property
    def not_coming(self) -> list[Membership]:
        """Who sends apologies, for whatever reason, by name."""
        people = [each.membership for each in self.apologies] + [each.membership for each in self.away]
        return sorted(people, key=_by_name)

    def place_of(self, membership: Membership) -> int:
        """Which place they have among those who wait, from 1; 0 where they do not."""
        numbers = [each.membership_id for each in self.waiting]
        return numbers.index(membership.pk) + 1 if membership.pk in numbers else 0

    def of(self, membership: Membership) -> Coming | None:
        """What this member has said."""
        said = (*self.coming, *self.waiting, *self.apologies)
        return next((each for each in said if each.membership_id == membership.pk), None)


def said_of(session: Session) -> QuerySet[Coming]:
    """What those who may still come have said of a session, in the order in which they wait."""
    return Coming.objects.filter(_COMES, session=session).order_by("said_at", "pk")


def coming_to(session: Session, reader: Membership | None = None) -> WhoComes:
    """Who comes, who waits, who sends apologies, and how the reader is marked. One query.

    Called by pages that have asked who may see it.
    """
    people = everybody_of(session)
    answers = sorted((each.said for each in people if each.said), key=lambda said: (said.said_at, said.pk))
    away = [each.away for each in people if each.away and not each.said]
    return WhoComes(
        coming=[each for each in answers if each.answer == Answer.COMING],
        waiting=[each for each in answers if each.answer == Answer.WAITING],
        apologies=[each for each in answers if each.is_apology],
        away=[each for each in away if each.membership.state == State.ACTIVE],
        own_mark=next((each.was for each in people if reader and each.membership.pk == reader.pk), ""),
    )


def without_reasons(who: WhoComes, pks: Collection[int]) -> WhoComes:
    """The same, of these members (kept apart from the reader) only that they can't come: neither why nor a word.

    It looks like an apology without words, so it says nothing of who is kept apart. No query.
    """
    for each in who.apologies:
        if each.membership_id in pks:
            each.answer, each.words = Answer.CANNOT, ""
    for time in who.away:
        if time.membership_id in pks:
            time.kind, time.until_day = AwayKind.AWAY, None
    return who


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


def members_to_say_away_for(community: int) -> list[Membership]:
    """Of whom others may put down that they are away, by name. One query."""
    stands = Q(state__in=HERE) & ~Q(suspended_from=SuspendedFrom.EVERYTHING)
    members = Membership.objects.filter(stands, community_id=community, kind=Kind.MEMBER)
    return list(members.order_by("name_key", "pk"))


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
