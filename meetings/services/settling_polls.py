"""What comes of a poll of times: a group, or single sessions, on the timetable."""

from collections.abc import Collection
from datetime import datetime
from uuid import uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from clock.london import first_moment
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.polls import Rhythm, TimesState
from meetings.models import PollTime, TimePoll
from meetings.notifications.polls import tell_of_times
from meetings.policies.polls import is_asked, may_run_poll
from meetings.poll_times import has_gone_by, next_day
from meetings.queries.polls import have_answered, lock_poll, times_of
from meetings.recurrence import Frequency, Often
from meetings.said import GroupSaid, SessionSaid
from meetings.services.groups import start_group
from meetings.services.polls import close
from meetings.services.sessions import add_session
from people.decisions import Conflict, require

MOST_CHOSEN = 4
FREQUENCIES = {Rhythm.WEEKLY: Frequency.WEEKLY, Rhythm.FORTNIGHTLY: Frequency.FORTNIGHTLY}


@transaction.atomic
def settle_poll(*, poll: TimePoll, by: Membership, times: Collection[int]) -> TimePoll:
    """Make these times of a poll into sessions, or groups, that members lead; whoever answered is told where to look.

    Whoever asked, and those who keep the timetable; what comes of it is theirs to look after. The same again is once.
    Raises `Refused`, `Conflict` when it has ended otherwise, ValidationError for no time, too many, or one gone by.
    """
    member = lock_membership(by)
    row = lock_poll(poll.pk)
    now = clock.now()
    require(may_run_poll(member, row, now))
    chosen = [time for time in times_of(row) if time.pk in set(times)]
    if row.state == TimesState.SETTLED:
        if {time.pk for time in chosen if time.group_id or time.session_id} != set(times):
            raise Conflict(_("Sessions have been made of this already."))
        return row
    require(is_asked(row, now))
    _check(chosen, row, now)
    for time in chosen:
        _make(time, row, member, now)
    close(row, "settle", member, now, made=len(chosen))
    tell_of_times(row, (one for one in have_answered(row) if one.pk != member.pk), now)
    return row


def _check(chosen: list[PollTime], poll: TimePoll, now: datetime) -> None:
    if not chosen:
        raise ValidationError({"times": _("Please choose at least one time.")})
    if len(chosen) > MOST_CHOSEN:
        raise ValidationError({"times": _("Please choose four times at most.")})
    if any(has_gone_by(time.day, time.starts, poll.often, now) for time in chosen):
        raise ValidationError({"times": _("Please choose times that are still to come.")})


def _make(time: PollTime, poll: TimePoll, member: Membership, now: datetime) -> None:
    # Sent twice at the same moment it is one all the same: the key follows from the poll's own.
    form_key = uuid5(poll.form_key, str(time.pk))
    day = next_day(time.day, poll.often, now)
    if poll.often == Rhythm.ONCE:
        said = SessionSaid(
            title=poll.title,
            starts_at=first_moment(day, time.starts),
            minutes=poll.minutes,
            about=poll.words,
            place=poll.place,
            member_led=True,
        )
        time.session = add_session(by=member, said=said, form_key=form_key)
    else:
        often = Often(FREQUENCIES[Rhythm(poll.often)], (day.weekday(),))
        group = GroupSaid(
            title=poll.title,
            often=often,
            first_day=day,
            starts=time.starts,
            minutes=poll.minutes,
            about="\n".join(filter(None, (poll.words, poll.place))),
            member_led=True,
        )
        time.group = start_group(by=member, said=group, form_key=form_key)
    time.save(update_fields=["group", "session"])
