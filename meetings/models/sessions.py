"""Sessions: one meeting of a group, or one that belongs to none, and who does what in it."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.models import Community, Membership
from meetings.lifecycle.timetable import Change, GroupKind, How, Role, SessionState
from meetings.models.groups import LONGEST_NAME, Group
from meetings.models.meetings import CommunityMeeting
from meetings.models.venues import Venue


class SessionQuerySet(models.QuerySet["Session"]):
    def between(self, start: datetime, end: datetime) -> Self:
        """Those that begin from `start` on and before `end`, the first one first, called off or not.

        Without those that the timetable does not name any more: they stand nowhere.
        """
        shown = self.exclude(change=Change.DROPPED)
        return shown.filter(starts_at__gte=start, starts_at__lt=end).order_by("starts_at", "pk")

    def seen_between(self, start: datetime, end: datetime, now: datetime) -> Self:
        """The same, and where `now` is in this time also what began before it and still goes on."""
        begins = Q(starts_at__gte=start, starts_at__lt=end)
        goes_on = Q(state=SessionState.PLANNED, starts_at__lt=start, ends_at__gt=now)
        shown = self.exclude(change=Change.DROPPED).filter(begins | goes_on if start <= now < end else begins)
        return shown.order_by("starts_at", "pk")

    def planned(self) -> Self:
        """Those that take place, or took place."""
        return self.filter(state=SessionState.PLANNED)


class Session(models.Model):
    """One meeting of a group, with its own time and place; of no group where it happens only once.

    `slot` is the day that the group's rule named, which stays when the session is moved. That it is over follows from
    the time. `by_hand`: somebody changed this one; a change of its group leaves it as it is.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="sessions")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, related_name="sessions")
    slot = models.DateField(null=True)
    title = models.CharField(max_length=LONGEST_NAME)
    # Of one that belongs to no group; else its group says what it is.
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=GroupKind.choices, default=GroupKind.GROUP)
    counts = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, null=True, related_name="sessions")
    # In words, where it is no venue: "in the garden", "we ring each other".
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    room = models.PositiveSmallIntegerField(null=True)
    facilitator = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    member_led = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    change = models.CharField(max_length=12, choices=Change.choices, blank=True)
    why_words = models.CharField(max_length=300, blank=True)
    by_hand = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    # For calendars (RFC 5545): each change of time, place or state is one more.
    sequence = models.PositiveIntegerField(default=0)
    meeting = models.OneToOneField(CommunityMeeting, on_delete=models.PROTECT, null=True, related_name="session")
    # Who added one that no rule named, and by which form; none where the site laid it out.
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True)

    objects: ClassVar[models.Manager[Self]] = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "slot"], name="meetings_a_slot_once"),
            models.UniqueConstraint(fields=["made_by", "form_key"], name="meetings_a_session_a_form"),
            models.CheckConstraint(name="meetings_session_ends_after", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="meetings_slot_of_a_group", condition=Q(slot__isnull=True) | Q(group__isnull=False)
            ),
            models.CheckConstraint(
                name="meetings_called_off_says_why",
                condition=Q(
                    state=SessionState.CANCELLED, change__in=[Change.CANCELLED, Change.BANK_HOLIDAY, Change.DROPPED]
                )
                | Q(state=SessionState.PLANNED, change__in=["", Change.MOVED, Change.EXTRA]),
            ),
        ]
        indexes = [models.Index(fields=["community", "starts_at"], name="meetings_sessions_of")]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this session."""
        return f"session:{self.pk}"

    @property
    def takes_place(self) -> bool:
        """Whether it is held, or was: not called off."""
        return self.state == SessionState.PLANNED

    @property
    def is_extra(self) -> bool:
        """Whether it is a group's beside the days that its rule names."""
        return self.group_id is not None and self.slot is None

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now >= self.ends_at

    def has_begun(self, now: datetime) -> bool:
        """Whether its time has come."""
        return now >= self.starts_at


class SessionRole(models.Model):
    """Who is chair, secretary or housekeeper of one session."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=12, choices=Role.choices)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    how = models.CharField(max_length=10, choices=How.choices, default=How.OWN)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "role"], name="meetings_a_role_once")]
        indexes = [models.Index(fields=["membership"], name="meetings_roles_of")]

    def __str__(self) -> str:
        return f"role {self.pk}"
