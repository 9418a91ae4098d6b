"""Whoever counts attendance is told, in the transaction in which a register is taken or corrected."""

from collections.abc import Callable
from datetime import datetime

from meetings.models.sessions import Session

Listener = Callable[[Session, datetime], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Plug in, once, as the site starts: `listener(session, now)` runs in the transaction, under the session's lock."""
    _listeners.append(listener)


def changed(session: Session, now: datetime) -> None:
    """Say that the register of this session is not what it was. Called by the service that changed it."""
    for listener in _listeners:
        listener(session, now)
