"""The bank of lead service users: who is learning, who is ready, since when and until when."""

from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from communities.lifecycle import State
from communities.models import Membership
from outofhours.lifecycle import Item, PlaceState, SignsAs


class BankPlace(models.Model):
    """A member's own place in the bank. Stepping down needs no reason, and the place stays for coming back."""

    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="bank_place")
    state = models.CharField(max_length=12, choices=PlaceState.choices, default=PlaceState.LEARNING)
    registered_at = models.DateTimeField()
    state_since = models.DateTimeField()
    # When the second of two signed the training off; it stays true after stepping down.
    signed_off_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outofhours_ready_is_signed_off",
                condition=~Q(state=PlaceState.READY) | Q(signed_off_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"bank place:{self.pk}"


class BankTermQuerySet(models.QuerySet["BankTerm"]):
    def in_force(self, now: datetime) -> Self:
        """Terms of those who are here now and have been since the term began.

        Like an office, it ends with a break, a suspension or leaving, and coming back does not bring it back.
        """
        still = Q(ended_at__isnull=True) | Q(ended_at__gt=now)
        here = Q(place__membership__state=State.ACTIVE, place__membership__state_since__lte=F("starts_at"))
        return self.filter(still, here, starts_at__lte=now)


class BankTerm(models.Model):
    """A time in which somebody is in the bank: from being signed off, or coming back, to stepping down."""

    place = models.ForeignKey(BankPlace, on_delete=models.PROTECT, related_name="terms")
    starts_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = BankTermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place"], condition=Q(ended_at__isnull=True), name="outofhours_one_open_term"
            ),
            models.CheckConstraint(
                name="outofhours_term_forwards", condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("starts_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"bank term {self.pk}"


class Learnt(models.Model):
    """One part of the checklist, ticked by whoever learns."""

    place = models.ForeignKey(BankPlace, on_delete=models.PROTECT, related_name="learnt")
    item = models.CharField(max_length=12, choices=Item.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "item"], name="outofhours_learnt_once")]

    def __str__(self) -> str:
        return f"{self.item} of {self.place_id}"


class SignOff(models.Model):
    """One of the two who say that they have talked the whole checklist through with somebody."""

    place = models.ForeignKey(BankPlace, on_delete=models.PROTECT, related_name="sign_offs")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    signs_as = models.CharField(max_length=10, choices=SignsAs.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "by"], name="outofhours_signed_once_each")]

    def __str__(self) -> str:
        return f"sign-off of {self.place_id}"
