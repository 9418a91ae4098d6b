"""The one door for the time: the database's clock, asked once and passed on as a parameter."""

from clock.source import Beside, now, read_beside

__all__ = ["Beside", "now", "read_beside"]
