"""From signs to a row of days or weeks without one (domain, section 2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from meetings.attendance.units import Unit


@dataclass(frozen=True)
class Standing:
    """How it stands with one member: the first days of the programme days or weeks in a row without a sign of them,
    the oldest first, and the day of the last sign there was."""

    units: tuple[date, ...]
    last_contact: date

    @property
    def row(self) -> int:
        return len(self.units)


def standing_of(units: Sequence[Unit], last_sign: date) -> Standing:
    """Count from the newest day or week back, to one that counts for nobody, or to the last sign.

    A week in which there was a sign on any day is not part of a row, from its Monday on.
    """
    row: list[date] = []
    for unit in reversed(units):
        if unit.first <= last_sign or not unit.is_whole:
            break
        row.append(unit.first)
    return Standing(tuple(reversed(row)), last_sign)


def still_stands(units: Sequence[Unit], last_sign: date, *, row: Sequence[date], needed: int) -> bool:
    """Whether what a letter was begun for is still so: its days or weeks still make a row, and there was no sign since.

    A register never taken breaks a row that is still growing; it is no sign of anybody, and takes back no letter.
    """
    return standing_of([unit for unit in units if unit.first <= row[-1]], last_sign).row >= needed
