"""A group whose last day is over ends by itself: nobody need remember it."""

from datetime import date, datetime, timedelta

from audit.services import record
from clock.london import day_of
from meetings.lifecycle.timetable import GROUP_STEPS, GroupState
from meetings.models import Group, Session
from meetings.recurrence import Frequency, read_rule
from people.transitions import target

A_DAY = timedelta(days=1)


def end_if_over(group: Group, now: datetime) -> bool:
    """End a locked group that runs, once the last day of its rule is over and nothing of it is ahead or still on.

    Whether it did. It takes nothing off the timetable, so nobody is told. Called by the sweep in its transaction. Two
    queries.
    """
    last_day = _last_day(group)
    if group.state != GroupState.RUNNING or last_day is None or last_day >= day_of(now):
        return False
    last = Session.objects.planned().filter(group=group).order_by("ends_at").last()
    if last is not None and not last.is_over(now):
        return False
    group.state = target(GROUP_STEPS, "end", group.state, said="")
    group.ended_on = max(last_day, day_of(last.starts_at) if last is not None else last_day) + A_DAY
    group.changed_at, group.edition = now, group.edition + 1
    group.save(update_fields=["state", "ended_on", "changed_at", "edition"])
    facts = {"kind": str(group.kind), "counts": group.counts, "rule": group.rule}
    facts["ended on"] = group.ended_on.isoformat()
    record(chain=group.community.chain, verb="end group", actor="site", subject=group.ref, at=now, facts=facts)
    return True


def _last_day(group: Group) -> date | None:
    """The last day that its rule may name; None where it goes on."""
    often = read_rule(group.rule)
    return group.first_day if often.frequency == Frequency.ONCE else often.until
