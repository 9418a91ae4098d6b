"""What is still to go out: mails and pushes, each a row that is claimed, tried and closed."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from notices.models.notices import Notice
from notices.models.phones import Phone

# Whoever claimed an errand this long ago and has not closed it has died: a server is given 10 seconds.
CLAIM_DIES_AFTER = timedelta(minutes=5)
# A server that is gone for longer than this has taken the moment of the notice with it.
TRIED_FOR = timedelta(days=2)


class Trouble(models.TextChoices):
    """Why the last try failed: the server's fault passes for all errands at once, an address's is its own."""

    SERVER = "server"
    ADDRESS = "address"


class Outcome(models.TextChoices):
    """How an errand ended."""

    SENT = "sent"
    # It went out as one with others that had waited for the same moment.
    TOGETHER = "together"
    # No longer wanted or allowed when its time came, or nobody to send it to.
    DROPPED = "dropped"
    GAVE_UP = "gave_up"


def unclaimed(at: datetime) -> Q:
    """Errands that nobody is running just now."""
    return Q(claimed_at=None) | Q(claimed_at__lte=at - CLAIM_DIES_AFTER)


class ErrandQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Those that are still to be sent."""
        return self.filter(closed_at=None)

    def free(self, at: datetime) -> Self:
        """Waiting, and in nobody's hands."""
        return self.waiting().filter(unclaimed(at))

    def due(self, now: datetime) -> Self:
        """Those to try now, in the order in which they were due."""
        return self.waiting().filter(due_at__lte=now, again_at__lte=now).order_by("due_at", "id")

    def to_knock(self, at: datetime) -> Self:
        """Those that wait because a server was unwell: the oldest knocks at each sweep."""
        return self.free(at).filter(due_at__lte=at, trouble=Trouble.SERVER).order_by("due_at", "id")


class Errand(models.Model):
    """One thing to send, once: it is claimed by a conditional UPDATE, tried again after a failure, and then closed."""

    due_at = models.DateTimeField()
    # When to try (again); it moves with each failure, `due_at` keeps the place in the order.
    again_at = models.DateTimeField()
    useless_at = models.DateTimeField()
    # The end of quiet hours, or the hour of the daily one: all that wait for the same moment go out as one.
    together_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects: ClassVar[Any] = ErrandQuerySet.as_manager()

    # Whose errands go out as one, as a path to a field.
    TOGETHER_BY: ClassVar[str]
    # What is forgotten at the end.
    BLANK: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True


class Outgoing(Errand):
    """One mail to send: for a notice (the words are always the same), or to an account's address with a code."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, null=True, related_name="outgoing")
    way = models.CharField(max_length=10, default="email")
    # Of account mails only, and blank again once the row is closed.
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    TOGETHER_BY = "notice__person_id"
    BLANK = {"address": "", "subject": "", "body": ""}

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="outgoing_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(notice=None) | Q(address="", subject="", body=""), name="notice_mails_hold_no_words"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(address="", subject="", body=""), name="closed_mails_are_blank"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"outgoing {self.pk}"


class Push(Errand):
    """One push to one phone for one notice. A table of its own: the release before would send it as a mail."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="pushes")
    phone = models.ForeignKey(Phone, on_delete=models.CASCADE, related_name="pushes")

    TOGETHER_BY = "phone_id"

    class Meta:
        indexes = [models.Index(fields=["due_at", "id"], condition=Q(closed_at=None), name="notices_pushes_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["notice", "phone"], name="notices_a_push_once"),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="notices_push_closed_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"push {self.pk}"
