"""Diaries that people's own calendars read."""

from django.db import models
from django.db.models import Q

from communities.models import Membership
from meetings.lifecycle.feeds import CalledBy, Holds

LONGEST_OWN_WORDS = 40


class DiaryFeed(models.Model):
    """One member's diary, at an address that only they were shown.

    `token_digest` is all that is kept of the address (people.sealing). `used_at` is the last reading, to the hour.
    """

    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, related_name="diary")
    token_digest = models.CharField(max_length=64, unique=True)
    called_by = models.CharField(max_length=10, choices=CalledBy.choices, default=CalledBy.NEUTRAL)
    own_words = models.CharField(max_length=LONGEST_OWN_WORDS, blank=True)
    holds = models.CharField(max_length=10, choices=Holds.choices, default=Holds.ALL)
    with_place = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_diary_words_whole",
                condition=Q(called_by=CalledBy.OWN_WORDS, own_words__gt="")
                | (~Q(called_by=CalledBy.OWN_WORDS) & Q(own_words="")),
            )
        ]

    def __str__(self) -> str:
        return f"diary {self.pk}"
