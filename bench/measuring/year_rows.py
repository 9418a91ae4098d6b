"""A year of groups in a large community, put in by the batch: sessions, registers, records, letters, polls."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from audit.commitments import commit
from clock.london import day_of, first_moment
from communities.lifecycle import Kind
from communities.models import Community, Membership, StateSince
from meetings.models import (
    AbsenceCase,
    Group,
    LetterWords,
    LocalChange,
    LocalPiece,
    Logbook,
    LogbookPart,
    PollMark,
    PollTime,
    Session,
    SessionRole,
    TimePoll,
    Venue,
)
from meetings.models.coming import AwayTime, Coming, ComingSaid
from meetings.models.register import Mark, Register
from peernet.demo.large import Size, fill_large
from people.models import Person

AHEAD = 26
WORDS = "We went round once. The kettle was on, and somebody brought the list of walks for the holidays."
LETTER = "We have not seen you for a while, and we think of you."
ROLES = ("chair", "secretary", "housekeeper")
COUNTS_EVERY = 5


@dataclass(frozen=True)
class Year:
    """How much to make. `weeks`: gone by; half a year ahead is laid out beside. `a_week`: sessions."""

    members: int = 110
    weeks: int = 52
    a_week: int = 20
    posts: int = 1000


class Filler:
    """One community and its year, as `now` stands."""

    def __init__(self, size: Year, now: datetime) -> None:
        self.size, self.now = size, now
        self.community: Community = fill_large(Size(size.members, 30, size.posts), now)
        self.members = list(Membership.objects.filter(community=self.community).order_by("pk"))
        self.staff = self._staff()
        self.venues = Venue.objects.bulk_create(
            Venue(community=self.community, name=f"Place {n}", travel=WORDS, changed_at=now) for n in range(4)
        )

    def fill(self) -> None:
        """Everything. The members who come to a session are others each time; every fifth group counts for all."""
        self.groups = Group.objects.bulk_create(self._group(n) for n in range(self.size.a_week))
        sessions = Session.objects.bulk_create(self._sessions(), batch_size=2000)
        gone = [one for one in sessions if one.ends_at <= self.now]
        self._who_came(gone)
        self._who_comes([one for one in sessions if one.starts_at > self.now][: 3 * self.size.a_week], gone)
        SessionRole.objects.bulk_create(self._roles(sessions), batch_size=2000)
        self._records(gone)
        self._letters()
        self._polls()
        self._local()

    def some(self, start: int, count: int) -> list[Membership]:
        """So many members, from this one on, round and round."""
        return [self.members[(start * 7 + n) % len(self.members)] for n in range(min(count, len(self.members)))]

    def _staff(self) -> Membership:
        old = self.now - timedelta(days=700)
        person = Person.objects.create(sign_in_name="large-measure-staff", created_at=old, is_demo=True, over_18_at=old)
        staff = Membership.objects.create(
            community=self.community,
            person=person,
            kind=Kind.STAFF,
            state="active",
            display_name="Staff",
            name_key="staff",
            joined_at=old,
            state_since=old,
            welcomed_at=old,
        )
        StateSince.objects.create(membership=staff, state="active", since=old)
        return staff

    def _group(self, n: int) -> Group:
        first = day_of(self.now) - timedelta(weeks=self.size.weeks)
        at = self.now - timedelta(weeks=self.size.weeks + 1)
        return Group(
            community=self.community,
            title=f"Group {n}",
            about=WORDS,
            kind="programme" if n % COUNTS_EVERY == 0 else "group",
            counts=n % COUNTS_EVERY == 0,
            rule=f"FREQ=WEEKLY;BYDAY={('MO', 'TU', 'WE', 'TH', 'FR')[n % 5]}",
            first_day=first,
            starts=time(9 + n // 5 * 2),
            minutes=90,
            venue=self.venues[n % 4],
            room=12,
            facilitator=self.staff,
            made_by=self.staff,
            made_at=at,
            changed_at=at,
            form_key=uuid4(),
        )

    def _sessions(self) -> Iterator[Session]:
        monday = day_of(self.now) - timedelta(days=day_of(self.now).weekday())
        for week in range(-self.size.weeks, AHEAD):
            for n, group in enumerate(self.groups):
                yield self._session(group, monday + timedelta(weeks=week, days=n % 5))

    def _session(self, group: Group, day: date) -> Session:
        begins = first_moment(day, group.starts)
        return Session(
            community=self.community,
            group=group,
            slot=day,
            title=group.title,
            kind=group.kind,
            counts=group.counts,
            starts_at=begins,
            ends_at=begins + timedelta(minutes=group.minutes),
            venue=group.venue,
            room=group.room,
            facilitator=self.staff,
            changed_at=group.made_at,
        )

    def _who_came(self, gone: list[Session]) -> None:
        taken = Register.objects.bulk_create(
            (Register(session=one, taken_by=self.staff, taken_at=one.ends_at, guests=1) for one in gone[:-2]),
            batch_size=2000,
        )
        Mark.objects.bulk_create(self._marks(taken), batch_size=2000)

    def _marks(self, taken: list[Register]) -> Iterator[Mark]:
        for n, register in enumerate(taken):
            for m, member in enumerate(self.some(n, len(self.members) if register.session.counts else 14)):
                yield Mark(register=register, membership=member, was="apology" if m % 6 == 5 else "here")

    def _who_comes(self, ahead: list[Session], gone: list[Session]) -> None:
        rows = [row for n, one in enumerate([*gone, *ahead]) for row in self._comings(n, one)]
        Coming.objects.bulk_create((Coming(**row) for row in rows), batch_size=2000)
        said = ({name: row[name] for name in row if name != "words"} for row in rows)
        ComingSaid.objects.bulk_create((ComingSaid(**row) for row in said), batch_size=2000)
        today = day_of(self.now)
        AwayTime.objects.bulk_create(
            AwayTime(
                membership=member, kind="ill", from_day=today - timedelta(days=9), said_by=member, said_at=self.now
            )
            for member in self.members[::9]
        )

    def _comings(self, n: int, session: Session) -> Iterator[dict[str, object]]:
        for m, member in enumerate(self.some(n, 16)):
            answer = "cannot" if m % 5 == 4 else "coming"
            at = session.starts_at - timedelta(days=30)
            words = "The bus has stopped." if answer == "cannot" else ""
            yield {
                "session": session,
                "membership": member,
                "answer": answer,
                "words": words,
                "said_at": at,
                "said_by": member,
            }

    def _roles(self, sessions: list[Session]) -> Iterator[SessionRole]:
        for n, session in enumerate(sessions):
            for role, member in zip(ROLES, self.some(n, 3), strict=False):
                yield SessionRole(session=session, role=role, membership=member, taken_at=session.changed_at)

    def _records(self, gone: list[Session]) -> None:
        agreed = Logbook.objects.bulk_create((self._logbook(one) for one in gone), batch_size=2000)
        headings = ("did", "agreed", "next")
        LogbookPart.objects.bulk_create(
            (
                LogbookPart(
                    logbook=one,
                    heading=heading,
                    words=WORDS,
                    written_by=self.staff,
                    at=one.began_at,
                    form_key=uuid4(),
                )
                for one in agreed
                for heading in headings
            ),
            batch_size=2000,
        )

    def _logbook(self, session: Session) -> Logbook:
        at = session.ends_at
        sealed, salt = commit(WORDS)
        agreed = {
            "state": "agreed",
            "agreed_at": at,
            "commitment": sealed,
            "salt": salt,
            "folded": f" {WORDS.lower()} ",
        }
        return Logbook(session=session, began_by=self.staff, began_at=at, **agreed)

    def _letters(self) -> None:
        units = [(day_of(self.now) - timedelta(days=days)).isoformat() for days in (20, 16, 12)]
        rule = {"counts": "programme_days", "needed": 3, "answer_days": 7, "after": "suspend", "months": 3}
        begun = self.now - timedelta(days=5)
        for n, member in enumerate(self.members[::4]):
            closed = {} if n < 8 else {"state": "ended", "closed_at": self.now, "outcome": "seen"}
            case = AbsenceCase(
                community=self.community, membership=member, units=units, begun_at=begun, **rule, **closed
            )
            case.save()
            LetterWords.objects.create(case=case, number=1, words=LETTER, at=begun)

    def _polls(self) -> None:
        today = day_of(self.now)
        for n in range(4):
            asked = {"minutes": 60, "often": "once", "until": self.now + timedelta(days=20), "made_at": self.now}
            poll = TimePoll.objects.create(
                community=self.community, title=f"Poll {n}", made_by=self.members[n], form_key=uuid4(), **asked
            )
            times = PollTime.objects.bulk_create(
                PollTime(poll=poll, day=today + timedelta(days=2 + m), starts=time(18)) for m in range(16)
            )
            PollMark.objects.bulk_create(
                PollMark(time=one, membership=member, how="well", at=self.now)
                for m, one in enumerate(times)
                for member in self.some(m, 60)
            )

    def _local(self) -> None:
        today = day_of(self.now)
        for n in range(40):
            by = self.members[n % len(self.members)]
            kept = {"checked_on": today, "checked_by": by, "made_by": by, "made_at": self.now, "form_key": uuid4()}
            kind = ("us", "service", "national")[n % 3]
            piece = LocalPiece.objects.create(
                community=self.community, kind=kind, title=f"Piece {n}", words=WORDS, **kept
            )
            changed = {"edition": 1, "done": "written", "by": by, "at": self.now, "title": f"Piece {n}", "words": WORDS}
            LocalChange.objects.create(piece=piece, **changed)
