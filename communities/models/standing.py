"""Since when a membership has stood as it does, and how it stood before: what counting from nothing asks."""

from django.db import models

from communities.lifecycle import State
from communities.models.members import Membership


class StateSince(models.Model):
    """From `since` on, until the next row's, the membership was in this state. Rows are added and never changed.

    `communities.services.change_state` writes them. A member from before there were such rows has one from the time of
    their state then; before it, nobody knows.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="states")
    state = models.CharField(max_length=12, choices=State.choices)
    since = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["membership", "since"], name="communities_state_since")]
        ordering = ("since", "pk")

    def __str__(self) -> str:
        return f"state of {self.membership_id}"
