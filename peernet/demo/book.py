"""The demo's files, read: who there is, and what they wrote when. Times are counted from the demo's first start."""

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from communities.hours import LONDON

HERE = Path(__file__).parent
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ACTS = frozenset({"top_three", "alternate", "caretaker"})


@dataclass(frozen=True)
class DemoPerson:
    """A line of people.toml."""

    key: str
    display_name: str
    sign_in_name: str
    table: dict[str, Any]

    @property
    def roles(self) -> list[str]:
        return list(self.table["roles"])

    @property
    def community(self) -> str:
        return str(self.table["community"])

    @property
    def is_staff(self) -> bool:
        return bool(self.table["kind"] == "staff")

    @property
    def has_second_step(self) -> bool:
        """Those who act for others can't do so without one; for the rest it is their own choice."""
        return self.is_staff or bool(ACTS & set(self.roles))


@cache
def people() -> list[DemoPerson]:
    """Everybody of the demo, in the file's order."""
    tables = tomllib.loads((HERE / "people.toml").read_text())["person"]
    return [DemoPerson(row["key"], row["display_name"], row["sign_in_name"], row) for row in tables]


@cache
def community(slug: str) -> dict[str, Any]:
    """A community's file: what it is, and its threads."""
    return tomllib.loads((HERE / f"{slug}.toml").read_text())


def day(written: str, start: datetime) -> datetime:
    """A moment written as "-21d": that many days from the start, at the same hour."""
    return start + timedelta(days=int(written.removesuffix("d")))


def moment(written: str, start: datetime) -> datetime:
    """A moment written as "-19d 21:40" (London's clock), "now" or "now -4h"."""
    if written.startswith("now"):
        return start - timedelta(hours=int(written[4:].strip("-h") or 0))
    days, clock_time = written.split()
    on = start.astimezone(LONDON).date() + timedelta(days=int(days.removesuffix("d")))
    return datetime.combine(on, time.fromisoformat(clock_time), LONDON)


def stretches(rows: list[dict[str, str]]) -> list[tuple[int, time, time]]:
    """Weekly hours as `communities.services.set_hours` takes them."""
    found = []
    for row in rows:
        first, _dash, last = row["days"].partition("-")
        for weekday in range(DAYS.index(first), DAYS.index(last or first) + 1):
            found.append((weekday, time.fromisoformat(row["from"]), time.fromisoformat(row["to"])))
    return found
