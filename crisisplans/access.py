"""Rows of the access table for plans. Another person's plan is missing to everybody (domain, section 4.5)."""

from crisisplans import writing_access
from people.access import EVERYBODY, Row

# One's own pages, below /my-plan/.
OWN: dict[str, Row] = dict(writing_access.ROWS)
# What was opened to somebody, and the pages of a community about plans.
OPENED: dict[str, Row] = {}

# The copy on a phone: its page holds nothing of anybody.
ON_PHONE = {"crisisplans:at_hand": Row(reads=EVERYBODY, why="help, and the copy in the reader's own browser")}

ROWS = {**OWN, **OPENED, **ON_PHONE}
