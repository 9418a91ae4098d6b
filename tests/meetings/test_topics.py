"""Each topic's files are found by its name: a file of any other name would be passed over."""

import pkgutil
from pathlib import Path

import meetings
from meetings.topics import TOPICS, modules

COLLECTED = ("access", "notifications", "own_data", "seeing", "urls")


def test_every_collected_file_is_a_topics() -> None:
    for part in COLLECTED:
        names = {found.name for found in pkgutil.iter_modules([str(Path(meetings.__path__[0], part))])}
        assert names <= set(TOPICS)
        assert len(modules(part)) == len(names)
