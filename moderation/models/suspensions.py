"""Suspensions and asking to come back: rows that the one they are about can read whole, but for who it was."""

from django.db import models
from django.db.models import F, Q

from communities.lifecycle import SuspendedFrom
from communities.models import Community, Membership
from moderation.lifecycle import EndedHow, How, ReturnSays, ReturnState, SuspensionState

_ONCE_IN_FORCE = (SuspensionState.IN_FORCE, SuspensionState.ENDED)


class Suspension(models.Model):
    """Keeping somebody from the board or from everything, until a time. Past `until` it is over, whatever the state
    says: the sweep, or the next page its member opens, writes that down.

    `lasts`: how long it holds from its confirming on, where two confirm it.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="suspensions")
    suspended_from = models.CharField(max_length=10, choices=SuspendedFrom.choices)
    how = models.CharField(max_length=10, choices=How.choices)
    why = models.TextField()
    letter = models.TextField(blank=True)
    # Who did it, as the record names them; and as their letter does.
    by = models.CharField(max_length=60)
    by_role = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=SuspensionState.choices)
    begun_at = models.DateTimeField()
    lasts = models.DurationField(null=True)
    first_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    starts_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=60, blank=True)
    ended_how = models.CharField(max_length=10, choices=EndedHow.choices, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_suspension_whole",
                condition=Q(state=SuspensionState.PROPOSED, starts_at__isnull=True, lasts__isnull=False)
                | Q(state=SuspensionState.DROPPED, starts_at__isnull=True)
                | Q(state__in=_ONCE_IN_FORCE, starts_at__isnull=False, until__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_suspension_closed",
                condition=Q(state__in=[SuspensionState.PROPOSED, SuspensionState.IN_FORCE], closed_at__isnull=True)
                | Q(state=SuspensionState.DROPPED, closed_at__isnull=False)
                | Q(state=SuspensionState.ENDED, closed_at__isnull=False, ended_how__gt=""),
            ),
            models.CheckConstraint(
                name="moderation_suspended_by_two",
                condition=Q(how=How.MOTION)
                | Q(state__in=[SuspensionState.PROPOSED, SuspensionState.DROPPED])
                | (Q(first_by__isnull=False, second_by__isnull=False) & ~Q(first_by=F("second_by"))),
            ),
            # `~Q(x=F(y))` alone is unknown, and so passes, where one of the two is nobody.
            models.CheckConstraint(
                name="moderation_suspended_by_others",
                condition=(Q(first_by__isnull=True) | ~Q(first_by=F("membership")))
                & (Q(second_by__isnull=True) | ~Q(second_by=F("membership"))),
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(state=SuspensionState.PROPOSED),
                name="moderation_one_suspension_proposed",
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(state=SuspensionState.IN_FORCE),
                name="moderation_one_suspension_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"suspension {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it: not whom it is about."""
        return f"suspension:{self.pk}"


class ReturnAsked(models.Model):
    """Somebody suspended asks to come back; or one of those who decide begins it themselves (`by`)."""

    suspension = models.ForeignKey(Suspension, on_delete=models.PROTECT, related_name="returns")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReturnState.choices, default=ReturnState.OPEN)
    answer = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_return_whole",
                condition=Q(state=ReturnState.OPEN, decided_at__isnull=True)
                | (~Q(state=ReturnState.OPEN) & Q(decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["suspension"], condition=Q(state=ReturnState.OPEN), name="moderation_one_return_open"
            ),
        ]

    def __str__(self) -> str:
        return f"return {self.pk}"

    @property
    def ref(self) -> str:
        return f"return:{self.pk}"


class ReturnVoice(models.Model):
    """What one of those who decide says to it. Their words go to the one who asked, if two say the same."""

    asked = models.ForeignKey(ReturnAsked, on_delete=models.PROTECT, related_name="voices")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    says = models.CharField(max_length=9, choices=ReturnSays.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asked", "by"], name="moderation_return_voice_each")]
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"voice on {self.asked_id}"
