"""Danger to life or to a child: what staff are given, and the number that somebody has left for it (domain, 8).

Name, number and words lie sealed, under a key outside the database, as drafts do.
"""

import json
from dataclasses import asdict, dataclass

from django.db import models
from django.db.models import F, Q

from communities.models import Community, Membership
from moderation.lifecycle import DangerState, DangerTo
from people import sealing

_NOT_SENT = (DangerState.ASKED, DangerState.DROPPED)


@dataclass(frozen=True)
class Given:
    """What a danger notice gives to staff: a name, a number if one was left for this, and the words needed."""

    name: str = ""
    number: str = ""
    ask_for: str = ""
    words: str = ""


class LeftNumber(models.Model):
    """A telephone number that somebody has left for danger to life, and whom to ask for; theirs alone until then."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sealed = models.TextField()
    left_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"number of {self.membership_id}"

    @property
    def left(self) -> Given:
        """The number and whom to ask for; nothing where the key is another."""
        return _unsealed(self.sealed)

    @left.setter
    def left(self, given: Given) -> None:
        self.sealed = _sealed(given)


class DangerNotice(models.Model):
    """What two of the Top Three (one, if no second answers) give to staff because a life or a child is in danger.

    `adds_danger`: telling the one it is about would add danger; then neither they nor the community are told before
    staff say that it is safe (`safe_at`).
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    about = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=10, choices=DangerTo.choices)
    state = models.CharField(max_length=10, choices=DangerState.choices, default=DangerState.ASKED)
    # Blank once it is over and its time of keeping has gone by.
    sealed = models.TextField(blank=True)
    form_key = models.UUIDField()
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    disagreed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    adds_danger = models.BooleanField(default=False)
    safe_at = models.DateTimeField(null=True)
    safe_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asked_by", "form_key"], name="moderation_a_danger_once"),
            models.CheckConstraint(
                name="moderation_danger_by_others",
                condition=~Q(asked_by=F("about"))
                & (Q(agreed_by__isnull=True) | (~Q(agreed_by=F("about")) & ~Q(agreed_by=F("asked_by")))),
            ),
            models.CheckConstraint(
                name="moderation_danger_sent_whole",
                condition=Q(state__in=_NOT_SENT, sent_at__isnull=True)
                | (~Q(state__in=_NOT_SENT) & Q(sent_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="moderation_danger_closed_whole",
                condition=Q(state__in=[DangerState.ASKED, DangerState.SENT], closed_at__isnull=True)
                | Q(state__in=[DangerState.OVER, DangerState.DROPPED], closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="moderation_danger_safe_whole",
                condition=Q(safe_at__isnull=True, safe_by__isnull=True)
                | Q(safe_at__isnull=False, safe_by__isnull=False, adds_danger=True),
            ),
        ]
        indexes = [models.Index(fields=["about", "state"], name="moderation_danger_about")]

    def __str__(self) -> str:
        return f"danger notice {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it: neither whom it is about nor a word of it."""
        return f"danger notice:{self.pk}"

    @property
    def given(self) -> Given:
        """What it gives; nothing once it is blanked, or where the key is another."""
        return _unsealed(self.sealed)

    @given.setter
    def given(self, given: Given) -> None:
        self.sealed = _sealed(given)

    @property
    def is_told(self) -> bool:
        """Whether the one it is about may know of it: it went out, and telling adds no danger (any more)."""
        return self.sent_at is not None and (not self.adds_danger or self.safe_at is not None)


def _sealed(given: Given) -> str:
    return sealing.seal("danger", json.dumps(asdict(given)))


def _unsealed(sealed: str) -> Given:
    words = sealing.unseal("danger", sealed) if sealed else None
    return Given(**json.loads(words)) if words else Given()
