"""What is asked of those who look after the board: holding everything for a while, leaving a case to the others."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.models import Community, Membership


class HoldAllQuerySet(models.QuerySet["HoldAll"]):
    def in_force(self, now: datetime) -> Self:
        """Those that have begun and are neither over nor stopped: they end by themselves."""
        return self.filter(starts_at__lte=now, until__gt=now, stopped_at=None)


class HoldAll(models.Model):
    """Every post is looked at before others read it: one member's, or everybody's; until a day, with a reason.

    Set by a vote (domain, section 6). `decided_by` says by whom in words, for pages; `by` is the record's name for it.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    # None: everybody's.
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    why = models.TextField(blank=True)
    decided_by = models.CharField(max_length=80)
    by = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = HoldAllQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="boards_hold_all_forwards", condition=Q(until__gt=F("starts_at"))),
        ]
        indexes = [
            models.Index(
                fields=["community", "until"], condition=Q(stopped_at__isnull=True), name="boards_hold_all_open"
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """How the record, and an objection, name it."""
        return f"hold:{self.pk}"


class StepAside(models.Model):
    """ "Not mine to decide": somebody in office leaves a case to the others, without a reason; for as long as it lasts.

    `case` is what the record calls the thing: "post:5", "objection:3".
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    case = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "membership"], name="boards_aside_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} leaves {self.case}"
