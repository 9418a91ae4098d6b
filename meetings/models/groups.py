"""Groups: what meets again and again, by a rule."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from communities.models import Community, Membership
from meetings.lifecycle.timetable import GroupKind, GroupState, OnBankHolidays
from meetings.models.venues import Venue

LONGEST_NAME = 80
# In minutes; a day of the programme is one session of at most twelve hours.
SHORTEST, LONGEST = 5, 720


class GroupQuerySet(models.QuerySet["Group"]):
    def running(self) -> Self:
        """Those that have not been ended."""
        return self.filter(state=GroupState.RUNNING)


class Group(models.Model):
    """Something that meets by a rule. What it will be is laid out in `Session` rows, half a year ahead.

    `rule` is the text of a recurrence rule (RFC 5545, RRULE) over days; the hour is `starts` by London's clock. An
    empty rule: once, on the first day.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="groups")
    title = models.CharField(max_length=LONGEST_NAME)
    about = models.TextField(blank=True)
    kind = models.CharField(max_length=20, choices=GroupKind.choices, default=GroupKind.GROUP)
    # Whether the rules about attendance count it (domain, section 2).
    counts = models.BooleanField(default=False)
    rule = models.CharField(max_length=200, blank=True)
    first_day = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, null=True, related_name="groups")
    link = models.URLField(max_length=300, blank=True)
    # How many people there is room for.
    room = models.PositiveSmallIntegerField(null=True)
    facilitator = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    member_led = models.BooleanField(default=False)
    on_bank_holidays = models.CharField(max_length=10, choices=OnBankHolidays.choices, default=OnBankHolidays.RESTS)
    state = models.CharField(max_length=10, choices=GroupState.choices, default=GroupState.RUNNING)
    # The first day that has no session any more.
    ended_on = models.DateField(null=True)
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    # Its edition: a page that shows an older one can't change it.
    edition = models.PositiveIntegerField(default=1)
    form_key = models.UUIDField()

    objects: ClassVar[models.Manager[Self]] = GroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["made_by", "form_key"], name="meetings_a_group_a_form"),
            models.CheckConstraint(
                name="meetings_group_minutes", condition=Q(minutes__gte=SHORTEST, minutes__lte=LONGEST)
            ),
            models.CheckConstraint(
                name="meetings_group_ended_whole",
                condition=Q(state=GroupState.ENDED, ended_on__isnull=False)
                | Q(state=GroupState.RUNNING, ended_on__isnull=True),
            ),
            # Nobody of staff leads what members lead themselves.
            models.CheckConstraint(
                name="meetings_group_led_by_one", condition=Q(member_led=False) | Q(facilitator__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="meetings_groups_of")]

    def __str__(self) -> str:
        return f"group {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this group."""
        return f"group:{self.pk}"

    @property
    def length(self) -> timedelta:
        """How long each session of it is."""
        return timedelta(minutes=self.minutes)
