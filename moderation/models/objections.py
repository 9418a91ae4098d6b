"""Objections to decisions."""

from django.db import models
from django.db.models import F, Q

from communities.models import Community, Membership
from moderation.lifecycle import OPEN_STATES, ObjectionState

_HEARD = (ObjectionState.UNDONE, ObjectionState.STANDS, ObjectionState.SETTLED)


class Objection(models.Model):
    """What somebody says against a decision about them. `case` names the decision: "post:5" (moderation.cases).

    Heard by somebody else than those who decided; to undo what took two, two of them (`first_by`, then `heard_by`).
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="objections")
    case = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    urgency = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    first_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    first_at = models.DateTimeField(null=True)
    heard_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    heard_at = models.DateTimeField(null=True)
    # By whom, as its maker is told: a role, never a name.
    by_role = models.CharField(max_length=60, blank=True)
    answer = models.TextField(blank=True)
    at_meeting_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by", "case"], condition=Q(state__in=OPEN_STATES), name="moderation_one_open_objection"
            ),
            models.CheckConstraint(
                name="moderation_objection_first_whole",
                condition=Q(first_by__isnull=True, first_at__isnull=True)
                | Q(first_by__isnull=False, first_at__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_objection_heard",
                condition=Q(heard_by__isnull=True, heard_at__isnull=True) & ~Q(state__in=_HEARD)
                | Q(heard_by__isnull=False, heard_at__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_objection_by_others",
                condition=(Q(heard_by__isnull=True) | ~Q(heard_by=F("by")))
                & (Q(first_by__isnull=True) | ~Q(first_by=F("by")))
                & (Q(first_by__isnull=True) | Q(heard_by__isnull=True) | ~Q(first_by=F("heard_by"))),
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "made_at"], condition=Q(state__in=OPEN_STATES), name="moderation_open_objections"
            ),
            models.Index(fields=["case"], name="moderation_objections_by_case"),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """How the record and the agenda name it."""
        return f"objection:{self.pk}"
