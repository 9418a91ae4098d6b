"""Words from the board or the log that are copied for a meeting. No word is stored twice: a copy names versions."""

from django.db import models
from django.db.models import Q

from boards.models import Post
from communities.models import Membership
from meetings.lifecycle import PieceState
from meetings.models.agenda import AgendaItem


class Copy(models.Model):
    """What makes an agenda item a copy: who else of the Top Three joined, and which names are taken out as well.

    It holds no words of a post: what is shown is read from the versions each time, so that what was erased is gone.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, related_name="copy")
    # Beside the names of everybody here: what its bringer wants taken out, one a line.
    names_out = models.TextField(blank=True)
    seconded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, null=True, related_name="+")
    seconded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="meetings_seconded_whole",
                condition=Q(seconded_by__isnull=True, seconded_at__isnull=True)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"copy {self.pk}"


class CopiedPost(models.Model):
    """One version of a post in a copy. Its author was told at `told_at`, before anybody else could read it there."""

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="pieces")
    place = models.PositiveSmallIntegerField()
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    author = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=PieceState.choices, default=PieceState.ASKED)
    told_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["copy", "post", "version"], name="meetings_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"piece {self.pk}"

    @property
    def ref(self) -> str:
        """How the record, and an objection, name this piece."""
        return f"copy:{self.pk}"
