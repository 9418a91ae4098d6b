"""What stands on the agenda of a community's next meeting."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from boards.models import Thread
from communities.models import Community, Membership
from meetings.lifecycle import ItemKind, ItemState, Outcome
from meetings.models.meetings import CommunityMeeting

LONGEST_TITLE = 120


class ItemQuerySet(models.QuerySet["AgendaItem"]):
    def waiting(self) -> Self:
        """Those that no meeting has dealt with yet."""
        return self.filter(state=ItemState.WAITING)


class AgendaItem(models.Model):
    """One thing to talk about. It waits for the community's next meeting, whichever that is, until one deals with it.

    `meeting` is the one that has it before it: set as a meeting opens, taken away if it ends without an outcome.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="agenda")
    meeting = models.ForeignKey(CommunityMeeting, on_delete=models.PROTECT, null=True, related_name="items")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    why = models.TextField(blank=True)
    # Nobody: the site itself put it here.
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    # What it is about, for the app that put it here: "objection:4". The same thing waits only once.
    ref = models.CharField(max_length=60, blank=True)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, related_name="+")
    # Not before the meeting is open may others than staff and those in office read that it is here (domain, section 5).
    from_opening = models.BooleanField(default=False)
    urgency = models.PositiveSmallIntegerField(default=0)
    # Where in the order of the pack, and for how many minutes; where nobody has said so, after the others, as it came.
    place = models.PositiveSmallIntegerField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    # Of the form it came by: sent twice it is one item.
    form_key = models.UUIDField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    outcome_words = models.TextField(blank=True)
    outcome_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind", "ref"],
                condition=Q(ref__gt="", state=ItemState.WAITING),
                name="meetings_the_same_waits_once",
            ),
            models.UniqueConstraint(fields=["by", "form_key"], name="meetings_an_item_a_form"),
            models.CheckConstraint(
                name="meetings_outcome_whole",
                condition=Q(state=ItemState.DONE, outcome__gt="", outcome_by__isnull=False, closed_at__isnull=False)
                | Q(state=ItemState.WITHDRAWN, outcome="", outcome_by__isnull=True, closed_at__isnull=False)
                | Q(state=ItemState.WAITING, outcome="", outcome_by__isnull=True, closed_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["community", "added_at"], condition=Q(state=ItemState.WAITING), name="meetings_waiting_items"
            )
        ]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"

    @property
    def own_ref(self) -> str:
        """How the record names this item: neither what it is about nor a word of it."""
        return f"agenda:{self.pk}"
