"""When something is, in the plain words of the timetable: by London's clock."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from clock.london import day_of
from communities.week import day_name, day_words, stretch_words
from meetings.models import Group
from meetings.recurrence import LAST, Frequency, Often, read_rule

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


def day_named(written: str) -> date | None:
    """The day that an address names; None where it names none, or one that nobody looks up."""
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def rule_words(group: Group) -> str:
    """“every Tuesday, 7 pm to 8:30 pm”, “the second Friday of each month, …”: a group's rule as one says it."""
    begins = datetime.combine(group.first_day, group.starts)
    hours = stretch_words(begins.time(), (begins + group.length).time())
    often = read_rule(group.rule)
    words = _days_words(often, group.first_day)
    if often.until is not None:
        words = _("%(often)s until %(day)s") % {"often": words, "day": date_format(often.until, "j F Y")}
    return f"{words}, {hours}"


def _days_words(often: Often, first: date) -> str:
    if often.frequency == Frequency.ONCE:
        return _("once, on %(day)s") % {"day": day_words(first)}
    days = get_text_list([day_name(day) for day in often.weekdays], _("and"))
    if often.frequency == Frequency.MONTHLY:
        return _("the %(nth)s %(day)s of each month") % {"nth": _nth(often.nth), "day": days}
    if often.frequency == Frequency.FORTNIGHTLY:
        return _("every two weeks on %(days)s") % {"days": days}
    return _("every %(days)s") % {"days": days}


def _nth(number: int) -> str:
    return {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), LAST: _("last")}[number]
