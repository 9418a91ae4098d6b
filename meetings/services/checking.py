"""What every service of the timetable checks of what was said: lengths, places and people of one's own community."""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clock.london import LONDON, day_of
from communities.lifecycle import Kind, State
from communities.models import Community
from meetings.lifecycle.timetable import VenueState
from meetings.models.groups import LONGEST, LONGEST_NAME, SHORTEST
from meetings.recurrence import FURTHEST, Frequency, days_of, first_day_of, is_skipped
from meetings.said import GroupSaid, Moved, SessionSaid
from people.decisions import Refused

# How far ahead groups are laid out.
AHEAD = timedelta(weeks=26)
LONGEST_ABOUT = 2000
LONGEST_LINK = 300
LONGEST_PLACE = 200
LONGEST_WHY = 300
MOST_ROOM = 500


def check_said(said: GroupSaid | SessionSaid, community: Community) -> None:
    """Raise ValidationError for what is missing, too long or out of bounds, `Refused` for what is not theirs."""
    wrong = _words(said) | _numbers(said.minutes, said.room) | check_link(said.link)
    if wrong:
        raise ValidationError(wrong)
    check_venue(said.venue, community)
    leads = said.facilitator
    if leads is not None and (
        leads.community_id != community.pk or leads.kind != Kind.STAFF or leads.state != State.ACTIVE
    ):
        raise Refused(_("Only staff of this community can be named here."))
    if leads is not None and said.member_led:
        raise ValidationError({"facilitator": _("Choose one: members lead it, or somebody of staff does.")})


def check_moved(said: Moved, community: Community) -> None:
    """The same for another time or place of one session."""
    wrong = _numbers(said.minutes, None) | check_link(said.link)
    if len(said.place) > LONGEST_PLACE:
        wrong["place"] = _("Please make it shorter: 200 letters at most.")
    if len(said.why) > LONGEST_WHY:
        wrong["words"] = _("Please make it shorter: 300 letters at most.")
    if wrong:
        raise ValidationError(wrong)
    check_venue(said.venue, community)


def check_venue(venue: object, community: Community) -> None:
    """Raise `Refused` for a place of another community, or one that is not used any more."""
    if venue is None:
        return
    if getattr(venue, "community_id", None) != community.pk or getattr(venue, "state", "") != VenueState.IN_USE:
        raise Refused(_("There is no such place here any more. Please choose another one."))


def check_clock(day: date, at: time) -> None:
    """Raise ValidationError for a time that London's clock does not show on that day."""
    if is_skipped(day, at):
        said = _("On that day the clocks go forward, and this hour is left out. Please choose another time.")
        raise ValidationError({"starts": said})


def check_rule(said: GroupSaid, now: datetime) -> tuple[str, date]:
    """The rule's text and the first day it names. Raises ValidationError where it names none, or an hour left out."""
    if said.often.frequency != Frequency.ONCE and not said.often.weekdays:
        raise ValidationError({"weekdays": _("Please choose at least one day of the week.")})
    if said.often.frequency == Frequency.MONTHLY and len(said.often.weekdays) > 1:
        raise ValidationError({"weekdays": _("For every month, please choose one day of the week.")})
    today, until, rule = day_of(now), said.often.until, said.often.rule()
    if said.first_day < today - FURTHEST:
        # A rule is walked from its first day each time it is laid out.
        raise ValidationError({"day": _("That is very long ago. Please choose a later day.")})
    first = first_day_of(rule, said.first_day)
    if first is None or (until is not None and until < today):
        raise ValidationError({"until": _("No day is left: please look at the first and the last day again.")})
    if first > today + AHEAD:
        raise ValidationError({"day": _("That is very far away. Please choose a day in the next half year.")})
    begin = max(first, today)
    for day in days_of(rule, first, begin, begin + AHEAD):
        check_clock(day, said.starts)
    return rule, first


def check_ahead(starts_at: datetime, now: datetime) -> None:
    """Raise ValidationError for a time that has gone by, or is further away than anybody plans."""
    if starts_at <= now:
        raise ValidationError({"day": _("Please choose a time that is still to come.")})
    if starts_at.astimezone(LONDON).year > now.year + 2:
        raise ValidationError({"day": _("That is very far away. Please choose a day in the next two years.")})


def check_last_day(day: date, now: datetime) -> None:
    """Raise ValidationError for a last day of a group that is further away than anybody plans."""
    if day - day_of(now) > FURTHEST:
        raise ValidationError({"day": _("That is very far away. Please choose an earlier day.")})


def check_link(link: str) -> dict[str, str]:
    """What is wrong with an online address, by its field: only whole https addresses lead anywhere from here."""
    if not link:
        return {}
    parts = urlsplit(link)
    if parts.scheme != "https" or not parts.hostname or len(link) > LONGEST_LINK:
        return {"link": _("Please give the whole address. It begins with https:// and has 300 letters at most.")}
    return {}


def _words(said: GroupSaid | SessionSaid) -> dict[str, str]:
    wrong = {}
    if not said.title.strip():
        wrong["title"] = _("Please give it a name.")
    if len(said.title) > LONGEST_NAME:
        wrong["title"] = _("Please make it shorter: 80 letters at most.")
    if len(said.about) > LONGEST_ABOUT:
        wrong["words"] = _("Please make it shorter: 2,000 letters at most.")
    return wrong


def _numbers(minutes: int, room: int | None) -> dict[str, str]:
    wrong = {}
    if not SHORTEST <= minutes <= LONGEST:
        wrong["ends"] = _("Please look at the end again: it can last from 5 minutes to 12 hours.")
    if room is not None and not 1 <= room <= MOST_ROOM:
        wrong["room"] = _("Please give a number from 1 to 500, or leave it empty.")
    return wrong
