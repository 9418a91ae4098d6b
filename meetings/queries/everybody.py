"""Everybody of a community as one session knows them: what they said, whether they are away, how they are marked."""

from dataclasses import dataclass

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from clock.london import day_of
from communities.lifecycle import State
from communities.models import Membership, as_active, state_at
from meetings.models.coming import AwayTime, Coming
from meetings.models.register import Mark
from meetings.models.sessions import Session


def may_come(of: str = "") -> Q:
    """Whoever may come, or may come back (meetings.policies.coming), as a part of a question; `of`: how its rows reach
    the membership. Those who have left keep their marks and stand nowhere."""
    return as_active(of) | Q(**{f"{of}state__in": (State.PROSPECTIVE, State.ON_A_BREAK, State.INACTIVE)})


@dataclass(frozen=True)
class Somebody:
    """One membership as a session knows it. `stood`: in which state they were as it began, or are before that; "" where
    they were not here yet. `was`: the mark in its register, "" for none."""

    membership: Membership
    stood: str
    said: Coming | None
    away: AwayTime | None
    was: str


def everybody_of(session: Session) -> list[Somebody]:
    """Everybody who may come, members and staff, by name. One query, however many they are."""
    found: dict[int, Somebody] = {}
    for row in _rows(session):
        there, away = found.get(row.pk), _away_of(row, session)
        # Of several times away one is enough: a row for each comes back.
        if there is None or (there.away is None and away is not None):
            stood, was = getattr(row, "stood", ""), getattr(row, "was", "") or ""
            found[row.pk] = Somebody(row, stood, _said_of(row, session), away, was)
    return list(found.values())


def _rows(session: Session) -> QuerySet[Membership]:
    day = day_of(session.starts_at)
    not_over = Q(away_times__until_day__isnull=True) | Q(away_times__until_day__gte=day)
    mark = Mark.objects.filter(register__session=session, membership=OuterRef("pk")).values("was")[:1]
    rows = Membership.objects.filter(may_come(), community=session.community_id).annotate(
        told=FilteredRelation("comings", condition=Q(comings__session=session)),
        gone=FilteredRelation("away_times", condition=not_over & Q(away_times__from_day__lte=day)),
        was=Subquery(mark),
        stood=state_at(session.starts_at),
        **{f"told_{name}": F(f"told__{name}") for name in _SAID},
        **{f"gone_{name}": F(f"gone__{name}") for name in _AWAY},
    )
    return rows.order_by("name_key", "pk", F("gone__pk"))


_SAID = ("pk", "answer", "words", "said_at", "said_by_id", "by_link")
_AWAY = ("pk", "kind", "from_day", "until_day", "said_by_id", "said_at", "ended_at")


def _said_of(row: Membership, session: Session) -> Coming | None:
    fields = {name: getattr(row, f"told_{name}") for name in _SAID}
    return Coming(session=session, membership=row, **fields) if fields["pk"] else None


def _away_of(row: Membership, session: Session) -> AwayTime | None:
    fields = {name: getattr(row, f"gone_{name}") for name in _AWAY}
    if not fields["pk"]:
        return None
    away = AwayTime(membership=row, **fields)
    return away if away.covers(day_of(session.starts_at)) else None
