"""Rows of the access table for outofhours."""

from people.access import Row

ROWS: dict[str, Row] = {}
