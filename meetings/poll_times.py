"""The times that a poll asks about: made from a few ticks, said in words, and until when they can be answered."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from clock.london import day_of, first_moment
from communities.hours import clock_words
from communities.week import day_name, day_words
from meetings.lifecycle.polls import Rhythm

MOST_TIMES = 20
# Nobody is asked to meet in the night; with it the hour that the clocks skip is never offered.
EARLIEST, LATEST = time(6), time(23)
# A poll for every week has no last day of its own.
WEEKLY_OPEN_FOR = timedelta(weeks=8)
A_DAY, A_WEEK = timedelta(days=1), 7

Moment = tuple[date, time]


def spread(weekdays: Collection[int], hours: Iterable[time], *, weeks: int, today: date) -> list[Moment]:
    """Each of these hours on each of these weekdays (0 Monday), in so many weeks from tomorrow on, in their order."""
    days = [today + A_DAY * ahead for ahead in range(1, weeks * A_WEEK + 1)]
    return sorted((day, hour) for day in days if day.weekday() in weekdays for hour in set(hours))


def open_until(times: Collection[Moment], rhythm: str, now: datetime) -> datetime:
    """From when on nobody answers any more: the last time that is asked about, or some weeks."""
    if rhythm != Rhythm.ONCE:
        return now + WEEKLY_OPEN_FOR
    return max(first_moment(*moment) for moment in times)


def next_day(day: date, rhythm: str, now: datetime) -> date:
    """The day a time stands for today: its own; of every week, the next such day from tomorrow on."""
    if rhythm == Rhythm.ONCE:
        return day
    tomorrow = day_of(now) + A_DAY
    return tomorrow + timedelta(days=(day.weekday() - tomorrow.weekday()) % A_WEEK)


def has_gone_by(day: date, starts: time, rhythm: str, now: datetime) -> bool:
    """Whether nothing can come of this time any more."""
    return rhythm == Rhythm.ONCE and first_moment(day, starts) <= now


def key_of(day: date, starts: time, rhythm: str) -> tuple[date | int, time]:
    """What makes two times the same: day and hour; of every week, any such day of the week."""
    return (day if rhythm == Rhythm.ONCE else day.weekday()), starts


def time_words(day: date, starts: time, rhythm: str) -> str:
    """“Tuesday 8 December, 7 pm”; “Tuesdays, 7 pm”; “every second Tuesday, 7 pm”."""
    words = {"day": day_words(day) if rhythm == Rhythm.ONCE else day_name(day.weekday()), "hour": clock_words(starts)}
    if rhythm == Rhythm.WEEKLY:
        return _("%(day)ss, %(hour)s") % words
    if rhythm == Rhythm.FORTNIGHTLY:
        return _("Every second %(day)s, %(hour)s") % words
    return _("%(day)s, %(hour)s") % words
