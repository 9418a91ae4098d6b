"""The register of a session: who was there, who sent apologies, and every change of it."""

from django.db import models

from communities.models import Membership
from meetings.lifecycle.coming import Was
from meetings.models.sessions import Session


class Register(models.Model):
    """That somebody took the register of a session. Without one the session counts for nobody (domain, section 2).

    `edition` grows with each change: who saves names the one they saw.
    """

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="register")
    taken_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    # How many guests there were. They have no names here.
    guests = models.PositiveSmallIntegerField(default=0)
    edition = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"register {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names it."""
        return f"register:{self.pk}"


class Mark(models.Model):
    """How one member stands in a register. Who has none in a register that was taken was not there."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="marks")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="marks")
    was = models.CharField(max_length=8, choices=Was.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "membership"], name="meetings_marked_once")]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class MarkChange(models.Model):
    """The trace of a correction: what a mark was, what it became, by whom and when. Nothing of it changes.

    `was` is "" where there was no mark, `became` where it was taken away.
    """

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="changes")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    was = models.CharField(max_length=8, choices=Was.choices, blank=True)
    became = models.CharField(max_length=8, choices=Was.choices, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"change of a mark {self.pk}"
