"""Elections, who stands in them, and who steps in where fewer than two could decide (ADR 0023)."""

from django.db import models
from django.db.models import F, Q

from communities.lifecycle import Office
from communities.models import Community, Membership, TermOfOffice
from elections.lifecycle import RUNNING, ElectionKind, ElectionState, StandingState, WhyEnded
from elections.models.polls import Poll


class Election(models.Model):
    """Choosing members for seats of the Top Three, or saying whether the caretakers stay."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="elections")
    kind = models.CharField(max_length=12, choices=ElectionKind.choices)
    state = models.CharField(max_length=10, choices=ElectionState.choices)
    opened_at = models.DateTimeField()
    # Until when people can stand; none for a vote on the caretakers.
    nominations_close_at = models.DateTimeField(null=True)
    # How often that time went on because nobody stood.
    prolonged = models.PositiveSmallIntegerField(default=0)
    # How many seats and alternates there are, as the rules had it when the vote opened: it never fills more.
    places = models.PositiveSmallIntegerField(default=0)
    poll = models.OneToOneField(Poll, on_delete=models.PROTECT, null=True, related_name="election")
    ended_at = models.DateTimeField(null=True)
    # Of a vote on the caretakers: whether they stay.
    confirmed = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(state__in=sorted(RUNNING)) & ~Q(kind=ElectionKind.CONFIRMATION),
                name="elections_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(state__in=sorted(RUNNING), kind=ElectionKind.CONFIRMATION),
                name="elections_one_confirmation_at_a_time",
            ),
            models.CheckConstraint(
                name="elections_election_ended_whole",
                condition=Q(state__in=sorted(RUNNING), ended_at__isnull=True)
                | (~Q(state__in=sorted(RUNNING)) & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="elections_vote_has_a_poll",
                condition=Q(state__in=[ElectionState.NOMINATING, ElectionState.CALLED_OFF], poll__isnull=True)
                | Q(
                    state__in=[ElectionState.VOTING, ElectionState.DECIDED, ElectionState.UNDECIDED],
                    poll__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"election {self.pk}"

    @property
    def ref(self) -> str:
        """How the record and the vote name it."""
        return f"election:{self.pk}"

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING


class Nomination(models.Model):
    """Somebody's name put forward, by themselves or by another whom they may answer yes or no.

    Others see it only once its member has said yes. `option`: their place on the voting paper.
    """

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="nominations")
    candidate = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="nominations")
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=StandingState.choices)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    option = models.PositiveSmallIntegerField(null=True)
    # What they were elected as; "" for nothing (yet).
    elected_as = models.CharField(max_length=10, choices=Office.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["election", "candidate"], name="elections_stands_once"),
            models.UniqueConstraint(
                fields=["election", "option"], condition=Q(option__isnull=False), name="elections_one_to_a_place"
            ),
            models.CheckConstraint(
                name="elections_asked_by_another",
                condition=~Q(state__in=[StandingState.ASKED, StandingState.DECLINED]) | ~Q(candidate=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"nomination {self.pk}"


class StandIn(models.Model):
    """A former officer who has said that they would step in for a while, if fewer than two could decide."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="stands_in")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(ended_at__isnull=True), name="elections_says_so_once"
            )
        ]

    def __str__(self) -> str:
        return f"stand-in {self.membership_id}"


class EarlyEnd(models.Model):
    """That a term ended before its time, and in which way. Who was recalled is not asked to step in again."""

    term = models.OneToOneField(TermOfOffice, on_delete=models.PROTECT, related_name="early_end")
    why = models.CharField(max_length=12, choices=WhyEnded.choices)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"early end of {self.term_id}"
