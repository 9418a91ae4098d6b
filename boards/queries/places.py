"""A place in an order by time and number, as an address carries it."""

from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, order=True)
class Place:
    """A place in an order by (time, id), as an address carries it: "2026-11-23T01:02:03.000004+00:00,17"."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, written: str) -> "Place | None":
        """Read it from an address; None for anything else (the first page is shown)."""
        try:
            at, pk = written.split(",")
            moment = datetime.fromisoformat(at)
            place = cls(moment.astimezone(UTC), int(pk))
        except (ValueError, OverflowError):
            return None
        return place if moment.tzinfo and 0 < place.pk < 2**63 else None

    def __str__(self) -> str:
        return f"{self.at.isoformat()},{self.pk}"
