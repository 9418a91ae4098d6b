"""Somebody who has not been seen: the group's letter to them, how it reached them, and coming back."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q

from clock.london import day_of
from communities.models import Community, Membership
from meetings.attendance import Counts
from meetings.lifecycle.attendance import (
    OPEN_ABSENCES,
    AbsenceOutcome,
    AbsenceState,
    After,
    ComeBackState,
    LetterAnswer,
    Reached,
    WithPlan,
)
from meetings.models.sessions import Session

LONGEST_LETTER = 3000


class AbsenceCase(models.Model):
    """One letter of the group to somebody they have not seen, from its beginning to its end.

    The rule as it was when it began stands in it (`counts` to `months`), so that a change of rules meets nobody in the
    middle. `units` are the days or weeks it was begun for, as they were counted; whether they still stand, counting
    says (meetings.attendance). `answer_by`: the last day to answer.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="absences")
    counts = models.CharField(max_length=20, choices=[(value.value, value.value) for value in Counts])
    needed = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    after = models.CharField(max_length=10, choices=After.choices)
    months = models.PositiveSmallIntegerField()
    units = models.JSONField()
    state = models.CharField(max_length=10, choices=AbsenceState.choices, default=AbsenceState.WRITING)
    begun_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answer_by = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=LetterAnswer.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=AbsenceOutcome.choices, blank=True)
    # Of what one decided: who, how the letter names them, and what they wrote.
    decided_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=120, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(state__in=sorted(OPEN_ABSENCES)), name="meetings_one_open_absence"
            ),
            models.CheckConstraint(
                name="meetings_absence_closed_whole",
                condition=Q(state__in=sorted(OPEN_ABSENCES), closed_at__isnull=True, outcome="")
                | (~Q(state__in=sorted(OPEN_ABSENCES)) & Q(closed_at__isnull=False, outcome__gt="")),
            ),
            models.CheckConstraint(
                name="meetings_absence_reached_whole",
                condition=~Q(state__in=[AbsenceState.REACHED, AbsenceState.PROPOSED]) | Q(answer_by__isnull=False),
            ),
            models.CheckConstraint(
                name="meetings_absence_not_by_oneself",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("membership")),
            ),
        ]
        indexes = [models.Index(fields=["community", "state"], name="meetings_absences_of")]

    def __str__(self) -> str:
        return f"absence {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it: not whom it is about."""
        return f"absence:{self.pk}"

    @property
    def row(self) -> tuple[date, ...]:
        """The first days of the programme days or weeks it was begun for."""
        return tuple(date.fromisoformat(day) for day in self.units)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ABSENCES

    def is_overdue(self, now: datetime) -> bool:
        """Whether the letter has reached them and its days are over: from the day after the last one."""
        reached = self.state in {AbsenceState.REACHED, AbsenceState.PROPOSED}
        return reached and self.answer_by is not None and day_of(now) > self.answer_by


class LetterWords(models.Model):
    """One version of the group's letter. The newest holds; the first is the site's own beginning (`by` nobody)."""

    case = models.ForeignKey(AbsenceCase, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    words = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="meetings_letter_version_once")]
        ordering = ("number",)

    def __str__(self) -> str:
        return f"letter {self.case_id}, version {self.number}"


class LetterVoice(models.Model):
    """That a member says yes to one version of the words. Whoever wrote it has said so by writing it."""

    letter = models.ForeignKey(LetterWords, on_delete=models.PROTECT, related_name="voices")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "by"], name="meetings_letter_voice_each")]

    def __str__(self) -> str:
        return f"voice on letter {self.letter_id}"


class LetterReached(models.Model):
    """How and when a letter reached somebody: they opened it, or somebody wrote down that they have it.

    `taken_back_at`: that was a mistake.
    """

    case = models.ForeignKey(AbsenceCase, on_delete=models.PROTECT, related_name="reached")
    how = models.CharField(max_length=6, choices=Reached.choices)
    on = models.DateField()
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(taken_back_at__isnull=True), name="meetings_letter_reached_once"
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.case_id} reached"


class ComeBackAsked(models.Model):
    """Somebody inactive asks to come back, to a session they chose or just so."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="come_backs")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(blank=True)
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ComeBackState.choices, default=ComeBackState.OPEN)
    closed_at = models.DateTimeField(null=True)
    welcomed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.CharField(max_length=10, choices=WithPlan.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(state=ComeBackState.OPEN), name="meetings_one_come_back_open"
            ),
            models.CheckConstraint(
                name="meetings_come_back_whole",
                condition=Q(state=ComeBackState.OPEN, closed_at__isnull=True, welcomed_by__isnull=True)
                | Q(state=ComeBackState.WELCOMED, closed_at__isnull=False, welcomed_by__isnull=False)
                | Q(state=ComeBackState.GONE, closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"come back {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"come back:{self.pk}"
