"""A session's time in plain words."""

from meetings.models.sessions import Session
from meetings.when import when_words


def when_of(session: Session) -> str:
    """“Tuesday 3 February, 7 pm to 8:30 pm”."""
    return when_words(session.starts_at, session.ends_at)
