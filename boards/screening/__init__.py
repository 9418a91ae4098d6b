"""Screening: whether a person should look at a text before others read it. Knows no database and no Django."""

from .engine import screen
from .findings import ALL_RULES, LONGEST, Finding, TextTooLong

__all__ = ["ALL_RULES", "LONGEST", "Finding", "TextTooLong", "screen"]
