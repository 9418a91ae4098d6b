"""How often a group meets: in plain choices, as the text of a calendar's rule (RFC 5545), and as days.

Rules are over days; the hour is London's clock's, so that 19:00 stays 19:00 when the clocks change. The days are
worked out by dateutil; what a rule of ours may say is narrow, so that it can be said in words and changed in a form.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from clock.london import LONDON

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = -1
# Nobody plans further: what a rule names after this many days from its first is not looked for.
FURTHEST = timedelta(days=366 * 60)


class Frequency(TextChoices):
    ONCE = "once", _("Once")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY = "monthly", _("Every month, on the same day of the week")


@dataclass(frozen=True)
class Often:
    """How often something meets, as a form asks it.

    `weekdays`: of the weeks (0 Monday). `nth`: which one of a month, 1 to 4 or -1 for the last. `until`: the last day
    it may fall on; None for no end.
    """

    frequency: Frequency
    weekdays: tuple[int, ...] = ()
    nth: int = 0
    until: date | None = None

    def rule(self) -> str:
        """The same as the text of an RRULE; "" for once."""
        if self.frequency == Frequency.ONCE:
            return ""
        days = ",".join(DAYS[day] for day in sorted(self.weekdays))
        parts = {
            Frequency.WEEKLY: f"FREQ=WEEKLY;BYDAY={days}",
            # Every second week of Monday to Sunday, whichever day the first one is.
            Frequency.FORTNIGHTLY: f"FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY={days}",
            Frequency.MONTHLY: f"FREQ=MONTHLY;BYDAY={self.nth}{days}",
        }
        end = f";UNTIL={self.until.isoformat().replace('-', '')}" if self.until else ""
        return parts[self.frequency] + end


def read_rule(rule: str) -> Often:
    """The choices that a rule of ours was made of."""
    if not rule:
        return Often(Frequency.ONCE)
    parts = dict(part.split("=") for part in rule.split(";"))
    until = datetime.strptime(parts["UNTIL"][:8], "%Y%m%d").date() if "UNTIL" in parts else None
    days = parts["BYDAY"]
    if parts["FREQ"] == "MONTHLY":
        return Often(Frequency.MONTHLY, (DAYS.index(days[-2:]),), int(days[:-2]), until)
    frequency = Frequency.FORTNIGHTLY if parts.get("INTERVAL") == "2" else Frequency.WEEKLY
    return Often(frequency, tuple(DAYS.index(day) for day in days.split(",")), 0, until)


def days_of(rule: str, first: date, start: date, end: date) -> list[date]:
    """The days a rule names from `start` on and before `end`, none before `first`. An empty rule: `first` alone."""
    if not rule:
        return [first] if start <= first < end else []
    named = rrulestr(f"RRULE:{rule}", dtstart=datetime.combine(first, time(0)))
    days = (moment.date() for moment in named.xafter(datetime.combine(start, time(0)), inc=True))
    return list(takewhile(lambda day: day < end, days))


def first_day_of(rule: str, wanted: date) -> date | None:
    """The first day the rule names from the wanted one on; None where it names none."""
    if not rule:
        return wanted
    named = rrulestr(f"RRULE:{rule}", dtstart=datetime.combine(wanted, time(0)))
    found = next(iter(named), None)
    return found.date() if found and found.date() - wanted < FURTHEST else None


def is_skipped(day: date, at: time) -> bool:
    """Whether London's clock never shows this time on this day: the hour that is skipped in spring."""
    return datetime.combine(day, at, LONDON).astimezone(UTC).astimezone(LONDON).time() != at
