"""What somebody looks for in the verbatim log."""

from dataclasses import dataclass
from datetime import datetime

EVERYTHING, WORDS, HELD, DECIDED, QUIET = "", "words", "held", "decided", "quiet"


@dataclass(frozen=True)
class Asked:
    """By whom, in which thread, between which moments, of which kind; nothing given is everything."""

    person: int | None = None
    thread: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    kind: str = EVERYTHING

    @property
    def narrowed_by(self) -> list[str]:
        """By what it is narrowed, for the record: never to whom or to what."""
        given = {"person": self.person, "thread": self.thread, "time": self.since or self.until, "kind": self.kind}
        return [name for name, value in given.items() if value]
