"""Polls of times: those of a community, one with how many can when, and one's own answers."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.shortcuts import get_object_or_404

from communities.entry import or_404
from communities.lifecycle import Kind, State
from communities.models import Community, Membership, as_active
from meetings.best_times import Count, Mark, best, best_two, counts
from meetings.lifecycle.polls import Suits
from meetings.models.polls import PollMark, PollTime, TimePoll
from meetings.policies.polls import is_asked, may_see_polls

MOST_SHOWN = 30
# Whose answers count: whoever has left, is away or suspended since is not somebody who can come.
ANSWERS = Q(membership__state=State.PROSPECTIVE) | as_active("membership__")


@dataclass(frozen=True)
class TimeShown:
    """One time that is asked about: how many can, how it suits the reader ("" if it does not), whether it is best."""

    time: PollTime
    count: Count
    mine: str
    is_best: bool


@dataclass(frozen=True)
class PollShown:
    """A poll as a reader meets it. `two`: times that together reach more people than any one."""

    poll: TimePoll
    times: list[TimeShown]
    two: list[TimeShown]
    two_reach: int
    answered: int

    @property
    def best(self) -> list[TimeShown]:
        """The times at which most can come."""
        return [shown for shown in self.times if shown.is_best]


def polls_of(membership: Membership, now: datetime) -> tuple[list[TimePoll], list[TimePoll]]:
    """Those that are asked now, the newest first, and the latest others. Raises Http404. One query."""
    or_404(may_see_polls(membership))
    rows = TimePoll.objects.filter(community_id=membership.community_id).select_related("made_by")
    asked: list[TimePoll] = []
    over: list[TimePoll] = []
    for row in rows.order_by("-made_at", "-pk")[:MOST_SHOWN]:
        (asked if is_asked(row, now) else over).append(row)
    return asked, over


def access_poll(membership: Membership, pk: int) -> TimePoll:
    """A poll of the member's own community. Raises Http404. One query."""
    or_404(may_see_polls(membership))
    rows = TimePoll.objects.filter(community_id=membership.community_id)
    return get_object_or_404(rows.select_related("community", "made_by"), pk=pk)


def lock_poll(pk: int) -> TimePoll:
    """The poll under its lock, after memberships, groups and sessions. In a transaction only."""
    return TimePoll.objects.select_for_update(of=("self",)).select_related("community", "made_by").get(pk=pk)


def times_of(poll: TimePoll) -> list[PollTime]:
    """The times that are asked about, the earliest first. One query."""
    return list(poll.times.filter(taken_out_at=None).select_related("group", "session"))


def marks_of(poll: TimePoll, membership: Membership) -> dict[int, PollMark]:
    """What this member has answered, by time, also to those that are not asked about any more. One query."""
    return {mark.time_id: mark for mark in PollMark.objects.filter(time__poll=poll, membership=membership)}


def shown(poll: TimePoll, membership: Membership) -> PollShown:
    """The poll with its numbers, for whoever has come in to it. Two queries, however many answered."""
    times = times_of(poll)
    rows = list(PollMark.objects.filter(ANSWERS, time__poll=poll, time__taken_out_at=None))
    mine = {row.time_id: row.how for row in rows if row.membership_id == membership.pk}
    marks = [Mark(row.time_id, row.membership_id, row.how == Suits.WELL) for row in rows]
    order = [time.pk for time in times]
    counted = counts(order, marks)
    top = best(counted)
    listed = [
        TimeShown(time, count, mine.get(time.pk, ""), count in top) for time, count in zip(times, counted, strict=True)
    ]
    pair = best_two(order, marks)
    two = [one for one in listed if pair and one.time.pk in pair.times]
    return PollShown(poll, listed, two, pair.can if pair else 0, len({row.membership_id for row in rows}))


def asked_to_answer(community: Community) -> list[Membership]:
    """Everybody who may answer a poll there, with their person. One query."""
    comes = Q(state=State.PROSPECTIVE) | as_active()
    rows = Membership.objects.filter(comes, community=community, kind=Kind.MEMBER).select_related("person")
    return list(rows.order_by("pk"))


def have_answered(poll: TimePoll) -> list[Membership]:
    """Those to whom at least one of its times suits, with their person. One query."""
    marked = PollMark.objects.filter(time__poll=poll, time__taken_out_at=None).values("membership")
    return [member for member in asked_to_answer(poll.community) if member.pk in {row["membership"] for row in marked}]


def open_polls(community: Community, now: datetime) -> list[TimePoll]:
    """Those that can be answered there. One query."""
    return list(TimePoll.objects.open().filter(community=community, until__gt=now).order_by("pk"))
