"""Staff asked in by the community: what they may read, until when, and each of their looks (domain, section 4.4)."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from boards.models.posts import Thread
from communities.models import Community, Membership


class StaffInvitationQuerySet(models.QuerySet["StaffInvitation"]):
    def in_force(self, now: datetime) -> Self:
        """Those that have begun and have neither run out nor been ended: they end by themselves."""
        return self.filter(opened_at__lte=now, until__gt=now, ended_at=None)


class StaffInvitation(models.Model):
    """The community's leave for named staff to read one thread (`thread`) or the whole board, until a time.

    `by`: whoever opened it, as the record names them: a motion, or the second of two of the Top Three.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="staff_invitations")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, related_name="staff_invitations")
    staff = models.ManyToManyField(Membership, related_name="asked_in")
    by = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = StaffInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="boards_asked_in_forwards", condition=Q(until__gt=F("opened_at"))),
            models.CheckConstraint(
                name="boards_asked_in_ended_whole",
                condition=Q(ended_at__isnull=True, ended_by="") | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "until"], condition=Q(ended_at=None), name="boards_asked_in_now"),
        ]

    def __str__(self) -> str:
        return f"staff invitation {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"staff invitation:{self.pk}"

    def is_open_at(self, now: datetime) -> bool:
        """Whether it is in force at this moment, as `in_force` asks."""
        return self.opened_at <= now < self.until and self.ended_at is None

    @property
    def is_by_vote(self) -> bool:
        """Whether the members voted for it; else two of the Top Three asked."""
        return self.by.startswith("motion")


class StaffLook(models.Model):
    """One look of one of staff at what they were asked in to read: the list (`thread` is none) or a thread."""

    invitation = models.ForeignKey(StaffInvitation, on_delete=models.PROTECT, related_name="looks", db_index=False)
    staff = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["invitation", "-at", "-id"], name="boards_looks_of_staff")]

    def __str__(self) -> str:
        return f"look {self.pk}"
