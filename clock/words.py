"""A time in plain words, for people and for machines, as every page shows it."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _


# A page of thirty posts says the same few words a hundred times, and Django looks each up through five catalogues.
@lru_cache(maxsize=1000)
def _in(language: str | None, words: str) -> str:
    return _(words)


def said(words: str) -> str:
    """Words of ours in the language of the page, as `gettext`, looked up once: for what stands in every row."""
    return _in(get_language(), words)


def timestamp(at: datetime, today: date | None = None, *, short: bool = False) -> SafeString:
    """“today at 2:12 am”, “Tuesday 3 November at 2:12 am”; `short`: only the time, when it is today.

    Without `today` (a day, or a moment of it) it is the day by this machine's clock.
    """
    there = timezone.localtime(at)
    day, language = there.date(), get_language()
    around = _around(day, day == _day(today), short, language)
    words = around % f"{there.hour % 12 or 12}:{there.minute:02d} {_half(there.hour >= 12, language)}"
    return SafeString(f'<time datetime="{there.isoformat(timespec="seconds")}">{words}</time>')


def _day(of: date | None) -> date:
    if of is None:
        return timezone.localdate()
    return timezone.localtime(of).date() if isinstance(of, datetime) else of


# Words of the calendar, kept: a list of threads says the same few days, and to say one anew takes longer than a query.
@lru_cache(maxsize=1000)
def _around(day: date, is_today: bool, short: bool, language: str | None) -> str:
    if is_today and short:
        return "%s"
    words = _("today at %(time)s") if is_today else _("%(date)s at %(time)s")
    return escape(words % {"date": format_date(day, "l j F"), "time": "%s"})


@lru_cache
def _half(after_noon: bool, language: str | None) -> str:
    return escape(format_date(datetime(2000, 1, 1, 12 if after_noon else 0), "A").lower())
