"""Bank holidays of the community's nation, from the `holidays` library."""

from datetime import date
from functools import lru_cache

import holidays

PARTS_OF_THE_UK = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}


def is_bank_holiday(nation: str, day: date) -> bool:
    """Whether this day is one there; for a community that has not said its nation, one that is everywhere in the UK."""
    return day in _of_year(nation, day.year)


@lru_cache(maxsize=200)
def _of_year(nation: str, year: int) -> frozenset[date]:
    if nation in PARTS_OF_THE_UK:
        return frozenset(holidays.country_holidays("GB", subdiv=PARTS_OF_THE_UK[nation], years=year))
    every = [_of_year(one, year) for one in PARTS_OF_THE_UK]
    return frozenset.intersection(*every)
