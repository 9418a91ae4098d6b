"""Who would rather not be asked to read other people's plans."""

from django.db import models

from communities.models import Membership


class NotAsked(models.Model):
    """One member's own choice: nobody finds them among those to whom a plan can be opened. No reason is kept."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"not asked: {self.membership_id}"
