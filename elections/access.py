"""Rows of the access table for elections."""

from people.access import Row

ROWS: dict[str, Row] = {}
