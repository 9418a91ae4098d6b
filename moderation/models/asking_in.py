"""That one of the Top Three wants to ask staff in: it waits for a second of them (domain, section 3)."""

from django.db import models
from django.db.models import F, Q

from boards.models import StaffInvitation, Thread
from communities.models import Community, Membership


class AskingIn(models.Model):
    """The first of two voices for a staff invitation: for whom, for what, until when. The second opens it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    staff = models.ManyToManyField(Membership, related_name="+")
    until = models.DateTimeField()
    form_key = models.UUIDField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    seconded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    invitation = models.OneToOneField(StaffInvitation, on_delete=models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "form_key"], name="moderation_asked_in_once"),
            models.CheckConstraint(name="moderation_asked_in_by_two", condition=~Q(by=F("seconded_by"))),
            models.CheckConstraint(
                name="moderation_asked_in_whole",
                condition=Q(seconded_by__isnull=True, invitation__isnull=True)
                | Q(seconded_by__isnull=False, invitation__isnull=False, dropped_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "until"],
                condition=Q(invitation=None, dropped_at=None),
                name="moderation_asking_in",
            )
        ]

    def __str__(self) -> str:
        return f"asking in {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"asking in:{self.pk}"
