"""Who says that they come, who can't, and who is away for a time."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from clock.london import day_of
from communities.models import Membership
from meetings.lifecycle.coming import CONTACT, Answer, AwayKind, RemindWhen
from meetings.models.sessions import Session


class Coming(models.Model):
    """The newest that somebody has said about one session. What was said before stands in `ComingSaid`.

    `words` are their own, with an apology; they are cleared some weeks after the session (meetings.services.coming).
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="comings")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="comings")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    words = models.TextField(blank=True)
    # Of somebody who waits: since when, which is their place among those who do.
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    by_link = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "membership"], name="meetings_coming_once")]

    def __str__(self) -> str:
        return f"coming {self.pk}"

    @property
    def is_apology(self) -> bool:
        """Whether it says that they can't, for whatever reason."""
        return self.answer in CONTACT


class ComingSaid(models.Model):
    """Everything that was ever said about coming, one row each; nothing of it changes. Words are not in it."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    said_at = models.DateTimeField()
    # Nobody: a place became free, and the site gave it to whoever waited longest.
    said_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    by_link = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["session", "membership"], name="meetings_said_of_one")]

    def __str__(self) -> str:
        return f"said {self.pk}"


class AwayQuerySet(models.QuerySet["AwayTime"]):
    def between(self, first: date, last: date) -> Self:
        """Those that may cover a day from `first` to `last`, both included; which ones, `covers` says."""
        return self.filter(Q(until_day__isnull=True) | Q(until_day__gte=first), from_day__lte=last)


class AwayTime(models.Model):
    """A time in which somebody can't come: contact for each of its days (domain, section 2).

    Days are London's. Without `until_day` it goes on until they say that they are back (`ended_at`).
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="away_times")
    kind = models.CharField(max_length=8, choices=AwayKind.choices)
    from_day = models.DateField()
    until_day = models.DateField(null=True)
    said_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = AwayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_away_forwards", condition=Q(until_day__isnull=True) | Q(until_day__gte=F("from_day"))
            )
        ]
        indexes = [models.Index(fields=["membership", "from_day"], name="meetings_away_of_one")]

    def __str__(self) -> str:
        return f"away {self.pk}"

    @property
    def last_day(self) -> date | None:
        """The last day it covers; None while nobody knows. The day on which they said they are back is one of them."""
        ended = day_of(self.ended_at) if self.ended_at else None
        known = [day for day in (self.until_day, ended) if day is not None]
        return min(known) if known else None

    def covers(self, day: date) -> bool:
        """Whether this day of London's is one of them."""
        return self.from_day <= day and (self.last_day is None or day <= self.last_day)


class ReminderChoice(models.Model):
    """When somebody wants to be reminded. Without a row: the day before (meetings.reminding).

    `unanswered`: also of what counts and they have said nothing about; None as the community's rule suggests.
    """

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="reminders")
    when = models.CharField(max_length=10, choices=RemindWhen.choices)
    unanswered = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"reminders of membership {self.membership_id}"
