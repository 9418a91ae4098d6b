"""A diary as other calendars read it (iCalendar, RFC 5545): no more of a session than its owner chose.

The clock is London's. Its two changes stand in the file as rules, so that a calendar anywhere shows the same hour.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from unicodedata import category

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from clock.london import LONDON
from meetings.lifecycle.feeds import CalledBy
from meetings.models import DiaryFeed, Session
from people.sealing import digest

# How often a calendar is asked to look; most look when they like.
LOOK_EVERY = timedelta(hours=4)
Half = TimezoneDaylight | TimezoneStandard
SUMMER, WINTER = timedelta(hours=1), timedelta(0)


def calendar_of(feed: DiaryFeed, sessions: Iterable[Session]) -> bytes:
    """The whole file. No query; sessions come with their venue."""
    calendar = Calendar()
    # Neither who we are nor what this is for: the file lies with whoever keeps the calendar.
    calendar.add("prodid", "-//Diary//Diary//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Diary"))
    calendar.add("refresh-interval", LOOK_EVERY, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    calendar.add_component(_london())
    for session in sessions:
        calendar.add_component(_entry(feed, session))
    return calendar.to_ical()


def _entry(feed: DiaryFeed, session: Session) -> Event:
    event = Event()
    # The same for this session as long as the diary is; it tells nobody else which session it is.
    event.add("uid", digest("diary entry", f"{feed.membership_id}:{session.pk}")[:32])
    event.add("summary", called(feed, session))
    event.add("dtstart", _begins(session.starts_at.astimezone(LONDON)))
    # How long, not until when: in the night the clocks go back an hour's name would mean two moments.
    event.add("duration", session.ends_at - session.starts_at)
    event.add("dtstamp", session.changed_at)
    event.add("sequence", session.sequence)
    event.add("status", "CONFIRMED" if session.takes_place else "CANCELLED")
    event.add("class", "PRIVATE")
    if feed.with_place and (place := where(session)):
        event.add("location", place)
    return event


def _begins(at: datetime) -> datetime:
    # In the hour that London's clock shows twice, its words mean the first one; the second is said by UTC.
    return at.astimezone(UTC) if at.fold else at


def plain(text: str) -> str:
    """A text on one line, without signs that steer a screen or a printer: calendars stumble over them."""
    return " ".join("".join(sign for sign in text if sign.isspace() or category(sign) != "Cc").split())


def called(feed: DiaryFeed, session: Session) -> str:
    """What the entry is called, in sight of whoever sees the calendar."""
    if feed.called_by == CalledBy.TITLE:
        return plain(session.title)
    return feed.own_words if feed.called_by == CalledBy.OWN_WORDS else _("Appointment")


def where(session: Session) -> str:
    """Where it is, in one line: the place with its address, and the link to come in from home."""
    venue = session.venue
    parts = [venue.name, venue.address] if venue else [session.place]
    return ", ".join(plain(part) for part in [*parts, session.link] if part)


def _london() -> Timezone:
    zone = Timezone()
    zone.add("tzid", "Europe/London")
    zone.add_component(_clock_from(TimezoneDaylight(), 3, "BST", WINTER, SUMMER))
    zone.add_component(_clock_from(TimezoneStandard(), 10, "GMT", SUMMER, WINTER))
    return zone


def _clock_from(part: Half, month: int, name: str, was: timedelta, is_now: timedelta) -> Half:
    """From the last Sunday of this month on, at one o'clock of UTC, as it has been since 1996."""
    last_sunday = {3: 31, 10: 27}[month]
    part.add("dtstart", datetime(1996, month, last_sunday, 1) + was)
    part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    part.add("tzname", name)
    part.add("tzoffsetfrom", was)
    part.add("tzoffsetto", is_now)
    return part
