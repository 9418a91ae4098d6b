"""Decisions on posts, by one or by one and then another."""

from django.db import models
from django.db.models import F, Q

from boards.models import Post
from communities.models import Membership
from moderation.lifecycle import Reason, Verb


class PostDecision(models.Model):
    """One decision on one version of a post. With `needs_two` it stands open until another of the Top Three joins.

    At most one stands open on a post; it lapses when the post is decided otherwise or changed.
    """

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveIntegerField()
    verb = models.CharField(max_length=10, choices=Verb.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    needs_two = models.BooleanField(default=False)
    seconded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_seconded_whole",
                condition=Q(seconded_by__isnull=True, seconded_at__isnull=True)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False, needs_two=True, lapsed_at__isnull=True),
            ),
            models.CheckConstraint(name="moderation_two_people", condition=~Q(by=F("seconded_by"))),
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(needs_two=True, seconded_at__isnull=True, lapsed_at__isnull=True),
                name="moderation_one_open_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} of post {self.post_id}"
