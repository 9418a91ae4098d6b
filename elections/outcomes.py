"""What follows from a vote: each kind of thing that is voted on says so once, as the site starts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from communities.models import Membership
from elections.counting import Result
from elections.models import Poll
from elections.policies.polls import may_see_polls
from people.decisions import Decision


@dataclass(frozen=True)
class Outcome:
    """`on_closed` runs once, in the transaction of the count, with the roll's memberships and the vote locked.

    `heading`: what is asked, one line. `back_to`: the address of the page it is about. `on_again`: the vote is held
    again with a new `closes_at`, because its key was lost; in that transaction too. `may_see`: who sees the page of
    such a vote, where more do than those who vote. `seated`: the options that took what was voted on in the end, where
    the count may pass somebody over.
    """

    on_closed: Callable[[Poll, Result], None]
    heading: Callable[[Poll], str]
    back_to: Callable[[Poll], str]
    on_again: Callable[[Poll], None] | None = None
    may_see: Callable[[Membership], Decision] = may_see_polls
    seated: Callable[[Poll], Collection[int]] | None = None


_outcomes: dict[str, Outcome] = {}


def register(
    purpose: str,
    on_closed: Callable[[Poll, Result], None],
    heading: Callable[[Poll], str],
    back_to: Callable[[Poll], str],
    *,
    on_again: Callable[[Poll], None] | None = None,
    may_see: Callable[[Membership], Decision] = may_see_polls,
    seated: Callable[[Poll], Collection[int]] | None = None,
) -> None:
    """Say what follows from votes of this purpose; called once for each, as the site starts."""
    _outcomes[purpose] = Outcome(on_closed, heading, back_to, on_again, may_see, seated)


def of(purpose: str) -> Outcome:
    """What follows from votes of this purpose. Raises KeyError where nobody has said."""
    return _outcomes[purpose]
