"""What the page of one session is made for. Its parts share it, so that none asks again what another has asked."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from communities.models import Membership
from meetings.models import Session
from meetings.queries.coming import WhoComes, coming_to


@dataclass(frozen=True)
class OneSession:
    """A session, its reader and the moment. For views that have asked whether they may see it."""

    membership: Membership
    session: Session
    now: datetime

    @cached_property
    def who(self) -> WhoComes:
        """Who comes, who waits, who sends word. One query, for whoever asks first."""
        return coming_to(self.session, self.membership)

    @property
    def says_no(self) -> bool:
        """Whether the reader can't come: by what they said of it, or away that day. The query of `who`."""
        said = self.who.of(self.membership)
        return said.is_apology if said else self.is_away

    @property
    def is_away(self) -> bool:
        """Whether the reader is away that day and has said nothing of this session. The query of `who`."""
        return any(time.membership_id == self.membership.pk for time in self.who.away)
