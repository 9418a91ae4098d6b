"""What counting is asked of the database: sessions that count, and the last sign there was of each member.

Counting itself is `meetings.attendance`. Nothing is kept of it: asked again, it is counted again from nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import DateTimeField, F, OuterRef, Q, QuerySet, Subquery

from clock.london import day_of, first_moment
from communities.lifecycle import Kind, State
from communities.models import Community, Membership
from communities.queries import Rules, rules_of
from meetings.attendance import Away, Held, Signs, Standing, Unit, standing_of, still_stands, units_of
from meetings.lifecycle.attendance import AbsenceOutcome, AbsenceState
from meetings.lifecycle.coming import CONTACT, EXCUSED, Was
from meetings.lifecycle.timetable import SessionState
from meetings.models import AbsenceCase, AwayTime, Coming, Mark, Session

# Counting looks back over half a year, from a Monday on; what was before is past.
WEEKS_BACK = 26


@dataclass(frozen=True)
class Attendance:
    """What counting knows of a community at one moment."""

    now: datetime
    rules: Rules
    held: tuple[Held, ...]
    # The day of the last sign of each active member.
    last_signs: dict[int, date]
    _units: dict[str, list[Unit]] = field(default_factory=dict)

    def units(self, counts: str) -> list[Unit]:
        """The programme days or weeks that are over."""
        if counts not in self._units:
            self._units[counts] = units_of(self.held, counts, self.now)
        return self._units[counts]

    def standings(self) -> dict[int, Standing]:
        """How it stands with every active member, by the rule as it is now."""
        units = self.units(self.rules.absence_counts)
        return {member: standing_of(units, last) for member, last in self.last_signs.items()}

    def stands(self, case: AbsenceCase) -> bool:
        """Whether what a letter was begun for is still so; not for somebody who is not active any more."""
        last = self.last_signs.get(case.membership_id)
        return last is not None and still_stands(self.units(case.counts), last, row=case.row, needed=case.needed)

    def seen_since(self, case: AbsenceCase) -> bool:
        """Whether there was a sign of them after the row that a letter was begun for."""
        last = self.last_signs.get(case.membership_id)
        return last is not None and last > case.row[-1]


def standings(community: Community, now: datetime) -> dict[int, Standing]:
    """How it stands with every active member. Four queries, whatever the size.

    For staff's day and the group's letters, after their policies; it says who was not seen, never why not.
    """
    return attendance_of(community, now).standings()


def attendance_of(
    community: Community, now: datetime, *, since: date | None = None, members: Collection[int] | None = None
) -> Attendance:
    """All that counting needs, for everybody or these members, looking back half a year or to `since`. Four queries."""
    today = day_of(now)
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS_BACK)
    first = min(monday, since - timedelta(days=since.weekday())) if since else monday
    people = Membership.objects.filter(community=community, kind=Kind.MEMBER, state=State.ACTIVE)
    if members is not None:
        people = people.filter(pk__in=members)
    away = _away_times(people, first)
    return Attendance(
        now=now,
        rules=rules_of(community),
        held=tuple(_held(community, first_moment(first, time(0)), now)),
        last_signs={row["pk"]: _signs(row, away.get(row["pk"], [])).last(now) for row in _people(people, now)},
    )


def _held(community: Community, start: datetime, now: datetime) -> list[Held]:
    sessions = Session.objects.filter(community=community, counts=True, starts_at__gte=start, starts_at__lt=now)
    rows = sessions.values_list("starts_at", "ends_at", "state", "register__pk")
    return [
        # One that was called off is over at once.
        Held(
            starts,
            state == SessionState.PLANNED and register is not None,
            ends if state == SessionState.PLANNED else None,
        )
        for starts, ends, state, register in rows
    ]


def _people(people: QuerySet[Membership], now: datetime) -> Iterable[Any]:
    """Each with the moments of their last signs of every kind: the newest alone matters."""
    own = OuterRef("pk")
    was = Mark.objects.filter(membership=own, was__in=(Was.HERE, *EXCUSED), register__session__starts_at__lte=now)
    comings = Coming.objects.filter(membership=own)
    excused = comings.filter(answer__in=CONTACT, session__starts_at__lte=now)
    # Whoever says that they come has been in touch; so has whoever somebody said it for, that they can't.
    word = comings.filter(Q(answer__in=CONTACT) | Q(said_by=F("membership")), said_at__lte=now)
    answered = Q(state=AbsenceState.ANSWERED) | Q(outcome=AbsenceOutcome.LEFT)
    letters = AbsenceCase.objects.filter(answered, membership=own)
    return people.annotate(
        was_at=_newest(was, "register__session__starts_at"),
        excused_at=_newest(excused, "session__starts_at"),
        word_at=_newest(word, "said_at"),
        answered_at=_newest(letters, "closed_at"),
    ).values("pk", "state_since", "was_at", "excused_at", "word_at", "answered_at")


def _newest(rows: QuerySet[Any], name: str) -> Subquery:
    return Subquery(rows.order_by(f"-{name}").values(name)[:1], output_field=DateTimeField())


def _away_times(people: QuerySet[Membership], first: date) -> dict[int, list[AwayTime]]:
    """Times away that reach into what is counted, or are still to come. One query."""
    found: dict[int, list[AwayTime]] = {}
    rows = AwayTime.objects.filter(Q(until_day__isnull=True) | Q(until_day__gte=first), membership__in=people)
    for row in rows:
        found.setdefault(row.membership_id, []).append(row)
    return found


def _signs(row: dict[str, Any], away: list[AwayTime]) -> Signs:
    seen = [row["was_at"], row["excused_at"], row["word_at"], row["answered_at"], *(one.said_at for one in away)]
    return Signs(row["state_since"], seen, tuple(Away(one.from_day, one.last_day) for one in away))
