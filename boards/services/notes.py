"""A note in a thread: what a community meeting said about it."""

from datetime import datetime

from boards.models import Thread
from boards.models.notes import ThreadNote


def note_in_thread(*, thread: Thread, words: str, at: datetime) -> ThreadNote:
    """Put a note at the top of a thread. Called by meetings in its transaction, which authorised and records it."""
    return ThreadNote.objects.create(thread=thread, words=words, at=at)
