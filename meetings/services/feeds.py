"""A diary for one's own calendar: making its address, making it anew, choosing what is in it, ending it."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

import clock
from communities import tokens
from communities.models import Membership
from communities.queries import lock_membership
from meetings.diary import plain
from meetings.lifecycle.feeds import CalledBy, Holds
from meetings.models import DiaryFeed
from meetings.policies.timetable import may_see_timetable
from meetings.queries.feeds import PURPOSE
from people.decisions import Conflict, require
from people.sealing import digest

# Calendars read every few minutes or hours; when exactly is nobody's business, and no row is written for it.
NOTED_EVERY = timedelta(hours=1)


class DiaryChoices(NamedTuple):
    """What a diary shows to whoever sees the calendar."""

    called_by: str = CalledBy.NEUTRAL
    own_words: str = ""
    holds: str = Holds.ALL
    with_place: bool = False


@transaction.atomic
def make_diary(*, by: Membership, choices: DiaryChoices) -> str:
    """Make one's diary, or its address anew; return the secret part of the address, which is kept nowhere.

    Whoever may see the timetable, for themselves. An earlier address is over at this moment. Raises `Refused`.
    """
    member = lock_membership(by)
    now = clock.now()
    require(may_see_timetable(member))
    token = tokens.make()
    fields = {"token_digest": digest(PURPOSE, token), "made_at": now, "used_at": None, **_whole(choices)}
    DiaryFeed.objects.update_or_create(membership=member, defaults=fields)
    return token


@transaction.atomic
def choose_for_diary(*, by: Membership, choices: DiaryChoices) -> None:
    """Choose what one's diary shows; its address stays. Its owner. Raises `Refused`, `Conflict` where there is none."""
    member = lock_membership(by)
    require(may_see_timetable(member))
    if not DiaryFeed.objects.filter(membership=member).update(**_whole(choices)):
        raise Conflict(_("There is no address any more. You can make one."))


@transaction.atomic
def end_diary(*, by: Membership) -> None:
    """Take one's diary away: its address leads nowhere from now on. Its owner, in every state; twice is once."""
    DiaryFeed.objects.filter(membership=lock_membership(by)).delete()


def note_reading(feed: DiaryFeed, now: datetime) -> None:
    """Note that a calendar has read it, once an hour at most. By the page of its address."""
    lately = Q(used_at__gt=now - NOTED_EVERY)
    DiaryFeed.objects.filter(~lately | Q(used_at=None), pk=feed.pk).update(used_at=now)


def _whole(choices: DiaryChoices) -> dict[str, object]:
    """The choices as the row holds them: words of one's own only where they are used, on one line."""
    words = plain(choices.own_words) if choices.called_by == CalledBy.OWN_WORDS else ""
    return choices._asdict() | {"own_words": words}
