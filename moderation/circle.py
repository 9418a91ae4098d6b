"""Who is left to decide on a case: those in office without a conflict; alternates where too few are left.

Pure functions over who holds which office, so that pages, notices and services say the same (domain, sections 4.3, 6).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from communities.lifecycle import DECIDING_OFFICES, Office

Offices = Mapping[int, frozenset[Office]]
TWO = 2


@dataclass(frozen=True)
class Circle:
    """Those who may decide on one case. Alternates stand in where fewer than `fewest` of those in office are left."""

    deciders: frozenset[int]
    alternates: frozenset[int]
    fewest: int = TWO

    @property
    def calls_alternates(self) -> bool:
        return len(self.deciders) < self.fewest

    @property
    def people(self) -> frozenset[int]:
        """Everybody who may decide on it now, by membership."""
        return self.deciders | self.alternates if self.calls_alternates else self.deciders

    def includes(self, member: int) -> bool:
        return member in self.people

    def stands_in(self, member: int) -> bool:
        """Whether this one may decide only because too few are left."""
        return self.calls_alternates and member in self.alternates - self.deciders


def circle(offices: Offices, *, without: Collection[int], fewest: int = TWO) -> Circle:
    """Who is left of those in office, and of their alternates, without these."""
    deciders = frozenset(member for member, held in offices.items() if held & DECIDING_OFFICES)
    alternates = frozenset(member for member, held in offices.items() if Office.ALTERNATE in held)
    return Circle(deciders - set(without), alternates - set(without), fewest)
