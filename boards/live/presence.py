"""Which of those on duty have a page open in this process: a row each, renewed while it is so, gone soon after."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from boards.services.presence import forget_here, note_here
from communities.duty import watch
from communities.models import Membership

RENEWED_EVERY = timedelta(seconds=20)
# Somebody who goes from one page to the next has no page open for a moment.
GONE_AFTER = timedelta(seconds=10)


class Present:
    """What this process has noted, by membership: when a page of theirs was last seen open."""

    def __init__(self) -> None:
        self.noted: dict[int, datetime] = {}
        self.renewed_at: datetime | None = None
        self.asked: set[int] = set()

    def touch(self, members: Iterable[Membership], now: datetime) -> None:
        """Keep the rows true for those with a page open at this whole look. One query a community, none most times."""
        deciding = {member.pk: member for member in members if member.decides}
        due = self.renewed_at is None or now - self.renewed_at >= RENEWED_EVERY
        if due or deciding.keys() - self.asked:
            self._renew(deciding, now)
        for pk in deciding.keys() & self.noted.keys():
            self.noted[pk] = now
        self._forget([pk for pk, at in self.noted.items() if now - at >= GONE_AFTER])

    def end(self) -> None:
        """Forget everybody: this process has no page open any more."""
        self._forget(list(self.noted))

    def _renew(self, deciding: dict[int, Membership], now: datetime) -> None:
        self.renewed_at, self.asked = now, set(deciding)
        communities = {member.community_id: member.community for member in deciding.values()}
        watches = [watch(community, now) for community in communities.values()]
        on_duty = {member.pk for watched in watches for member in watched.on_duty} & deciding.keys()
        if on_duty:
            note_here(on_duty, now)
        # Off duty, nobody's presence is kept, whether or not their page is open.
        self._forget([pk for pk in self.noted if pk in deciding and pk not in on_duty])
        self.noted |= dict.fromkeys(on_duty, now)

    def _forget(self, members: list[int]) -> None:
        if members:
            forget_here(members)
        for pk in members:
            del self.noted[pk]
