"""One member fills what those who look after the board read: nobody else's worry is lost behind it (checks, 2.2)."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from communities.queries import offices_in
from moderation.queries import posts, queue, reports
from moderation.queries import reported as shown_to
from tests.cast import Cast
from tests.moderation.reporting import reported_person
from tests.steps import HELD, NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
ROOM = 4


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for a few, so that a few are a flood."""
    monkeypatch.setattr(posts, "MOST_SHOWN", ROOM)
    monkeypatch.setattr(reports, "MOST_SHOWN", ROOM)


def test_reports_of_danger_by_one_member_hide_nobody_elses(cast: Cast) -> None:
    """Whoever speaks of danger is never asked to wait, so nothing else stops the flood."""
    for n in range(3 * ROOM):
        reported_person(cast.clover, cast.heron, reason="danger", words=f"the {n}th")
    reported_person(cast.moss, cast.fern, reason="danger")
    reported_person(cast.heron, cast.clover)
    found = shown_to(cast.wren, offices_in(cast.fellside.pk, clock.now()))
    assert {thing.first.about for thing in found} == {cast.clover, cast.moss, cast.heron}


def test_of_a_flood_the_most_urgent_is_shown(cast: Cast) -> None:
    for n in range(2 * ROOM):
        reported_person(cast.clover, cast.heron, words=f"the {n}th")
    reported_person(cast.moss, cast.heron, reason="danger")
    found = shown_to(cast.wren, offices_in(cast.fellside.pk, clock.now()))
    assert [thing.first.about for thing in found] == [cast.moss, cast.clover]


def test_held_posts_of_one_member_hide_nobody_elses(cast: Cast, time_machine: TimeMachineFixture) -> None:
    for n in range(3 * ROOM):
        start(cast.heron, f"{HELD} {n}")
    time_machine.shift(timedelta(minutes=1))
    mine = start(cast.fern, HELD)
    found = queue(cast.wren, clock.now())
    assert mine in [row.post for row in found]
    assert len(found) == ROOM
