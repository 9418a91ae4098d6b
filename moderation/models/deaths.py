"""That a member has died, as three say it together: two of the Top Three and one of staff (domain, section 8)."""

from django.db import models
from django.db.models import Q

from communities.models import Community, Membership
from moderation.lifecycle import DeathState


class Death(models.Model):
    """One such saying. Nothing happens before all three have spoken."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=DeathState.choices, default=DeathState.BEGUN)
    begun_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(state__in=[DeathState.BEGUN, DeathState.RECORDED]),
                name="moderation_one_death",
            ),
            models.CheckConstraint(
                name="moderation_death_whole",
                condition=Q(state=DeathState.BEGUN, closed_at__isnull=True)
                | (~Q(state=DeathState.BEGUN) & Q(closed_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"death {self.pk}"

    @property
    def ref(self) -> str:
        return f"death:{self.pk}"


class DeathVoice(models.Model):
    """One of the three. As staff or as one of the Top Three: what they were when they said it."""

    death = models.ForeignKey(Death, on_delete=models.PROTECT, related_name="voices")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    as_staff = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["death", "by"], name="moderation_death_voice_each")]
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"voice on {self.death_id}"
