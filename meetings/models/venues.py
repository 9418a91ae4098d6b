"""Places where groups meet, with how to get there and how to get in."""

from django.db import models

from communities.models import Community
from meetings.lifecycle.timetable import StepFree, VenueState


class Venue(models.Model):
    """A place where groups meet."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="venues")
    name = models.CharField(max_length=80)
    address = models.CharField(max_length=300, blank=True)
    travel = models.TextField(blank=True)
    step_free = models.CharField(max_length=10, choices=StepFree.choices, default=StepFree.ASK)
    step_free_words = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=VenueState.choices, default=VenueState.IN_USE)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="meetings_one_venue_of_a_name")]

    def __str__(self) -> str:
        return f"venue {self.pk}"

    @property
    def ref(self) -> str:
        """How the record names this place."""
        return f"venue:{self.pk}"
