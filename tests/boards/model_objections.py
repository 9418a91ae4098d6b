"""What was decided about a post and what came of an objection, as plain Python; see tests/boards/model.py."""

from dataclasses import dataclass, field
from datetime import datetime

OPEN = {"open", "at_meeting"}
OBJECTABLE = {"return", "hide", "remove", "warn"}


@dataclass
class Objected:
    made_at: datetime
    state: str = "open"
    first: str | None = None

    @property
    def open(self) -> bool:
        return self.state in OPEN


@dataclass
class Taken:
    """One decision: who took part, and whether it waits for a second."""

    verb: str
    people: set[str]
    waits: bool = False
    by_two: bool = False


@dataclass
class Case:
    taken: list[Taken] = field(default_factory=list)
    told: tuple[str, datetime] | None = None
    objection: Objected | None = None

    def voice(self, by: str, verb: str) -> None:
        self.taken.append(Taken(verb, {by}, waits=True))

    def take(self, by: str, verb: str) -> None:
        self.taken.append(Taken(verb, {by}))

    def join(self, by: str) -> None:
        one = next(one for one in self.taken if one.waits)
        one.people.add(by)
        one.waits, one.by_two = False, True

    def lapse(self) -> None:
        self.taken = [one for one in self.taken if not one.waits]

    def tell(self, verb: str, now: datetime) -> None:
        self.told = (verb, now)

    def took_part(self) -> set[str]:
        return set().union(*(one.people for one in self.taken if one.verb in OBJECTABLE))

    def fewest(self) -> int:
        verb = self.told[0] if self.told else ""
        return 2 if any(one.by_two and one.verb == verb for one in self.taken) else 1

    def bring(self) -> None:
        if self.objection is not None:
            self.objection.state, self.objection.first = "at_meeting", None

    def undone_by_others(self) -> None:
        if self.objection is not None and self.objection.open:
            self.objection.state = "undone"
