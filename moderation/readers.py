"""To whom a report goes: never to the one it is about, and never only to the one who made it (domain, section 5).

Pure functions over who holds which office, so that the form, the queue, the notices and the door say the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communities.lifecycle import DECIDING_OFFICES, Office
from communities.models import Membership
from moderation.lifecycle import Readers
from moderation.models import Report

Offices = Mapping[int, frozenset[Office]]
SUPERVISES = DECIDING_OFFICES | {Office.ALTERNATE}


@dataclass(frozen=True)
class Reading:
    """Who reads a report: a group, and which members of it. Of staff: everybody of staff but the one it is about."""

    readers: Readers
    people: frozenset[int]


def who_reads(offices: Offices, *, about: int, by: int) -> Reading:
    """Those who decide, without the one it is about and the one who reports; else the alternates; else staff."""
    for readers, wanted in ((Readers.DECIDERS, DECIDING_OFFICES), (Readers.ALTERNATES, frozenset({Office.ALTERNATE}))):
        people = frozenset(member for member, held in offices.items() if held & wanted) - {about, by}
        if people:
            return Reading(readers, people)
    return Reading(Readers.STAFF, frozenset())


def of_report(offices: Offices, report: Report) -> Reading:
    """Who reads this report, by the offices held now: a new Top Three takes over what the old one left."""
    return who_reads(offices, about=report.about_id, by=report.by_id)


def is_among(membership: Membership, reading: Reading, report: Report) -> bool:
    """Whether this member is one of those who read it; whether they may act now, a policy says."""
    if membership.pk in {report.about_id, report.by_id} or membership.community_id != report.community_id:
        return False
    return membership.is_staff if reading.readers == Readers.STAFF else membership.pk in reading.people


def may_read_words(membership: Membership, offices: Offices, report: Report) -> bool:
    """Whether its own words are for this member: only for those whom the form named as it was sent."""
    reading = of_report(offices, report)
    return reading.readers == report.read_by and is_among(membership, reading, report)


def supervises(offices: Offices, member: int) -> bool:
    """Whether this is one of those who look after the place: the Top Three, a caretaker, an alternate."""
    return bool(offices.get(member, frozenset()) & SUPERVISES)


def people_of(readings: Iterable[Reading]) -> frozenset[int]:
    """Everybody in office who reads one of several reports on one thing."""
    return frozenset().union(*(reading.people for reading in readings))
