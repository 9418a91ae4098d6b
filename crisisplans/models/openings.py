"""Openings: every time-limited look at a plan, whatever its reason (domain, section 4.5)."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.models import Community, Membership
from crisisplans.lifecycle import WITH_AN_END, OpeningKind
from crisisplans.models.plans import Plan
from crisisplans.parts import FIRST_STEPS


class OpeningQuerySet(models.QuerySet["Opening"]):
    def open_at(self, now: datetime) -> Self:
        """Those that have begun and have neither run out nor been closed: they end by themselves."""
        return self.filter(Q(until=None) | Q(until__gt=now), opened_at__lte=now, closed_at=None)


class Opening(models.Model):
    """Leave for somebody to read some parts of a plan, until a time or until it is closed.

    Opened and closed by the app that has the reason, through this app's services; whether somebody may read is told
    from these rows alone. `case`: the reason, in the opener's own opaque words ("call:7"). `closed_by`: as the
    record names whoever closed it ("person:5", "membership:7", "site").
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="openings", db_index=False)
    community = models.ForeignKey(Community, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=OpeningKind.choices)
    # The keys of the parts that may be read.
    parts = models.JSONField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, blank=True)
    case = models.CharField(max_length=40, blank=True)
    readers = models.ManyToManyField(Membership, through="OpeningReader", related_name="+")

    # The headings that the plan is written under; set by a door, never stored here.
    template_parts: list[dict[str, Any]] | None = None
    # The name that its owner chose in its community; set by the same door.
    owner_name: str = ""

    objects: ClassVar[models.Manager[Self]] = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="crisisplans_opened_forwards", condition=Q(until__isnull=True) | Q(until__gt=F("opened_at"))
            ),
            models.CheckConstraint(
                name="crisisplans_closed_whole",
                condition=Q(closed_at__isnull=True, closed_by="") | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
            ),
            models.CheckConstraint(
                name="crisisplans_a_link_has_no_community",
                condition=Q(kind=OpeningKind.LINK, community__isnull=True)
                | (~Q(kind=OpeningKind.LINK) & Q(community__isnull=False)),
            ),
            models.CheckConstraint(
                name="crisisplans_some_looks_have_an_end",
                condition=~Q(kind__in=[str(kind) for kind in WITH_AN_END]) | Q(until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "-opened_at", "-id"], name="crisisplans_openings_of_plan"),
            models.Index(fields=["community"], condition=Q(closed_at=None), name="crisisplans_open_in_community"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"opening:{self.pk}"

    def is_open_at(self, now: datetime) -> bool:
        """Whether it is in force at this moment, as `open_at` asks."""
        return self.opened_at <= now and (self.until is None or now < self.until) and self.closed_at is None

    def takes_suggestions_for(self, part: str) -> bool:
        """Whether its readers may suggest words for this part: in a review, for parts that are opened."""
        return self.kind == OpeningKind.REVIEW and part in self.parts and part != FIRST_STEPS


class OpeningReader(models.Model):
    """One of those for whom it was opened. Of an opening by link there are none.

    `ended_at`: they stepped back, or were away or kept apart meanwhile: it never opens to them again by this row.
    """

    opening = models.ForeignKey(Opening, on_delete=models.CASCADE, related_name="named", db_index=False)
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="plans_opened")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opening", "membership"], name="crisisplans_a_reader_once")]

    def __str__(self) -> str:
        return f"reader of opening {self.opening_id}"
