"""A community's own headings for plans. They are the community's words, and no secret."""

from django.db import models

from communities.models import Community, Membership
from crisisplans.lifecycle import PlanKind


class PlanTemplate(models.Model):
    """Which parts a community's plans have, in which order and under which headings.

    The newest row of a kind holds; those before it are its history.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="plan_templates", db_index=False)
    kind = models.CharField(max_length=12, choices=PlanKind.choices)
    parts = models.JSONField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["community", "kind", "-at", "-id"], name="crisisplans_templates_newest")]

    def __str__(self) -> str:
        return f"template {self.pk}"
