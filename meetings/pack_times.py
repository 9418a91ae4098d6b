"""When each thing of a pack comes about, by its order and the time it was given: pure, the same for page and paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

# For what nobody has given a time.
USUAL_MINUTES = 10
MOST_MINUTES = 180


class Placed(Protocol):
    """A thing of an agenda with its place and time, where somebody has said so (meetings.models.AgendaItem)."""

    pk: int
    place: int | None
    minutes: int | None


@dataclass(frozen=True)
class Slot:
    """About when a thing comes, and for how many minutes."""

    at: datetime
    minutes: int


def slots(items: Iterable[Placed], begins_at: datetime) -> dict[int, Slot]:
    """The slot of each thing by its number, one after the other from the meeting's beginning, in the order given."""
    found, at = {}, begins_at
    for item in items:
        minutes = item.minutes or USUAL_MINUTES
        found[item.pk] = Slot(at, minutes)
        at += timedelta(minutes=minutes)
    return found


def whole(items: Iterable[Placed]) -> int:
    """How many minutes all of it takes."""
    return sum(item.minutes or USUAL_MINUTES for item in items)


def fingerprint(items: Sequence[Placed]) -> str:
    """What an order looked like, in short: a form that was made of another one says so."""
    by_number = sorted(items, key=lambda item: item.pk)
    return " ".join(f"{item.pk}:{item.place or ''}:{item.minutes or ''}" for item in by_number)
