"""To whom a report goes: never to the one it is about, and never only to the one who made it (domain, section 5).

Nor to somebody who is kept apart from one of the two (section 8). One answer from who holds which office, so that the
form, the queue, the notices and the door say the same.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from communities.apart import pairs_with
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


def who_reads(offices: Offices, *, about: int, by: int, but_not: Collection[int] = ()) -> Reading:
    """Those who decide, without these two and `but_not`; else the alternates; else staff. No query."""
    for readers, wanted in ((Readers.DECIDERS, DECIDING_OFFICES), (Readers.ALTERNATES, frozenset({Office.ALTERNATE}))):
        people = frozenset(member for member, held in offices.items() if held & wanted)
        people -= {about, by, *but_not}
        if people:
            return Reading(readers, people)
    return Reading(Readers.STAFF, frozenset())


def of_report(offices: Offices, report: Report) -> Reading:
    """Who reads this report, by the offices held now: a new Top Three takes over what the old one left. One query,
    none where `learn_kept_out` came first."""
    return who_reads(offices, about=report.about_id, by=report.by_id, but_not=kept_out_of(report))


def will_read(offices: Offices, *, about: int, by: int) -> tuple[Reading, Reading]:
    """Who would read a report that is made now; and whom its form names. One query.

    The form leaves out nobody because of a keeping apart that the reporter did not ask for: it would tell them of it.
    """
    pairs = pairs_with({about, by})
    reading = who_reads(offices, about=about, by=by, but_not={member for pair in pairs for member in pair})
    asked_for = {other for asker, other in pairs if asker == by}
    named = who_reads(offices, about=about, by=by, but_not=asked_for)
    return reading, named if named.readers == reading.readers else reading


def kept_out_of(report: Report) -> frozenset[int]:
    """Whoever is kept apart from the one who made it or the one it is about: never said to anybody."""
    if report.kept_out is None:
        learn_kept_out([report])
    assert report.kept_out is not None
    return report.kept_out


def learn_kept_out(reports: Collection[Report]) -> None:
    """Ask for many reports at once who is kept out of each. One query, none for no report."""
    pairs = pairs_with({member for row in reports for member in (row.about_id, row.by_id)}) if reports else []
    for row in reports:
        both = {row.about_id, row.by_id}
        row.kept_out = frozenset(member for pair in pairs if both & set(pair) for member in pair) - both


def is_among(membership: Membership, reading: Reading, report: Report) -> bool:
    """Whether this member is one of those who read it; whether they may act now, a policy says."""
    if (
        membership.pk in {report.about_id, report.by_id, *kept_out_of(report)}
        or membership.community_id != report.community_id
    ):
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
