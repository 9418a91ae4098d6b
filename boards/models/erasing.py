"""That a member asked for their posts here to be erased, kept until it is done."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.models import Membership


class ErasingQuerySet(models.QuerySet["Erasing"]):
    def open(self) -> Self:
        """Those that are not done yet, the oldest first."""
        return self.filter(done_at=None).order_by("pk")


class Erasing(models.Model):
    """One asking to erase all of a member's posts up to a moment (domain, section 6, "Erasing").

    A row, because it may be much, may be interrupted, and may have to wait: a held post stays readable to those who
    decide for 72 hours. The sweep goes on with it until nothing is left.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="erasings")
    # What was written by then is meant; what is written later is not.
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ErasingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership", "asked_at"], name="boards_an_erasing_once"),
            models.CheckConstraint(
                name="boards_erasing_forwards", condition=Q(done_at__isnull=True) | Q(done_at__gte=F("asked_at"))
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(done_at__isnull=True), name="boards_erasings_open")]

    def __str__(self) -> str:
        return f"erasing {self.pk}"
