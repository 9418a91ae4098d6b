"""Sharing the load: what those who look after the board write down of it for the meeting."""

from django.db import models

from communities.models import Community, Membership


class Debrief(models.Model):
    """A few words of how it was to look after the board, to talk about at the next meeting.

    Read by the Top Three in office and by whoever wrote it. The agenda says only that there is one.
    """

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    # Of the form and the words in it: the same form sent twice is one note.
    form_key = models.UUIDField()
    made_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "form_key"], name="moderation_a_debrief_once")]
        indexes = [models.Index(fields=["community", "made_at"], name="moderation_debriefs")]

    def __str__(self) -> str:
        return self.ref

    @property
    def ref(self) -> str:
        """How the record and the agenda name it: not a word of it."""
        return f"debrief:{self.pk}"
