"""What the page for the room shows: each part at its time, where we are, and the record to be read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from communities.hours import clock_words
from meetings.day.order import Timed, place
from meetings.day.ours import HELP
from meetings.lifecycle.day import PartKind


def as_shown(parts: Sequence[Timed], now: datetime) -> dict[str, Any]:
    """The order as the page takes it: rows with their times, and whether the session is ahead, on or over."""
    on = place(parts, now)
    shown = [
        {
            "title": part.part.title,
            "help": HELP.get(PartKind(part.part.kind), ""),
            "is_reading": part.part.kind == PartKind.READING,
            "when": clock_words(timezone.localtime(part.begins_at).time().replace(second=0, microsecond=0)),
            "begins_at": part.begins_at,
            "ends_at": part.ends_at,
            "minutes": part.minutes,
            "is_on": n == on,
            "is_over": n < on,
        }
        for n, part in enumerate(parts)
    ]
    return {"order": shown, "is_ahead": on < 0, "is_after": on >= len(parts) > 0}
