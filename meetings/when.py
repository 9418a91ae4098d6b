"""When something is, in the plain words of the timetable: by London's clock."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from clock.london import day_of
from communities.week import day_words, stretch_words

A_WEEK = timedelta(days=7)


def hours_words(starts_at: datetime, ends_at: datetime) -> str:
    """“7 pm to 8:30 pm”."""
    return stretch_words(timezone.localtime(starts_at).time(), timezone.localtime(ends_at).time())


def when_words(starts_at: datetime, ends_at: datetime) -> str:
    """“Tuesday 3 February, 7 pm to 8:30 pm”."""
    return f"{day_words(day_of(starts_at))}, {hours_words(starts_at, ends_at)}"


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
