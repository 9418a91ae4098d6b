"""Polls of times: when can we meet? The times that are asked about, and whom each suits."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from communities.models import Community, Membership
from meetings.lifecycle.polls import Rhythm, Suits, TimesState
from meetings.models.groups import LONGEST_NAME, Group
from meetings.models.sessions import Session


class PollQuerySet(models.QuerySet["TimePoll"]):
    def open(self) -> Self:
        """Those that were neither made into sessions nor called off."""
        return self.filter(state=TimesState.OPEN)


class TimePoll(models.Model):
    """Somebody asks which times suit the others, for something that members lead themselves.

    `until`: from this moment nobody answers any more. `edition` counts changes of its times.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="time_polls")
    title = models.CharField(max_length=LONGEST_NAME, blank=True)
    words = models.TextField(blank=True)
    place = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    often = models.CharField(max_length=12, choices=Rhythm.choices)
    state = models.CharField(max_length=12, choices=TimesState.choices, default=TimesState.OPEN)
    edition = models.PositiveIntegerField(default=1)
    until = models.DateTimeField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    # What screening says of its words: how soon a person should look (0 to 2).
    urgency = models.PositiveSmallIntegerField(default=0)
    form_key = models.UUIDField()

    objects: ClassVar[models.Manager[Self]] = PollQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "form_key"], name="meetings_a_poll_a_form"),
            models.CheckConstraint(
                name="meetings_poll_closed_whole",
                condition=Q(state=TimesState.OPEN, closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(state=TimesState.OPEN) & Q(closed_by__isnull=False, closed_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["community", "made_at"], name="meetings_polls_of")]

    def __str__(self) -> str:
        return f"poll of times {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it: not a word of it."""
        return f"times:{self.pk}"


class PollTime(models.Model):
    """One time that is asked about, by London's clock; of a poll for every week, the first such day.

    What was taken out is asked about no more. `group` or `session`: what it became.
    """

    poll = models.ForeignKey(TimePoll, on_delete=models.PROTECT, related_name="times")
    day = models.DateField()
    starts = models.TimeField()
    taken_out_at = models.DateTimeField(null=True)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "day", "starts"], name="meetings_a_time_once")]
        ordering = ("day", "starts", "pk")

    def __str__(self) -> str:
        return f"time {self.pk}"


class PollMark(models.Model):
    """That a time suits somebody. Nobody else sees whom: only how many."""

    time = models.ForeignKey(PollTime, on_delete=models.PROTECT, related_name="marks")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=Suits.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["time", "membership"], name="meetings_a_mark_each")]

    def __str__(self) -> str:
        return f"mark {self.pk}"
