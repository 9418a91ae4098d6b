"""A person's plans, every version that was saved, and what is typed and not saved yet."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from communities.models import Community
from crisisplans.lifecycle import PlanKind


class Plan(models.Model):
    """One plan of one person. Its words are in its versions; nothing here tells any of them.

    `template_of`: the community whose headings it is written under; none: the ones that everybody starts with.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=12, choices=PlanKind.choices)
    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    made_at = models.DateTimeField()
    template_of = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="+")
    # When the owner wants to read it again, and the day for which they were reminded last.
    review_on = models.DateField(null=True)
    reminded_for = models.DateField(null=True)
    # After a support call: an offer to look again is shown since then, until it is answered.
    look_again_at = models.DateTimeField(null=True)
    # Whether the owner wants to be told at once when somebody looks.
    tell_at_once = models.BooleanField(default=False)
    latest = models.ForeignKey("PlanVersion", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="crisisplans_one_of_a_kind")]
        indexes = [
            models.Index(
                fields=["review_on"], condition=Q(review_on__isnull=False), name="crisisplans_to_be_read_again"
            )
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def opaque(self) -> str:
        """How the record names it."""
        return f"plan:{self.pk}"


class PlanVersion(models.Model):
    """A plan as it was saved once, whole: `words.PlanWords`, sealed in one piece bound to `ref`. Only ever added.

    `agreed_to`: the edition of the sentence of responsibility that its owner agreed to with this version.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    sealed = models.TextField()
    saved_at = models.DateTimeField()
    agreed_to = models.PositiveIntegerField()
    # The number of the version whose words these are again.
    restored_from = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="crisisplans_versions_numbered"),
            models.CheckConstraint(
                name="crisisplans_restored_from_before",
                condition=Q(restored_from__isnull=True) | Q(restored_from__lt=models.F("number")),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of plan {self.plan_id}"


class PlanDraft(models.Model):
    """What is typed in one part and not saved. It goes when that part is saved, or when its owner lets it go.

    `seen_version`: the version its writer had before them. `page_key` is the page that saved last, `attempt` that
    page's count of saves, as with drafts of posts (ADR 0015).
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="drafts", db_index=False)
    part = models.CharField(max_length=40)
    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    sealed = models.TextField()
    seen_version = models.PositiveIntegerField()
    attempt = models.BigIntegerField(default=0)
    page_key = models.UUIDField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "part"], name="crisisplans_a_draft_a_part")]

    def __str__(self) -> str:
        return f"draft of plan {self.plan_id}"
