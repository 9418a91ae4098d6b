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


def test_no_two_topics_name_an_address_alike() -> None:
    names = [(address.name, topic.__name__) for topic in modules("urls") for address in topic.urlpatterns]
    rows = [(name, topic.__name__) for topic in modules("access") for name in topic.ROWS]
    for found in (names, rows):
        assert len({name for name, _topic in found}) == len(found)
