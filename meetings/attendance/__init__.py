"""Counting who has not been seen: pure functions over what was written down, the same answer in whatever order it was.

Nothing about a row is stored: a standing is counted anew each time (domain, section 2; ADR 0038). What the database is
asked for, and how it becomes signs, is `meetings.queries.standings`.
"""

from meetings.attendance.counting import Standing, standing_of, still_stands
from meetings.attendance.signs import Away, Signs
from meetings.attendance.units import Counts, Held, Unit, units_of

__all__ = ["Away", "Counts", "Held", "Signs", "Standing", "Unit", "standing_of", "still_stands", "units_of"]
