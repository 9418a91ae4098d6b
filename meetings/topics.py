"""What meetings are made of, topic by topic: each has its own file of addresses, rows, notices and so on."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

TOPICS = (
    "community_meeting",
    "timetable",
    "feeds",
    "polls",
    "coming",
    "register",
    "attendance",
    "letters",
    "day",
    "logbook",
    "pack",
    "staff_day",
    "local",
)


def modules(part: str) -> list[ModuleType]:
    """The topics' own modules of one kind ("access", "urls"), in this order; a topic that has none is left out."""
    names = [f"meetings.{part}.{topic}" for topic in TOPICS]
    return [import_module(name) for name in names if find_spec(name) is not None]
