"""What somebody is to be told, and the mails that go out for it. Rows first: the queue may lose a hint, never a row."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from notices import kinds


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, person: models.Model, now: datetime) -> "NoticeQuerySet":
        """Those this person can see now: due, and not taken back."""
        return self.filter(person=person, withdrawn_at=None, due_at__lte=now)

    def older_than(self, place: tuple[datetime, int] | None) -> "NoticeQuerySet":
        """Those after this place in a list that has the newest first."""
        if place is None:
            return self
        at, pk = place
        return self.filter(Q(due_at__lt=at) | Q(due_at=at, pk__lt=pk))


class Notice(models.Model):
    """One thing one person is told. It points at a page and never holds a word of what is there."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    # The same thing told twice is told once.
    key = models.CharField(max_length=200, unique=True)
    path = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-due_at", "-id"], name="notices_of_a_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"), name="notice_path_is_ours"
            )
        ]

    def __str__(self) -> str:
        return f"notice {self.pk}"

    @property
    def sentence(self) -> str:
        """What this kind of notice says in the site."""
        return str(kinds.get(self.kind).sentence)

    @property
    def words_id(self) -> str:
        """The id of that sentence in a page, for the button beside it to refer to."""
        return f"notice-{self.pk}"


class Trouble(models.TextChoices):
    """Why the last try failed: the server's fault passes for all mails at once, an address's is its own."""

    SERVER = "server"
    ADDRESS = "address"


class Outcome(models.TextChoices):
    """How a mail ended."""

    SENT = "sent"
    # No longer wanted or allowed when its time came, or nobody to send it to.
    DROPPED = "dropped"
    GAVE_UP = "gave_up"


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def waiting(self) -> "OutgoingQuerySet":
        """Those that are still to be sent."""
        return self.filter(closed_at=None)

    def due(self, now: datetime) -> "OutgoingQuerySet":
        """Those to try now, in the order in which they were due."""
        return self.waiting().filter(due_at__lte=now, again_at__lte=now).order_by("due_at", "id")


class Outgoing(models.Model):
    """One mail to send: for a notice (the words are always the same), or to an account's address with a code."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, null=True, related_name="outgoing")
    way = models.CharField(max_length=10, default="email")
    # Of account mails only, and blank again once the row is closed.
    address = models.EmailField(blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    due_at = models.DateTimeField()
    # When to try (again); it moves with each failure, `due_at` keeps the place in the order.
    again_at = models.DateTimeField()
    useless_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = OutgoingQuerySet.as_manager()

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


class MailChoice(models.Model):
    """Whether somebody wants a mail when there is something new. No row: yes."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    wanted = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"mail choice of person {self.person_id}"
