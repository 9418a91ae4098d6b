"""Who of those on duty has a page of the community open. Nobody else's presence is ever stored."""

from django.db import models

from communities.models import Membership


class Presence(models.Model):
    """That one of the Top Three on duty has a page open, as of `seen_at`; the row goes when the page does."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"membership {self.membership_id} here"
