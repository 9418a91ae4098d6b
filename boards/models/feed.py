"""What changed on the board after it had appeared: the rows of the feed (domain, section 6).

Appearances have no rows: a post appears at its own `visible_at`, whether or not anything runs.
"""

from django.db import models

from boards.models.posts import Post, Thread
from communities.models import Community


class Change(models.Model):
    """One change of a post that others had read. Written where a post moves (boards.way), in the same transaction."""

    class Kind(models.TextChoices):
        BACK = "back"
        BLANKED = "blanked"
        HIDDEN = "hidden"
        REMOVED = "removed"

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+", db_index=False)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["community", "at"], name="boards_changes_of_community"),
            models.Index(fields=["thread", "at"], name="boards_changes_of_thread"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of post {self.post_id}"
