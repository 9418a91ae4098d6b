"""Staff's day: parts that each app offers and `peernet` puts on one page; here their own cover hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from clock.london import day_of
from communities import rota
from communities.duty import own_hours
from communities.hours import clock_words, local_time
from communities.models import Membership

# Hours are said for the days around; what lies further ahead stands on the page of hours.
DAYS_AHEAD = 7


@dataclass(frozen=True)
class Line:
    """One thing of the day: what it is, where it leads, when, and what else to know of it in short pieces."""

    title: str
    href: str = ""
    at: datetime | None = None
    more: tuple[str, ...] = ()
    # It should be looked at before the others.
    is_urgent: bool = False


@dataclass(frozen=True)
class Part:
    """One heading of the page with its lines; `empty` is said where there are none; `href` leads to all of it."""

    key: str
    title: str
    lines: tuple[Line, ...]
    empty: str
    href: str = ""
    label: str = ""


# What an app's `staff_day` module offers as `parts`: for one of staff, at a time, whatever is theirs to see.
Offers = Callable[[Membership, datetime], list[Part]]


def parts(membership: Membership, now: datetime) -> list[Part]:
    """When one reads notices, today and in the days that come. For staff about themselves. One query."""
    rows = own_hours(membership, now)
    ahead = [look for look in rota.looks(rows, around=now, days=DAYS_AHEAD) if look.span.ends_at > now]
    near = [look for look in ahead if look.on <= day_of(now) + timedelta(days=1)] or ahead[:1]
    lines = tuple(_line(look, now) for look in near)
    return [
        Part(
            key="hours",
            title=_("When you read notices"),
            lines=lines,
            empty=_("You have said no hours for the days ahead. Members are told that nobody may read it for a while."),
            href=reverse("communities:hours", args=[membership.community.slug]),
            label=_("Your hours"),
        )
    ]


def _line(look: rota.Look, now: datetime) -> Line:
    ends = _("until %(time)s") % {"time": clock_words(local_time(look.span.ends_at))}
    if look.span.begins_at <= now:
        return Line(_("You are on now"), more=(ends,))
    return Line(_("You read notices"), at=look.span.begins_at, more=(ends,))
