"""A way in for somebody outside, and every look at a plan by anybody but its owner."""

from uuid import uuid4

from django.db import models

from communities.models import Membership
from crisisplans.models.openings import Opening


class OutsideLink(models.Model):
    """The address and the code of an opening by link. Both are shown once; only their keyed digests are kept.

    `sealed`: what the owner called whoever it is for, under the owner's own key.
    """

    opening = models.OneToOneField(Opening, on_delete=models.CASCADE, related_name="link")
    token_digest = models.CharField(max_length=64, unique=True)
    code_digest = models.CharField(max_length=64)
    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"link of opening {self.opening_id}"


class Look(models.Model):
    """One look at what was opened. Without a membership: by whoever had the link and the code. Only ever added."""

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="looks", db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["opening", "-at", "-id"], name="crisisplans_looks")]

    def __str__(self) -> str:
        return f"look {self.pk}"
