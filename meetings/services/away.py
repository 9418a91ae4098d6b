"""Being away for a time: ill, in hospital, or simply away. Said by oneself, or put down for somebody."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from clock.london import day_of
from communities.asking import lock_both
from communities.models import Membership
from communities.queries import access_membership, lock_membership
from meetings.models.coming import AwayTime
from meetings.policies.coming import may_say_away, may_say_away_for
from meetings.queries.coming import away_times
from meetings.services.turns import free_turns_within
from people.decisions import Refused, require

# How far back somebody can say that they were away, and how far ahead the end may lie.
BACK_FOR, AHEAD_FOR = timedelta(days=14), timedelta(days=366)
# What staff learn late ("she has been in hospital since the first") may lie further back.
BACK_FOR_OTHERS = timedelta(days=84)
# Of one member: that are on or still to come, and that were said within a week, by whomever.
MOST_AHEAD, MOST_A_WEEK, A_WEEK = 10, 20, timedelta(days=7)


class Days(NamedTuple):
    """From the first day to the last, both included; without a last one it goes on until somebody says so."""

    first: date
    last: date | None = None


@transaction.atomic
def say_away(*, by: Membership, kind: str, days: Days, about: Membership | None = None) -> AwayTime:
    """Say that one is away, or (`about`) put it down for a member: staff and the Top Three, with the second step given.

    Each of its days is contact (domain, section 2). The same said twice is one. Raises `Refused`, also where very many
    are put down already.
    """
    who, member = _lock(by, about)
    now = clock.now()
    if about is None:
        require(may_say_away(who))
    else:
        require(may_say_away_for(who, now))
        require(may_say_away(access_membership(who, member.pk)))
    for said in wrong_with(days, day_of(now), BACK_FOR if about is None else BACK_FOR_OTHERS).values():
        raise Refused(said)
    if (there := said_before(member, kind, days)) is not None:
        return there
    _check_not_too_many(member, now)
    row = AwayTime.objects.create(
        membership=member, kind=kind, from_day=days.first, until_day=days.last, said_by=who, said_at=now
    )
    free_turns_within(row, now)
    # Neither why nor for how long: that may be about their health.
    record(chain=member.community.chain, verb="say away", actor=who.ref, subject=member.ref, at=now)
    return row


def said_before(member: Membership, kind: str, days: Days) -> AwayTime | None:
    """The same time away, if it was said already and has not ended. Under the membership's lock."""
    same = AwayTime.objects.filter(membership=member, kind=kind, from_day=days.first, until_day=days.last)
    return same.filter(ended_at=None).first()


@transaction.atomic
def come_back(*, away: AwayTime, by: Membership) -> AwayTime:
    """End a time away from now on: its member, or staff and the Top Three for them. Twice is once.

    The day itself stays covered; one that has not begun counts for nothing. Raises `Refused`.
    """
    who, member = _lock(by, away.membership)
    row = AwayTime.objects.select_for_update().get(pk=away.pk)
    now = clock.now()
    require(may_say_away(who) if who.pk == member.pk else may_say_away_for(who, now))
    if who.community_id != member.community_id:
        raise Refused(_("This is only for members of this place."))
    if row.ended_at is None:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        record(chain=member.community.chain, verb="end away", actor=who.ref, subject=member.ref, at=now)
    return row


def _lock(by: Membership, about: Membership | None) -> tuple[Membership, Membership]:
    if about is None or about.pk == by.pk:
        member = lock_membership(by)
        return member, member
    return lock_both(by, about)


def wrong_with(days: Days, today: date, back_for: timedelta) -> dict[str, str]:
    """What can't be about these days, by the field of a form; {} where nothing is wrong. Pure."""
    wrong = {}
    if days.first < today - back_for:
        wrong["day"] = _("That is too far back. Please choose a later day, or ask staff to put it down.")
    elif days.first > today + AHEAD_FOR:
        wrong["day"] = _too_far_ahead()
    if days.last is not None and days.last < days.first:
        wrong["until"] = _("The last day lies before the first. Please look again.")
    elif days.last is not None and days.last > today + AHEAD_FOR:
        wrong["until"] = _too_far_ahead()
    return wrong


def _too_far_ahead() -> str:
    return _("That is too far ahead. Please choose a day within a year.")


def _check_not_too_many(member: Membership, now: datetime) -> None:
    """Under the membership's lock. Two queries."""
    if len(away_times(member, day_of(now))) >= MOST_AHEAD:
        raise Refused(too_many())
    if AwayTime.objects.filter(membership=member, said_at__gt=now - A_WEEK).count() >= MOST_A_WEEK:
        said = _("Very many times away were put down this week, so no more can be just now.")
        raise Refused(said + " " + _("Each session still takes an apology."))


def too_many() -> str:
    """What is said where as many are put down as there can be."""
    return _("Ten times away are put down already. Please end one of them first, then this one can go in.")
