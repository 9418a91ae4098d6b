"""The logbook: the record of a session in short parts, what those who were there say to it, and how it was agreed."""

from django.db import models
from django.db.models import Q

from communities.models import Membership
from meetings.lifecycle.logbook import Heading, LogbookState, ProposalState
from meetings.models.sessions import Session

LONGEST_PART = 600
MOST_PARTS = 18
# That one person would like, and nobody has answered.
MOST_WAITING = 10


class Logbook(models.Model):
    """The record of one session. Once it is agreed nothing of it changes any more.

    `edition` grows with each change of its words; who agrees names the one they saw. `commitment` and `salt`: of the
    words as they were agreed; the same commitment stands in the record. `folded`: those words as the search compares.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="logbook")
    state = models.CharField(max_length=10, choices=LogbookState.choices, default=LogbookState.WRITING)
    began_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    edition = models.PositiveIntegerField(default=1)
    # In which session it was read out.
    read_in = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="read_there")
    read_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    commitment = models.CharField(max_length=64, blank=True)
    salt = models.CharField(max_length=32, blank=True)
    folded = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_logbook_agreed_whole",
                condition=Q(state=LogbookState.AGREED, agreed_at__isnull=False, commitment__gt="", salt__gt="")
                | (~Q(state=LogbookState.AGREED) & Q(agreed_at__isnull=True, commitment="", salt="", folded="")),
            ),
            models.CheckConstraint(
                name="meetings_logbook_read_whole",
                condition=Q(read_at__isnull=True, read_in__isnull=True)
                | Q(read_at__isnull=False, read_in__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"logbook {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"logbook:{self.pk}"

    @property
    def is_agreed(self) -> bool:
        """Whether nothing of it changes any more."""
        return self.state == LogbookState.AGREED


class LogbookPart(models.Model):
    """One short piece of it. What somebody who was there asked to leave out is blank, and nothing of it is kept."""

    logbook = models.ForeignKey(Logbook, on_delete=models.PROTECT, related_name="parts")
    heading = models.CharField(max_length=10, choices=Heading.choices)
    words = models.TextField(blank=True)
    left_out = models.BooleanField(default=False)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # Of the form it came by: sent twice it is one part.
    form_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["logbook", "form_key"], name="meetings_a_part_a_form"),
            models.CheckConstraint(
                name="meetings_left_out_is_blank",
                condition=Q(left_out=True, words="") | (Q(left_out=False) & ~Q(words="")),
            ),
        ]

    def __str__(self) -> str:
        return f"part {self.pk}"


class LogbookProposal(models.Model):
    """What somebody who was there would like to have written: in place of a part, or as a new one (`part` none)."""

    logbook = models.ForeignKey(Logbook, on_delete=models.PROTECT, related_name="proposals")
    part = models.ForeignKey(LogbookPart, on_delete=models.PROTECT, null=True, related_name="+")
    heading = models.CharField(max_length=10, choices=Heading.choices)
    words = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    form_key = models.UUIDField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    settled_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "form_key"], name="meetings_a_proposal_a_form"),
            models.CheckConstraint(
                name="meetings_proposal_settled_whole",
                condition=Q(state=ProposalState.WAITING, settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(state=ProposalState.WAITING) & Q(words="", settled_by__isnull=False, settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.pk}"


class LogbookSaid(models.Model):
    """That somebody agrees with the words of this edition: as one who was there, as chair or secretary, or both."""

    logbook = models.ForeignKey(Logbook, on_delete=models.PROTECT, related_name="said")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField()
    was_there = models.BooleanField()
    leads = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["logbook", "membership"], name="meetings_agrees_once")]

    def __str__(self) -> str:
        return f"said {self.pk}"
