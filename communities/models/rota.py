"""Asking others to take a time of looking over."""

from django.db import models
from django.db.models import Q

from communities.lifecycle import AskingState
from communities.models.members import Membership


class AskingOthers(models.Model):
    """What every asking has, whatever it is about: who asks whom (`to` none: whoever can), and what came of it."""

    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AskingState.choices, default=AskingState.OPEN)
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


# The same for each of them: who took it, and when it ended.
SETTLED_WHOLE = (
    Q(state=AskingState.OPEN, taken_by__isnull=True, settled_at__isnull=True)
    | Q(state=AskingState.TAKEN, taken_by__isnull=False, settled_at__isnull=False)
    | Q(state=AskingState.WITHDRAWN, taken_by__isnull=True, settled_at__isnull=False)
)


class Asking(AskingOthers):
    """Somebody asks whether another takes one of their times of looking; until then it stays their own.

    `to`: only this one is asked (none: whoever can). With `back_on` it is a swap: whoever takes it gives that one of
    their own times in return.
    """

    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    back_on = models.DateField(null=True)
    back_starts = models.TimeField(null=True)
    back_ends = models.TimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "on", "starts"], condition=Q(state=AskingState.OPEN), name="communities_asked_once"
            ),
            models.CheckConstraint(name="communities_asking_settled_whole", condition=SETTLED_WHOLE),
            models.CheckConstraint(
                name="communities_asking_swap_whole",
                condition=Q(back_on__isnull=True, back_starts__isnull=True, back_ends__isnull=True)
                | Q(back_on__isnull=False, back_starts__isnull=False, back_ends__isnull=False, to__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"asking {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"asking:{self.pk}"
