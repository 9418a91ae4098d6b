"""What somebody says of a place, a group or one session, as forms and other apps hand it to the services."""

from dataclasses import dataclass
from datetime import date, datetime, time

from communities.models import Membership
from meetings.lifecycle.timetable import GroupKind, OnBankHolidays, StepFree
from meetings.models import Venue
from meetings.recurrence import Often


@dataclass(frozen=True)
class VenueSaid:
    """A place."""

    name: str
    address: str = ""
    travel: str = ""
    step_free: str = StepFree.ASK
    step_free_words: str = ""


@dataclass(frozen=True)
class GroupSaid:
    """A group. `first_day` is the first day that its rule may name; `starts` is London's clock's."""

    title: str
    often: Often
    first_day: date
    starts: time
    minutes: int
    about: str = ""
    kind: str = GroupKind.GROUP
    counts: bool = False
    venue: Venue | None = None
    link: str = ""
    room: int | None = None
    facilitator: Membership | None = None
    member_led: bool = False
    on_bank_holidays: str = OnBankHolidays.RESTS


@dataclass(frozen=True)
class SessionSaid:
    """One session that no rule names."""

    title: str
    starts_at: datetime
    minutes: int
    about: str = ""
    kind: str = GroupKind.GROUP
    counts: bool = False
    venue: Venue | None = None
    place: str = ""
    link: str = ""
    room: int | None = None
    facilitator: Membership | None = None
    member_led: bool = False


@dataclass(frozen=True)
class Moved:
    """Another time or place for one session."""

    starts_at: datetime
    minutes: int
    venue: Venue | None = None
    place: str = ""
    link: str = ""
    why: str = ""
