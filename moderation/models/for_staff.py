"""What waits for staff until one of them has seen it; and significant events, which hold no words."""

from django.db import models
from django.db.models import Q

from boards.lifecycle import AWAITING_DECISION
from boards.models import Post
from communities.models import Community, Membership
from moderation.lifecycle import EventKind, EventNeed, StaffKind
from moderation.models.danger import DangerNotice


class SignificantEvent(models.Model):
    """That something happened which staff should know about, by one of the Top Three. It has no box for words."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=EventKind.choices)
    need = models.CharField(max_length=10, choices=EventNeed.choices)
    # Of the form: the same form sent twice is one event.
    form_key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "form_key"], name="moderation_an_event_once")]

    def __str__(self) -> str:
        return f"significant event {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"significant event:{self.pk}"


class StaffNoticeQuerySet(models.QuerySet["StaffNotice"]):
    def open(self) -> "StaffNoticeQuerySet":
        """Those that nobody of staff has seen; of a hold only while it waits."""
        waits = ~Q(kind=StaffKind.HOLD) | Q(post__state__in=AWAITING_DECISION)
        return self.filter(waits, seen_at=None)


class StaffNotice(models.Model):
    """Something that waits for staff: told to each in their cover hours, and again until one says they have seen it.

    `key` is the stem of every notice about it, so that a hold is told once however often it is looked at.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=StaffKind.choices)
    key = models.CharField(max_length=120, unique=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.OneToOneField(SignificantEvent, on_delete=models.PROTECT, null=True, related_name="notice")
    danger = models.OneToOneField(DangerNotice, on_delete=models.PROTECT, null=True, related_name="notice")
    made_at = models.DateTimeField()
    seen_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField(null=True)

    objects = StaffNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="moderation_staff_notice_of_one_thing",
                condition=Q(kind=StaffKind.HOLD, post__isnull=False, event__isnull=True, danger__isnull=True)
                | Q(kind=StaffKind.EVENT, post__isnull=True, event__isnull=False, danger__isnull=True)
                | Q(kind=StaffKind.DANGER, post__isnull=True, event__isnull=True, danger__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_staff_notice_seen_whole",
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "made_at"], name="moderation_for_staff"),
            models.Index(fields=["made_at"], condition=Q(seen_at=None), name="moderation_staff_unseen"),
        ]

    def __str__(self) -> str:
        return f"for staff: {self.key}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"staff notice:{self.pk}"
