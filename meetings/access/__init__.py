"""Meetings' rows of the access table, topic by topic."""

from meetings.topics import modules
from people.access import Row

ROWS: dict[str, Row] = {name: row for topic in modules("access") for name, row in topic.ROWS.items()}
