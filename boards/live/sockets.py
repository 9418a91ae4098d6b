"""An open socket, as the look-out of its process knows it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from boards.live.pages import Page
from boards.queries.feed import Entry, FeedPlace

# Nothing that is older is ever looked at again, so nobody need remember having had it.
REMEMBERED = timedelta(minutes=2)

# Why a socket is closed by us. To whoever has no right, missing and not yours look the same.
SIGNED_OUT = 4401
NO_RIGHT = 4403
NOT_UNDERSTOOD = 4400
TOO_MANY = 4408
# Nothing is wrong with the page: it connects again by itself, from its place.
ASK_AGAIN = 4000


@dataclass(eq=False)
class Socket:
    """One page of one member that is open in this process."""

    sitting_key: str
    membership_id: int
    community_id: int
    page: Page
    thread_id: int | None
    place: FeedPlace
    send: Callable[[str], Awaitable[None]]
    close: Callable[[int], Awaitable[None]]
    # From where it is still to be told what came before it was open; and whether it has had all that.
    asks_from: FeedPlace
    joined: bool = False
    # Whether the page may have become old before it was open: then its parts are sent at once.
    stale: bool = False
    had: dict[str, datetime] = field(default_factory=dict)
    # Of which opening of somebody's plan it is a page.
    opening_id: int | None = None
    # What was sent last, by name: the same is not sent again.
    last: dict[str, object] = field(default_factory=dict)

    def take(self, entry: Entry) -> bool:
        """Note that this entry is on its way; False where it was before."""
        if entry.key in self.had:
            return False
        self.had[entry.key] = entry.at
        self.place = max(self.place, entry.place)
        return True

    def forget_old(self, now: datetime) -> None:
        """Drop what no look can bring again."""
        if len(self.had) > 50:
            self.had = {key: at for key, at in self.had.items() if now - at < REMEMBERED}

    def news(self, name: str, value: object) -> bool:
        """Note what is sent under this name; False where it was the same."""
        if name in self.last and self.last[name] == value:
            return False
        self.last[name] = value
        return True
