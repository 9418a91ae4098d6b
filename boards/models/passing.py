"""Who of those asked to look at something has handed it to the others."""

from django.db import models

from communities.models import Membership


class HandedOn(models.Model):
    """One of those who look has asked the others to look at this instead; written from above (moderation).

    From then on nobody says that this person looks: not to whoever waits, not to the sweep that follows it up. It is
    no conflict: they may decide all the same. `case` is what the record calls the thing: "post:5", "report:3".
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    case = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "membership"], name="boards_handed_on_once")]

    def __str__(self) -> str:
        return f"{self.case} handed on by {self.membership_id}"
