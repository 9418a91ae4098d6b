"""Votes: what is asked, the roll of who may vote and who has, and the one sealed box of all ballots (ADR 0022)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from communities.models import Community, Membership
from elections.lifecycle import Majority, PollState


class Poll(models.Model):
    """One vote. Options and roll are frozen at its opening; nothing of a choice ever stands in this row.

    `purpose` and `subject` say what it is for ("motion", "motion:7"); `elections.outcomes` knows what follows from it.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="polls")
    purpose = models.CharField(max_length=20)
    subject = models.CharField(max_length=60)
    secret = models.BooleanField()
    # The shown words, in their order; an option's number is its place.
    options = models.JSONField()
    # How many options one ballot may name; none: any number.
    most = models.PositiveSmallIntegerField(null=True)
    # How many options win.
    seats = models.PositiveSmallIntegerField(default=1)
    # Of a yes or no: how many of a hundred on the roll must have voted, and how many must say yes. "" for elections.
    quorum = models.PositiveSmallIntegerField(default=0)
    majority = models.CharField(max_length=14, choices=Majority.choices, blank=True)
    electorate = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=PollState.choices, default=PollState.OPEN)
    opened_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    # How often it was opened: more than once where a key was lost and it is held again.
    attempt = models.PositiveSmallIntegerField(default=1)
    # Which file holds the election key; "" once it is destroyed, and for open votes.
    key_name = models.CharField(max_length=32, blank=True)
    closed_at = models.DateTimeField(null=True)
    # The fingerprint of the box at the close: who comes first where options are level.
    lot = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)
    # What may be said of the count, and nothing beyond it.
    outcome = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="elections_poll_forwards", condition=Q(closes_at__gt=F("opened_at"))),
            models.CheckConstraint(
                name="elections_poll_ended_whole",
                condition=Q(state=PollState.COUNTED, ended_at__isnull=False, outcome__isnull=False)
                | Q(state=PollState.CANCELLED, ended_at__isnull=False, outcome__isnull=True)
                | Q(state__in=[PollState.OPEN, PollState.CLOSED], ended_at__isnull=True, outcome__isnull=True),
            ),
            models.CheckConstraint(
                name="elections_lot_before_the_count",
                condition=Q(state__in=[PollState.OPEN, PollState.CANCELLED], lot="", closed_at__isnull=True)
                | Q(state__in=[PollState.CLOSED, PollState.COUNTED], lot__gt="", closed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["community", "state"], name="elections_polls_by_state"),
            models.Index(
                fields=["closes_at"],
                condition=Q(state__in=[PollState.OPEN, PollState.CLOSED]),
                name="elections_polls_due",
            ),
        ]

    def __str__(self) -> str:
        return f"poll {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this vote."""
        return f"poll:{self.pk}"

    def is_due(self, now: datetime) -> bool:
        """Whether its close has come and it is not counted yet."""
        return self.state in {PollState.OPEN, PollState.CLOSED} and now >= self.closes_at


class Elector(models.Model):
    """One line of the roll: who may vote, and whether they have. Never when, and nothing of how."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="roll")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    has_voted = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "membership"], name="elections_once_on_a_roll")]

    def __str__(self) -> str:
        return f"elector of {self.poll_id}"


class Box(models.Model):
    """All ballots of one secret vote in one sealed piece of constant length, written anew as a whole with each vote.

    Of an open vote it holds a number drawn anew with each vote, for the lot alone.
    """

    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, related_name="box")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"box of {self.poll_id}"


class OpenVote(models.Model):
    """What one member said in a vote that is not secret; shown after its close."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="open_votes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "membership"], name="elections_one_open_vote_each")]

    def __str__(self) -> str:
        return f"open vote in {self.poll_id}"
