"""What a community meeting agreed about a thread, as it stands in that thread."""

from django.db import models

from boards.models.posts import Thread


class ThreadNote(models.Model):
    """A note at the top of a thread: in few words what the meeting said. Written from above (meetings), read here."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="notes", db_index=False)
    words = models.TextField(blank=True)
    # The day of the meeting.
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["thread", "-at"], name="boards_notes_of_thread")]

    def __str__(self) -> str:
        return f"note {self.pk} in thread {self.thread_id}"
