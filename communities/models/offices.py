"""Offices held for a time, and the hours at which somebody looks."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.lifecycle import Office


class TermQuerySet(models.QuerySet["TermOfOffice"]):
    def in_force(self, now: datetime) -> Self:
        """Terms that have begun and have neither run out nor been given back: they end by themselves."""
        return self.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=now),
            Q(ended_at__isnull=True) | Q(ended_at__gt=now),
            starts_at__lte=now,
        )

    def not_over(self, now: datetime) -> Self:
        """Terms in force, and those that have been given and begin later."""
        return self.filter(
            Q(ends_at__isnull=True) | Q(ends_at__gt=now),
            Q(ended_at__isnull=True) | Q(ended_at__gt=now),
        )


class TermOfOffice(models.Model):
    """An office held from one time to another. `ended_at`: given back or taken before its end."""

    membership = models.ForeignKey("communities.Membership", on_delete=models.PROTECT, related_name="terms")
    office = models.CharField(max_length=10, choices=Office.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="communities_term_forwards",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} of {self.membership_id}"


class Hours(models.Model):
    """Plain weekly times by London's clock: when one of the Top Three looks (duty), or staff read notices (cover).

    Beside them what is said of one date only (`on`): a turn, when somebody looks although their week does not say so,
    and an off, which takes one of their weekly times out of that one day. Of staff they mean cover hours.
    """

    class What(models.TextChoices):
        DUTY = "duty"
        COVER = "cover"
        TURN = "turn"
        OFF = "off"

    membership = models.ForeignKey("communities.Membership", on_delete=models.CASCADE, related_name="hours")
    what = models.CharField(max_length=5, choices=What.choices)
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    starts = models.TimeField()
    ends = models.TimeField()  # at or before `starts`: the next morning
    on = models.DateField(null=True)  # the one day it is said of; its weekday stands beside it

    class Meta:
        constraints = [
            models.CheckConstraint(name="communities_weekday", condition=Q(weekday__lte=6)),
            # A weekly time is of every week, a turn and an off of one day: neither is ever taken for the other.
            models.CheckConstraint(
                name="communities_hours_dated",
                condition=Q(what__in=["duty", "cover"], on__isnull=True)
                | Q(what__in=["turn", "off"], on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.weekday} {self.starts}-{self.ends}"
