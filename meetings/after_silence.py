"""What can follow when nobody answers the group's letter. Where it is decided elsewhere, that app says here how.

Moderation registers the suspension (two of the Top Three confirm it there), and the step by which a membership changes
together with whatever waits of it. Being inactive is decided here (`services.deciding_absences`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from communities.models import Membership


@dataclass(frozen=True)
class Way:
    """One thing that can follow, decided elsewhere.

    `begin(about, why, months, now)`: lay it before those who decide; False where it can't be begun now.
    `take_back(about, now)`: it is not needed any more, they have answered. Both run in the caller's transaction, the
    membership locked.
    """

    begin: Callable[[Membership, str, int, datetime], bool]
    take_back: Callable[[Membership, datetime], None]


_ways: dict[str, Way] = {}
_steps: list[Callable[..., Membership]] = []


def register(name: str, way: Way) -> None:
    """Say how this value of the rule `after_silence` goes on; called once, as the site starts."""
    _ways[name] = way


def way_of(name: str) -> Way | None:
    """How it goes on elsewhere; None for what is decided here, or is nothing."""
    return _ways.get(name)


def register_step(change: Callable[..., Membership]) -> None:
    """Say by which service a membership changes with all that waits of it; called once, as the site starts."""
    _steps[:] = [change]


def change_standing(*, membership: Membership, verb: str, by: str) -> Membership:
    """Lead a membership through a step of its life cycle, with all that hangs on it above. In a transaction."""
    return _steps[0](membership=membership, verb=verb, by=by)
