"""Polls of times put there without asking the services."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from uuid import uuid4

import clock
from clock.london import day_of
from communities.models import Membership
from meetings.lifecycle.polls import Rhythm, Suits
from meetings.models import PollMark, PollTime, TimePoll
from meetings.poll_times import open_until

SEVEN = time(19)


def in_days(*days: int, at: time = SEVEN) -> list[tuple[date, time]]:
    """This hour in so many days."""
    today = day_of(clock.now())
    return [(today + timedelta(days=ahead), at) for ahead in days]


def a_poll(
    by: Membership, *, often: str = Rhythm.ONCE, days: Iterable[int] = (1, 2, 3), title: str = "Walk"
) -> TimePoll:
    """This member asks about 7 pm in one, two and three days."""
    now = clock.now()
    times = in_days(*days)
    poll = TimePoll.objects.create(
        community=by.community,
        title=title,
        minutes=90,
        often=often,
        until=open_until(times, often, now),
        made_by=by,
        made_at=now,
        form_key=uuid4(),
    )
    PollTime.objects.bulk_create(PollTime(poll=poll, day=day, starts=starts) for day, starts in times)
    return poll


def a_mark(poll: TimePoll, by: Membership, which: int, how: str = Suits.WELL) -> PollMark:
    """The time in this place (0 the first) suits this member."""
    time = list(poll.times.all())[which]
    return PollMark.objects.create(time=time, membership=by, how=how, at=clock.now())
