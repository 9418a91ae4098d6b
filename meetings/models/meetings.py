"""Community meetings: when, where, why, and from when to when one was open."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from communities.models import Community, Membership
from meetings.lifecycle import MeetingKind, MeetingState

OPENED = (MeetingState.OPEN, MeetingState.ENDED)


class MeetingQuerySet(models.QuerySet["CommunityMeeting"]):
    def coming(self) -> Self:
        """Those that are planned or open, the next first."""
        return self.filter(state__in=(MeetingState.PLANNED, MeetingState.OPEN)).order_by("starts_at", "pk")


class CommunityMeeting(models.Model):
    """A meeting of the whole community. While it is open, staff may read the copies that were made for it."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10, choices=MeetingKind.choices, default=MeetingKind.ORDINARY)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    why = models.TextField(blank=True)
    # A reference: a member, a motion, or the site itself.
    called_by = models.CharField(max_length=60)
    planned_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_opened_whole",
                condition=Q(state__in=OPENED, opened_at__isnull=False, opened_by__isnull=False)
                | (~Q(state__in=OPENED) & Q(opened_at__isnull=True, opened_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="meetings_ended_whole",
                condition=Q(state=MeetingState.ENDED, ended_at__isnull=False)
                | (~Q(state=MeetingState.ENDED) & Q(ended_at__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["community"], condition=Q(state=MeetingState.OPEN), name="meetings_one_open"
            ),
            # Called twice over the same trouble, it is one meeting.
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(kind=MeetingKind.SPECIAL, state=MeetingState.PLANNED),
                name="meetings_one_special_ahead",
            ),
        ]
        indexes = [models.Index(fields=["community", "starts_at"], name="meetings_of_community")]

    def __str__(self) -> str:
        return f"meeting {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this meeting."""
        return f"meeting:{self.pk}"


class Look(models.Model):
    """That somebody of staff read the copies of a meeting; kept for the community to see (domain, section 4.4)."""

    meeting = models.ForeignKey(CommunityMeeting, on_delete=models.PROTECT, related_name="looks")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look at the copies of meeting {self.meeting_id}"
