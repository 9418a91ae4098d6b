"""Motions, the selection day that candidates were met on, and the words beside a motion."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from communities.lifecycle import Kind
from communities.models import Community, Membership
from elections.motions.lifecycle import (
    ABOUT_SOMEBODY,
    OPEN,
    VOTED,
    Effect,
    MotionKind,
    MotionState,
    Part,
    WhyNot,
    WordsState,
)


class SelectionDay(models.Model):
    """A day on which members and staff met candidates; each candidate has a motion of their own."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"selection day {self.pk}"


class MotionQuerySet(models.QuerySet["Motion"]):
    def open(self) -> Self:
        """Being talked over or voted on."""
        return self.filter(state__in=OPEN)

    def visible_to(self, membership: Membership) -> Self:
        """What this membership may read: members who take part all of their community, staff what they vote on, and
        everybody who belongs what is about themselves (domain, sections 4.10 and 4.11)."""
        here = self.filter(community_id=membership.community_id)
        if membership.kind == Kind.STAFF:
            return here.filter(poll__roll__membership=membership)
        return here if membership.is_as_active else here.filter(about=membership)


class Motion(models.Model):
    """Something that members vote on; carried, it happens by itself, once. `asks`: what its kind needs to know
    (elections.motions.asking). Every word that somebody wrote stands in `MotionWords`."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=MotionKind.choices)
    state = models.CharField(max_length=10, choices=MotionState.choices, default=MotionState.TALKING)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    about = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=40, blank=True)
    selection_day = models.ForeignKey(SelectionDay, on_delete=models.PROTECT, null=True, related_name="motions")
    asks = models.JSONField(default=dict)
    # When the time to talk it over ends and the vote opens.
    opens_at = models.DateTimeField()
    poll = models.OneToOneField("elections.Poll", on_delete=models.PROTECT, null=True, related_name="motion")
    decided_at = models.DateTimeField(null=True)
    effect = models.CharField(max_length=12, choices=Effect.choices, blank=True)
    why_not = models.CharField(max_length=10, choices=WhyNot.choices, blank=True)
    # Of the form: sent twice, it is one motion.
    form_key = models.UUIDField()

    objects: ClassVar[models.Manager[Self]] = MotionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposed_by", "form_key", "about"], name="elections_a_motion_once"),
            models.UniqueConstraint(
                fields=["proposed_by", "form_key"], condition=Q(about=None), name="elections_a_motion_once_about_nobody"
            ),
            models.UniqueConstraint(
                fields=["community", "kind", "about"],
                condition=Q(state__in=sorted(OPEN)),
                name="elections_one_open_about_somebody",
            ),
            models.UniqueConstraint(
                fields=["community", "rule"],
                condition=Q(state__in=sorted(OPEN), rule__gt=""),
                name="elections_one_open_about_a_rule",
            ),
            models.CheckConstraint(
                name="elections_motion_decided_whole",
                condition=Q(state__in=sorted(OPEN), decided_at=None)
                | (~Q(state__in=sorted(OPEN)) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="elections_motion_voted_on_has_its_poll",
                condition=~Q(state__in=sorted({*VOTED, MotionState.VOTING})) | Q(poll__isnull=False),
            ),
            models.CheckConstraint(
                name="elections_motion_effect_only_carried", condition=Q(effect="") | Q(state=MotionState.CARRIED)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "opens_at"], name="elections_motions_to_open"),
            models.Index(fields=["community", "decided_at"], name="elections_motions_decided"),
        ]

    def __str__(self) -> str:
        return f"motion {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this motion: not a word of it."""
        return f"motion:{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_about_somebody(self) -> bool:
        return self.kind in ABOUT_SOMEBODY


class MotionWords(models.Model):
    """What somebody wrote beside a motion. Held, nobody else reads it until one of the Top Three has looked."""

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="words")
    part = models.CharField(max_length=3, choices=Part.choices)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=WordsState.choices)
    title = models.CharField(max_length=120, blank=True)
    # What was asked on the selection day.
    questions = models.TextField(blank=True)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField()
    findings = models.JSONField(default=list)
    urgency = models.PositiveSmallIntegerField(default=0)
    # What one of the Top Three wrote to its writer with its return.
    answer = models.TextField(blank=True)
    looked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["motion", "part"], name="elections_words_once"),
            models.CheckConstraint(
                name="elections_words_looked_whole",
                condition=Q(looked_by=None, looked_at=None) | Q(looked_by__isnull=False, looked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"words {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names these words: not one of them."""
        return f"motion words:{self.pk}"
