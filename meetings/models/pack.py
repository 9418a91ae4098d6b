"""What a session is asked for beforehand: to look at somebody's plan together."""

from django.db import models

from communities.models import Membership
from meetings.models.sessions import Session


class ReviewAsked(models.Model):
    """That a member would like to look at their plan with the group in this session. It holds nothing of the plan.

    It opens nothing: its owner does that in the room, for those who are there (crisisplans.Opening, "session:5").
    """

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="reviews_asked")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "membership"], name="meetings_a_review_asked_once")]

    def __str__(self) -> str:
        return f"review asked for {self.pk}"

    @property
    def ref(self) -> str:
        """How the record, and an agenda, name it."""
        return f"review asked:{self.pk}"
