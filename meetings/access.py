"""Rows of the access table for meetings."""

from people.access import Row

ROWS: dict[str, Row] = {}
