"""The one door for the time: the database's clock, asked once and passed on as a parameter."""

from clock.source import now

__all__ = ["now"]
