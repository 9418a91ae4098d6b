"""Who holds which seat now, and which seats fall free when: what elections and stepping in are reckoned from."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from communities.lifecycle import DECIDING_OFFICES, Office, State
from communities.models import Community, TermOfOffice
from communities.queries import FEWEST_TO_OPEN, Rules, rules_of

# Days beyond nominating and voting, so that one time without anybody standing still leaves nobody's seat empty.
SPARE_DAYS = 7


@dataclass(frozen=True)
class Bench:
    """The terms of a community's active members that are in force at `now` or begin later."""

    community: Community
    now: datetime
    rules: Rules
    terms: tuple[TermOfOffice, ...]

    def held(self, *offices: Office, at: datetime | None = None) -> list[TermOfOffice]:
        """Terms of these offices in force at a moment, the first to begin first."""
        return [term for term in self.terms if term.office in offices and _in_force(term, at or self.now)]

    def coming(self, *offices: Office) -> list[TermOfOffice]:
        """Terms that have been given and have not begun."""
        return [term for term in self.terms if term.office in offices and term.starts_at > self.now]

    def deciding(self, at: datetime | None = None) -> set[int]:
        """The memberships that can decide at a moment."""
        return {term.membership_id for term in self.held(*DECIDING_OFFICES, at=at)}

    def moments(self, within: timedelta) -> list[datetime]:
        """Now, and each moment until then at which the office of somebody who decides ends."""
        ends = {term.ends_at for term in self.terms if term.office in DECIDING_OFFICES and term.ends_at}
        return [self.now, *sorted(end for end in ends if self.now < end <= self.now + within)]

    @property
    def is_safe(self) -> bool:
        """Whether two can decide now."""
        return len(self.deciding()) >= FEWEST_TO_OPEN

    @property
    def looks_ahead_to(self) -> datetime:
        """A seat that ends by then is to be filled now: an election from its first day to its count, and some spare."""
        days = self.rules.nomination_days + self.rules.election_days + SPARE_DAYS
        return self.now + timedelta(days=days)

    def free(self) -> list[datetime]:
        """From when each seat is free that is free now or will be soon; earliest first."""
        seated = self.held(Office.TOP_THREE)
        ends = sorted(term.ends_at for term in seated if term.ends_at and term.ends_at <= self.looks_ahead_to)
        # Where a vote has made the seats fewer, the first that end are not filled again.
        over = max(0, len(seated) - self.rules.seats)
        moments = [self.now] * (self.rules.seats - len(seated)) + ends[over:]
        for term in self.coming(Office.TOP_THREE):
            before = [moment for moment in moments if moment <= term.starts_at]
            if before:
                moments.remove(before[-1])
        return moments

    def lasting_alternates(self) -> set[int]:
        """The memberships of alternates whose term goes on beyond the coming election."""
        soon = self.looks_ahead_to
        held = self.held(Office.ALTERNATE)
        return {term.membership_id for term in held if term.ends_at is None or term.ends_at > soon}

    @property
    def places(self) -> int:
        """How many an election fills now: seats, and alternates that are wanting."""
        wanting = self.rules.alternates - len(self.lasting_alternates())
        return len(self.free()) + max(0, wanting)

    def seat_that_goes_on(self, membership_pk: int) -> TermOfOffice | None:
        """The seat of somebody who holds one beyond the coming election, and so does not stand in it."""
        soon = self.looks_ahead_to
        own = [term for term in self.terms if term.membership_id == membership_pk and term.office == Office.TOP_THREE]
        return next((term for term in own if term.ends_at is None or term.ends_at > soon), None)


def bench_of(community: Community, now: datetime) -> Bench:
    """Two queries."""
    terms = TermOfOffice.objects.not_over(now).filter(membership__community=community, membership__state=State.ACTIVE)
    rows = terms.select_related("membership__person").order_by("starts_at", "pk")
    return Bench(community, now, rules_of(community), tuple(rows))


def _in_force(term: TermOfOffice, at: datetime) -> bool:
    begun = term.starts_at <= at
    runs = term.ends_at is None or term.ends_at > at
    return begun and runs and (term.ended_at is None or term.ended_at > at)
