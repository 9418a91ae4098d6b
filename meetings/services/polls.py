"""When can we meet? Asking, answering, changing the times, calling it off. Made into sessions: `settling_polls`."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.models import Membership
from communities.queries import lock_membership
from meetings.lifecycle.polls import TIMES_STEPS, Rhythm, Suits, TimesState
from meetings.models import LONGEST_NAME, PollMark, PollTime, TimePoll
from meetings.notifications.pack import end_poll_notices, tell_urgent_poll
from meetings.notifications.polls import ask_for_times, asked_key
from meetings.policies.polls import is_asked, may_ask_times, may_mark, may_run_poll
from meetings.poll_times import EARLIEST, LATEST, MOST_TIMES, Moment, has_gone_by, key_of, open_until
from meetings.queries.polls import lock_poll, marks_of, open_polls, times_of
from meetings.services.agenda import urgency_of
from notices.services import withdraw
from people.decisions import Conflict, Refused, require
from people.transitions import target

LONGEST_WORDS, LONGEST_PLACE = 600, 200
# Nobody is asked so often that they stop looking.
MOST_OWN, MOST_HERE = 3, 10


class PollSaid(NamedTuple):
    """What somebody asks about: its name, words, where, how long in minutes, and how often."""

    title: str
    minutes: int
    often: str
    words: str = ""
    place: str = ""


@transaction.atomic
def ask_times(*, by: Membership, said: PollSaid, times: Collection[Moment], form_key: UUID) -> TimePoll:
    """Ask the others which of these times suit them; everybody who may answer is told, once. Any member who takes part.

    The same form twice is one poll. Raises `Refused`, also while they ask much already, and ValidationError for words
    or times that can't be.
    """
    _check_words(said)
    member = lock_membership(by)
    now = clock.now()
    require(may_ask_times(member))
    if (sent := TimePoll.objects.filter(made_by=member, form_key=form_key).first()) is not None:
        return sent
    _check_times(times, said.often, now)
    _check_not_too_many(member, now)
    poll = TimePoll.objects.create(
        community=member.community,
        until=open_until(times, said.often, now),
        made_by=member,
        made_at=now,
        urgency=urgency_of(said.title, f"{said.words}\n{said.place}"),
        form_key=form_key,
        **said._asdict(),
    )
    PollTime.objects.bulk_create(PollTime(poll=poll, day=day, starts=starts) for day, starts in sorted(set(times)))
    ask_for_times(poll, now)
    tell_urgent_poll(poll, member, now)
    note_poll(poll, "ask times", member, now, times=len(set(times)), often=str(said.often))
    return poll


@transaction.atomic
def mark_times(*, poll: TimePoll, by: Membership, marks: Mapping[int, str]) -> None:
    """Say which times suit oneself: `marks` is the whole answer, a time that is not in it does not suit.

    Whoever may answer, as often as they like until it is over; the same again changes nothing. Times that are not
    asked about any more are passed over. Raises `Refused`. It is not on record: the record tells what was decided.
    """
    member = lock_membership(by)
    row = lock_poll(poll.pk)
    now = clock.now()
    require(may_mark(member, row, now))
    asked = {time.pk for time in times_of(row)}
    wanted = {pk: how for pk, how in marks.items() if pk in asked and how in Suits.values}
    there = marks_of(row, member)
    PollMark.objects.filter(pk__in=[mark.pk for pk, mark in there.items() if wanted.get(pk) != mark.how]).delete()
    new = [pk for pk, how in wanted.items() if pk not in there or there[pk].how != how]
    PollMark.objects.bulk_create(PollMark(time_id=pk, membership=member, how=wanted[pk], at=now) for pk in new)
    withdraw(key_prefix=f"{asked_key(row)}:{member.pk}", now=now)


@transaction.atomic
def change_times(
    *, poll: TimePoll, by: Membership, add: Collection[Moment], take_out: Collection[int], seen: int
) -> TimePoll:
    """Ask about more times, or about some no more. Whoever asked, and those who keep the timetable.

    What was answered to the others stays; a time that comes back has its answers. `seen`: the edition that was
    changed. Raises `Refused`, `Conflict` when somebody changed it meanwhile, ValidationError.
    """
    member, row, now = _locked(poll, by)
    times = {key_of(time.day, time.starts, row.often): time for time in row.times.all()}
    added = {key_of(*moment, row.often): moment for moment in add}
    out = [time for time in times.values() if time.taken_out_at is None and time.pk in set(take_out)]
    back = [time for key, time in times.items() if time.taken_out_at is not None and key in added]
    new = {moment for key, moment in added.items() if key not in times}
    if not (out or back or new):
        return row
    if row.edition != seen:
        raise Conflict(_("The times were changed meanwhile. Please look again."))
    stay = [time for time in times.values() if time.taken_out_at is None and time not in out]
    left = {(time.day, time.starts) for time in [*stay, *back]} | new
    _check_times(left, row.often, now, new=new)
    PollTime.objects.filter(pk__in=[time.pk for time in out]).update(taken_out_at=now)
    PollTime.objects.filter(pk__in=[time.pk for time in back]).update(taken_out_at=None)
    PollTime.objects.bulk_create(PollTime(poll=row, day=day, starts=starts) for day, starts in sorted(new))
    row.state = target(TIMES_STEPS, "change", row.state, said=_over())
    row.until = row.until if row.often != Rhythm.ONCE else open_until(left, row.often, now)
    row.edition += 1
    row.save(update_fields=["state", "until", "edition"])
    note_poll(row, "change times", member, now, added=len(new) + len(back), taken_out=len(out))
    return row


@transaction.atomic
def call_off_poll(*, poll: TimePoll, by: Membership) -> TimePoll:
    """Ask no more; nothing comes of it. Whoever asked, and those who keep the timetable. Twice is once.

    Raises `Refused`, and `Conflict` for one that was made into sessions.
    """
    member = lock_membership(by)
    row = lock_poll(poll.pk)
    now = clock.now()
    require(may_run_poll(member, row, now))
    if row.state != TimesState.CALLED_OFF:
        close(row, "call_off", member, now)
    return row


def close(row: TimePoll, verb: str, member: Membership, now: datetime, **facts: Any) -> None:
    """End a locked poll by this step. Called by services in their transaction. Raises `Conflict` where it has ended."""
    row.state = target(TIMES_STEPS, verb, row.state, said=_over())
    row.closed_by, row.closed_at = member, now
    row.save(update_fields=["state", "closed_by", "closed_at"])
    withdraw(key_prefix=asked_key(row), now=now)
    end_poll_notices(row, now)
    note_poll(row, f"{verb.replace('_', ' ')} times", member, now, **facts)


def note_poll(poll: TimePoll, verb: str, by: Membership, now: datetime, **facts: Any) -> None:
    """Put what was done on record: numbers and kinds."""
    record(chain=by.community.chain, verb=verb, actor=by.ref, subject=poll.ref, at=now, facts=facts)


def _locked(poll: TimePoll, by: Membership) -> tuple[Membership, TimePoll, datetime]:
    member = lock_membership(by)
    row = lock_poll(poll.pk)
    now = clock.now()
    require(may_run_poll(member, row, now) and is_asked(row, now))
    return member, row, now


def _over() -> str:
    return _("This is not asked any more.")


def _check_words(said: PollSaid) -> None:
    wrong = {}
    if not said.title.strip():
        wrong["title"] = _("Please say in a few words what it is for.")
    lengths = {"title": LONGEST_NAME, "words": LONGEST_WORDS, "place": LONGEST_PLACE}
    for name, longest in lengths.items():
        if len(getattr(said, name)) > longest:
            wrong[name] = _("Please make it shorter: %(longest)s letters at most.") % {"longest": longest}
    if wrong:
        raise ValidationError(wrong)


def _check_times(
    times: Collection[Moment], often: str, now: datetime, *, new: Collection[Moment] | None = None
) -> None:
    if not times:
        raise ValidationError(_("Please choose at least one time."))
    if len(set(times)) > MOST_TIMES:
        raise ValidationError(_("That is too many to choose from. Please offer 20 times at most."))
    for day, starts in times if new is None else new:
        if not EARLIEST <= starts <= LATEST:
            raise ValidationError(_("Please choose times between 6 in the morning and 11 at night."))
        if has_gone_by(day, starts, often, now):
            raise ValidationError(_("Please choose times that are still to come."))


def _check_not_too_many(member: Membership, now: datetime) -> None:
    asked = open_polls(member.community, now)
    if sum(row.made_by_id == member.pk for row in asked) >= MOST_OWN or len(asked) >= MOST_HERE:
        raise Refused(_("There is much asked already. Please wait until something of it is settled."))
