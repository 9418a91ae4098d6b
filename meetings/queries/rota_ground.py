"""What the rota of turns is made from: sessions ahead, who is willing, who comes to which group, who can't."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from clock.london import day_of
from communities.apart import pairs_with
from communities.lifecycle import Kind, State
from communities.models import Community, Membership
from meetings.day.fair import Need, Turn, Willing, goes_beside
from meetings.lifecycle.coming import CONTACT, Answer, Was
from meetings.lifecycle.timetable import How, Role, SessionState
from meetings.models import AwayTime, Coming, Mark, Session, SessionRole
from meetings.models.day import RoleAsking, RoleChoice
from meetings.queries.turns import AHEAD

# Nobody is given a turn later than this before it begins: then whoever likes takes it.
NOT_BEFORE = timedelta(hours=24)
# Whoever came to a group in this time is somebody who comes to it; so far back turns are looked at.
COMES_SINCE, LOOKED_BACK = timedelta(weeks=12), timedelta(weeks=26)


@dataclass(frozen=True)
class Ground:
    """All that `meetings.day.fair.share_out` asks for in one community, and the turns that are nobody's any more."""

    needs: list[Need]
    turns: list[Turn]
    willing: Willing
    lost: list[SessionRole]


@dataclass
class _Said:
    """Of the sessions ahead, by session: who says they come, who can't, who has asked others to take a turn over."""

    comes: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    cannot: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    asked: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def ground_for(community: Community, now: datetime) -> Ground:
    """What the rota of the next weeks is made from. Eight queries, whatever the size. For services, under a lock."""
    sessions = _sessions(community, now)
    willing, said = _willing(community), _said(community, sessions)
    everybody = frozenset(member for members in willing.values() for member in members)
    regulars = _regulars(community, now)
    come = {
        one.pk: ((regulars.get(one.group_id or 0) or _all_of(one, everybody)) | said.comes[one.pk])
        - said.cannot[one.pk]
        for one in sessions
    }
    had = _had(community, now)
    lost = [row for row in had if row.session_id in come and not _stands(row, said, willing)]
    kept = [row for row in had if row not in lost]
    taken = {(row.session_id, row.role) for row in kept}
    return Ground(
        needs=[
            Need(one.pk, one.starts_at, role)
            for one in sessions
            for role in Role
            if (one.pk, role) not in taken and one.starts_at >= now + NOT_BEFORE
        ],
        turns=[Turn(row.session_id, row.session.starts_at, row.role, row.membership_id) for row in kept],
        willing=Willing(
            by_role=willing,
            by_session={pk: found - said.asked[pk] for pk, found in come.items()},
            apart=[frozenset(pair) for pair in pairs_with(everybody)],
        ),
        lost=lost,
    )


def may_be_given(member: Membership, session: Session, role: str) -> bool:
    """Whether the rota's own rules let this member have this turn: they have not said that they can't come, and nobody
    they are kept apart from has another one there. For services, under the session's lock: a page that asked would
    tell who is kept apart. Five queries at most."""
    rows = SessionRole.objects.filter(session=session, membership__state=State.ACTIVE).exclude(role=role)
    beside = list(rows.values_list("membership_id", flat=True))
    apart = [frozenset(pair) for pair in pairs_with([member.pk])]
    cannot = _said(session.community, [session]).cannot[session.pk]
    return member.pk not in cannot and goes_beside(member.pk, beside, apart)


def _sessions(community: Community, now: datetime) -> list[Session]:
    ahead = Session.objects.planned().between(now, now + AHEAD)
    return list(ahead.filter(community=community))


def _all_of(session: Session, everybody: frozenset[int]) -> frozenset[int]:
    # A group that nobody has been to yet is anybody's; what belongs to no group, theirs who say that they come.
    return everybody if session.group_id else frozenset()


def _willing(community: Community) -> dict[str, frozenset[int]]:
    rows = RoleChoice.objects.filter(willing=True, membership__community=community)
    rows = rows.filter(membership__state=State.ACTIVE, membership__kind=Kind.MEMBER)
    found: dict[str, set[int]] = defaultdict(set)
    for role, member in rows.values_list("role", "membership_id"):
        found[role].add(member)
    return {role: frozenset(members) for role, members in found.items()}


def _said(community: Community, sessions: Iterable[Session]) -> _Said:
    said, by_pk = _Said(), {one.pk: one for one in sessions}
    answers = Coming.objects.filter(session__in=by_pk).values_list("session_id", "membership_id", "answer")
    spoken = set()
    for session, member, answer in answers:
        spoken.add((session, member))
        if answer in CONTACT:
            said.cannot[session].add(member)
        elif answer == Answer.COMING:
            said.comes[session].add(member)
    for away in _aways(community, by_pk.values()):
        for pk, one in by_pk.items():
            if away.covers(day_of(one.starts_at)) and (pk, away.membership_id) not in spoken:
                said.cannot[pk].add(away.membership_id)
    for session, member in RoleAsking.objects.filter(session__in=by_pk).values_list("session_id", "by_id"):
        said.asked[session].add(member)
    return said


def _aways(community: Community, sessions: Iterable[Session]) -> list[AwayTime]:
    days = [day_of(one.starts_at) for one in sessions]
    if not days:
        return []
    return list(AwayTime.objects.between(min(days), max(days)).filter(membership__community=community))


def _regulars(community: Community, now: datetime) -> dict[int, frozenset[int]]:
    rows = Mark.objects.filter(was=Was.HERE, register__session__community=community)
    rows = rows.filter(register__session__starts_at__gt=now - COMES_SINCE, register__session__group__isnull=False)
    found: dict[int, set[int]] = defaultdict(set)
    for group, member in rows.values_list("register__session__group_id", "membership_id").distinct():
        found[group].add(member)
    return {group: frozenset(members) for group, members in found.items()}


def _had(community: Community, now: datetime) -> list[SessionRole]:
    rows = SessionRole.objects.filter(session__community=community, session__state=SessionState.PLANNED)
    rows = rows.filter(session__starts_at__gt=now - LOOKED_BACK, session__starts_at__lt=now + AHEAD)
    return list(rows.select_related("session", "membership__person").order_by("session__starts_at", "pk"))


def _stands(row: SessionRole, said: _Said, willing: dict[str, frozenset[int]]) -> bool:
    """Whether a turn ahead is still its member's: they are here, can come, and, by the rota, still want to."""
    if row.membership.state != State.ACTIVE or row.membership_id in said.cannot[row.session_id]:
        return False
    return row.how != How.ROTA or row.membership_id in willing.get(row.role, frozenset())
