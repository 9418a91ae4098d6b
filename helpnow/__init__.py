"""Whom to turn to in a crisis, and leaving the site in a hurry."""

from helpnow.nations import Nation

__all__ = ["Nation"]
