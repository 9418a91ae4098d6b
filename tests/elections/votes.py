"""Short ways for the tests of votes: a purpose of their own; votes opened, cast and counted through the services."""

from datetime import datetime, timedelta

import clock
from communities.models import Community, Membership
from elections import outcomes
from elections.counting import Measure, Result
from elections.lifecycle import Majority
from elections.models import Elector, Poll
from elections.queries import electorate_of
from elections.services import cast_vote, close_due, open_poll
from elections.services.closing import hold_again_without_key
from tests.cast import Cast

PURPOSE = "trial"
LASTS = timedelta(days=7)
YES_NO = ["Yes", "No", "I leave it to the others"]
TREES = ["Oak", "Elm", "Yew"]
NEEDS = Measure(Majority.HALF, quorum=50)


class Heard:
    """What was called when votes of the tests' purpose closed or were held again."""

    def __init__(self) -> None:
        self.results: list[tuple[int, Result]] = []
        self.again: list[int] = []

    def closed(self, poll: Poll, result: Result) -> None:
        self.results.append((poll.pk, result))

    def held_again(self, poll: Poll) -> None:
        self.again.append(poll.pk)


def register(heard: Heard) -> None:
    """Let the tests' votes be heard by this."""
    outcomes.register(
        PURPOSE,
        on_closed=heard.closed,
        heading=lambda poll: f"A question of {poll.subject}",
        back_to=lambda poll: f"/c/{poll.community.slug}/",
        on_again=heard.held_again,
    )


register(Heard())


def opened(
    cast: Cast,
    *,
    who: list[Membership] | None = None,
    secret: bool = True,
    options: list[str] = TREES,
    most: int | None = None,
    seats: int = 1,
    measure: Measure | None = None,
    now: datetime | None = None,
    lasts: timedelta = LASTS,
) -> Poll:
    """A vote of Fellside's, on everybody there who takes part, or on these."""
    return opened_in(
        cast.fellside,
        who=who,
        secret=secret,
        options=options,
        most=most,
        seats=seats,
        measure=measure,
        now=now,
        lasts=lasts,
    )


def opened_in(
    community: Community,
    *,
    who: list[Membership] | None = None,
    secret: bool = False,
    options: list[str] = TREES,
    most: int | None = None,
    seats: int = 1,
    measure: Measure | None = None,
    now: datetime | None = None,
    lasts: timedelta = LASTS,
) -> Poll:
    """The same in a community of one's own choice."""
    at = now or clock.now()
    return open_poll(
        community=community,
        purpose=PURPOSE,
        subject="trial:1",
        secret=secret,
        options=options,
        electorate=electorate_of(community) if who is None else who,
        closes_at=at + lasts,
        most=most,
        by="site",
        now=at,
        seats=seats,
        measure=measure,
    )


def motion(cast: Cast, **more: object) -> Poll:
    """A yes or no."""
    return opened(cast, options=YES_NO, most=1, measure=NEEDS, **more)


def votes(poll: Poll, *choices: tuple[Membership, list[int]]) -> None:
    """Cast these, one after the other."""
    for member, chosen in choices:
        cast_vote(poll=poll, by=member, choices=chosen)


def fresh(poll: Poll) -> Poll:
    """The vote as the database has it now."""
    return Poll.objects.select_related("community").get(pk=poll.pk)


def voted(poll: Poll) -> int:
    """How many on the roll have voted."""
    return Elector.objects.filter(poll=poll, has_voted=True).count()


def sweep() -> None:
    """What the regular job does."""
    close_due()
    hold_again_without_key()
