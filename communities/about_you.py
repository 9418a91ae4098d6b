"""What is being decided about a member just now, for their own front page: the apps above say where it can be read.

For those who do not read the board: on it, the lists of votes lead there already (domain, section 4.11).
"""

from collections.abc import Callable
from datetime import datetime

from communities.models import Membership

Finder = Callable[[Membership, datetime], list[str]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Add something that is decided about somebody; each app its own, once. It answers with addresses of pages."""
    _finders.append(finder)


def pages_about(membership: Membership, now: datetime) -> list[str]:
    """The addresses of what is open about this very member. One query for each app that registered."""
    return [page for find in _finders for page in find(membership, now)]
