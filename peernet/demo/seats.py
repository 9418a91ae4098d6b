"""The demo's elections, lived through the real services: Fellside chose Juniper, and Riverside is choosing now."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from communities.models import Community, Membership
from elections.models import Election
from elections.seats.queries import running
from elections.seats.services import answer, follow_up_seats, nominate, stand
from elections.services import cast_vote, close_due

Members = dict[str, Membership]
Happening = tuple[datetime, int, Callable[[], Any]]

# So that the vote is open when somebody looks at the demo.
RULES = {"riverside": {"nomination_days": "10"}}
STANDS = {"fellside": ("juniper", "heron"), "riverside": ("otter", "teal", "kestrel")}
# Who put whose name forward, and what they said; None: nothing yet.
PUT_FORWARD: dict[str, tuple[tuple[str, str, bool | None], ...]] = {
    "fellside": (("wren", "fern", False),),
    "riverside": (("teal", "pebble", True), ("otter", "plover", None)),
}
VOTES: dict[str, dict[str, tuple[str, ...]]] = {
    "fellside": {
        "wren": ("juniper",),
        "ash": ("juniper",),
        "rowan": ("juniper", "heron"),
        "linden": ("juniper",),
        "heron": ("heron",),
        "moss": ("heron",),
        "fern": ("juniper", "heron"),
        "clover": ("juniper",),
        "juniper": ("heron",),
    },
    "riverside": {"teal": ("teal", "pebble"), "otter": ("otter", "kestrel", "teal")},
}
# Linden's term was to end 21 days ago; Riverside has had five members for 13 days.
BEGINS = {"fellside": timedelta(days=38), "riverside": timedelta(days=13)}


def events(slug: str, members: Members, start: datetime) -> Iterator[Happening]:
    """What happened of this in one community, in no order. What time does is looked after twice a day."""
    community = next(iter(members.values())).community
    begins = start - BEGINS[slug]
    yield begins, 30, partial(follow_up_seats, community)
    yield begins + timedelta(days=1), 30, partial(_names, slug, community, members)
    for half_days in range(2, 2 * BEGINS[slug].days):
        at = begins + timedelta(hours=12 * half_days)
        yield at, 31, partial(_time_passes, slug, community, members)


def _names(slug: str, community: Community, members: Members) -> None:
    election = _running(community)
    for by, whom, yes in PUT_FORWARD[slug]:
        nominate(election=election, candidate=members[whom], by=members[by])
        if yes is not None:
            name = election.nominations.get(candidate=members[whom])
            answer(nomination=name, by=members[whom], yes=yes)
    for key in STANDS[slug]:
        stand(election=election, by=members[key])


def _time_passes(slug: str, community: Community, members: Members) -> None:
    before = running(community)
    if before is None:
        return
    close_due(community)
    follow_up_seats(community, only_if_due=True)
    election = running(community)
    if before.poll_id is None and election is not None and election.poll is not None:
        _vote(slug, election, members)


def _vote(slug: str, election: Election, members: Members) -> None:
    numbers = {row.candidate_id: row.option for row in election.nominations.exclude(option=None)}
    for by, whom in VOTES[slug].items():
        choices = [number for key in whom if (number := numbers[members[key].pk]) is not None]
        if election.poll is not None:
            cast_vote(poll=election.poll, by=members[by], choices=choices)


def _running(community: Community) -> Election:
    election = running(community)
    if election is None:
        raise LookupError(community.slug)
    return election
