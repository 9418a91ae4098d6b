"""Since when a membership has stood as it does, and how it stood before: what counting from nothing asks."""

from datetime import datetime

from django.db import models
from django.db.models.functions import Coalesce

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


def state_at(moment: datetime) -> Coalesce:
    """How each membership stood at a moment, for a question about memberships; "" where they were not here, or nobody
    knows."""
    rows = StateSince.objects.filter(membership=models.OuterRef("pk"), since__lte=moment).order_by("-since", "-pk")
    # Without a row that early there is only how they stand now, if that is since then.
    now = models.Case(models.When(state_since__lte=moment, then="state"), default=models.Value(""))
    return Coalesce(models.Subquery(rows.values("state")[:1]), now)
