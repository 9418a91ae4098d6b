"""Whoever wants to know that somebody's notices have changed: called after the commit, with numbers of people only.

Upper apps plug in here (live pages), because notices lie below them.
"""

from collections.abc import Callable, Iterable

from django.db import transaction

Listener = Callable[[list[int]], None]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Plug in, in an app's `ready()`: `listener(person_ids)` is called when these people's notices are not what they
    were: something became due, was seen or was taken back. It may fail without harm: the rows are the truth."""
    _listeners.append(listener)


def changed(people: Iterable[int]) -> None:
    """Say after the commit that these people's notices have changed; called inside the transaction that did it."""
    ids = sorted(set(people))
    if ids:
        for listener in _listeners:
            _call_later(listener, ids)


def _call_later(listener: Listener, people: list[int]) -> None:
    def call() -> None:  # a partial would do, but Django's log line of a failed one needs a name
        listener(people)

    transaction.on_commit(call, robust=True)
