"""What comes of a review: suggestions for the owner to take or leave, and that it was done."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from communities.models import Membership
from crisisplans.lifecycle import SuggestionState
from crisisplans.models.openings import Opening


class Suggestion(models.Model):
    """Words that a reader suggests for one part. They are sealed under the key of the plan's owner, who decides."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="suggestions", db_index=False)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    part = models.CharField(max_length=40)
    sealed = models.TextField()
    state = models.CharField(max_length=12, choices=SuggestionState.choices, default=SuggestionState.WAITING)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="crisisplans_suggestion_decided_whole",
                condition=Q(state=SuggestionState.WAITING, decided_at__isnull=True)
                | (~Q(state=SuggestionState.WAITING) & Q(decided_at__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["opening", "id"], name="crisisplans_suggestions")]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


class ReviewDone(models.Model):
    """That a group has been through somebody's plan with them, on the word of somebody else who was there.

    It holds no content. It stays when the plan is erased: that the review happened is the community's condition for
    joining, met once. `version`: the number of the version that was read.
    """

    opening = models.OneToOneField(Opening, on_delete=models.SET_NULL, null=True, related_name="review_done")
    owner = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="reviews_done")
    recorded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    version = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="crisisplans_review_on_anothers_word", condition=~Q(recorded_by=F("owner")))
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"
