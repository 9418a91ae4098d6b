"""Rows of the access table for plans. Another person's plan is missing to everybody (domain, section 4.5)."""

from people.access import Row

# One's own pages, below /my-plan/.
OWN: dict[str, Row] = {}
# What was opened to somebody, and the pages of a community about plans.
OPENED: dict[str, Row] = {}

ROWS = {**OWN, **OPENED}
