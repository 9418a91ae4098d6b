"""The page of a vote: voting on it, reading what came of it, and what it says of secrecy."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from communities.models import Membership
from elections import outcomes
from elections.models import Poll
from elections.seats.policies import may_follow_elections
from elections.services import close_due
from peernet.own import documents
from tests.cast import Cast, client_of
from tests.elections.votes import LASTS, fresh, motion, opened, voted, votes
from tests.steps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]


def address(poll: Poll) -> str:
    return f"/c/{poll.community.slug}/votes/{poll.pk}/"


def page(poll: Poll, by: Membership) -> str:
    answer = client_of(by).get(address(poll))
    assert answer.status_code == 200
    return answer.content.decode()


def everybody(cast: Cast) -> list[Membership]:
    return [cast[key] for key in ("wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover")]


def test_voting_puts_one_vote_in_the_box_and_says_thank_you(cast: Cast) -> None:
    poll = opened(cast)
    answer = client_of(cast.heron).post(address(poll), {"option": ["00", "02"]}, follow=True)
    assert "Thank you. Your vote is in the box." in answer.content.decode()
    assert "You have voted" in answer.content.decode()
    assert voted(poll) == 1


def test_form_sent_again_changes_nothing_and_says_why(cast: Cast) -> None:
    poll = opened(cast)
    client = client_of(cast.heron)
    client.post(address(poll), {"option": ["00"]})
    again = client.post(address(poll), {"option": ["01"]})
    assert again.status_code == 409
    assert "You have voted on this already" in again.content.decode()
    assert voted(poll) == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Please choose at least one"),
        ({"option": ["none", "01"]}, "Which is it?"),
        ({"option": ["07"]}, "not one of the available choices"),
        ({"option": ["00", "01", "02"]}, "Choose up to 2"),
    ],
)
def test_paper_that_is_not_whole_is_not_sent_and_says_what_is_missing(cast: Cast, sent: dict, said: str) -> None:
    poll = opened(cast, most=2)
    answer = client_of(cast.heron).post(address(poll), sent)
    assert said in answer.content.decode()
    assert voted(poll) == 0


def test_none_of_these_is_a_vote(cast: Cast) -> None:
    poll = opened(cast)
    client_of(cast.heron).post(address(poll), {"option": ["none"]})
    assert voted(poll) == 1


def test_motion_asks_for_one_answer(cast: Cast) -> None:
    poll = motion(cast)
    client = client_of(cast.heron)
    assert "Please choose one. Nothing has been sent yet." in client.post(address(poll), {}).content.decode()
    assert client.post(address(poll), {"option": "01"}).status_code == 302
    assert voted(poll) == 1


def test_secret_vote_says_what_it_protects_against_and_what_not(cast: Cast) -> None:
    said = page(opened(cast), cast.heron)
    assert "Whoever runs the live server could look into the box while the vote is open" in said
    assert "destroyed when the votes are counted" in said


def test_open_vote_says_so_before_one_votes_and_shows_who_said_what_after_the_close(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    poll = opened(cast, secret=False)
    assert "This vote is not secret" in page(poll, cast.heron)
    votes(poll, (cast.heron, [0, 1]), (cast.moss, []))
    before = page(poll, cast.fern)
    assert "Heron: Oak" not in before
    time_machine.shift(LASTS)
    after = page(poll, cast.fern)
    assert "Heron: Oak, Elm" in after
    assert "Moss: None of these" in after


def test_vote_whose_time_is_over_is_counted_by_whoever_looks(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast, seats=2)
    votes(poll, (cast.heron, [0]), (cast.moss, [0, 1]))
    time_machine.shift(LASTS)
    said = page(poll, cast.fern)
    assert fresh(poll).state == "counted"
    assert "2 of 10 voted." in said
    assert "How many votes each had is not said" in said


def test_winners_alone_are_said_where_numbers_would_tell(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast)
    votes(poll, *[(member, [0]) for member in everybody(cast)[:8]], (cast.clover, [1]))
    time_machine.shift(LASTS)
    said = page(poll, cast.fern)
    assert "<strong>Oak</strong>" in said
    assert "How it was counted" not in said


def test_figures_are_said_where_they_may(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast)
    chosen = [[0], [0], [0, 1], [1], [1], [2], [2], [2, 0], [0]]
    votes(poll, *zip(everybody(cast), chosen, strict=True))
    time_machine.shift(LASTS)
    said = page(poll, cast.fern)
    assert "How it was counted" in said
    assert fresh(poll).outcome["figures"] == [5, 3, 3]


def test_whoever_is_not_on_the_roll_sees_what_is_asked_but_no_paper(cast: Cast) -> None:
    poll = opened(cast, who=[m for m in everybody(cast) if m != cast.clover])
    said = page(poll, cast.clover)
    assert "You are not among those who vote on this" in said
    assert "Send my vote" not in said
    assert client_of(cast.clover).post(address(poll), {"option": ["00"]}).status_code == 403


def test_staff_find_a_vote_only_where_they_are_on_its_roll(cast: Cast) -> None:
    without, with_staff = opened(cast), opened(cast, who=[*everybody(cast), cast.dale])
    assert client_of(cast.dale).get(address(without)).status_code == 404
    assert "Send my vote" in page(with_staff, cast.dale)


def test_vote_of_another_community_is_missing(cast: Cast) -> None:
    poll = opened(cast)
    there = f"/c/riverside/votes/{poll.pk}/"
    assert client_of(cast.teal).get(there).status_code == 404
    assert client_of(cast.teal).post(there, {"option": ["00"]}).status_code == 404
    # Moss belongs to both: the address decides, not the person.
    assert client_of(cast.moss).post(there, {"option": ["00"]}).status_code == 404
    assert voted(poll) == 0


def test_lot_can_be_checked_by_anybody_where_it_decided(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]), (cast.moss, [1]))
    time_machine.shift(LASTS)
    said = page(poll, cast.fern)
    assert "the lot decided" in said
    assert fresh(poll).lot in said
    assert bytes(fresh(poll).box.sealed).hex() in said


@pytest.mark.parametrize("closed", [False, True])
def test_page_of_a_vote_takes_few_queries_whatever_its_size(
    cast: Cast, closed: bool, time_machine: TimeMachineFixture
) -> None:
    poll = opened(cast, secret=False)
    votes(poll, *[(member, [0]) for member in everybody(cast)])
    if closed:
        time_machine.shift(LASTS + timedelta(seconds=1))
        close_due()
    client = client_of(cast.heron)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(address(poll))
    assert len(asked) <= 15, [query["sql"][:80] for query in asked]


def without_tokens(content: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", content)


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize("key", ["fern", "wren", "rowan", "clover", "dale"])
def test_page_says_nothing_of_others_votes_before_the_close(cast: Cast, key: str, secret: bool) -> None:
    """To no role, from no cache: the page is the same to the letter (safety checks, 4.3)."""
    poll = opened(cast, secret=secret, who=[*everybody(cast)[:-1], cast.dale])
    before = without_tokens(page(poll, cast[key]))
    votes(poll, *[(member, [0]) for member in everybody(cast)[4:7]])
    assert without_tokens(page(poll, cast[key])) == before


def test_vote_sent_after_the_sitting_ended_is_kept_nowhere(cast: Cast) -> None:
    """Words are given back to somebody who was signed out; a choice is not, so that no page and no row holds it."""
    poll = opened(cast)
    answer = Client().post(address(poll), {"option": ["01", "02"]})
    assert voted(poll) == 0
    said = answer.content.decode() + str(answer.headers) + str(answer.cookies)
    assert 'name="option"' not in said
    assert "kept" not in said


def test_own_data_says_that_one_voted_and_only_of_open_votes_what(cast: Cast) -> None:
    closed, shown = opened(cast), opened(cast, secret=False)
    votes(closed, (cast.heron, [1]), (cast.moss, [2]))
    votes(shown, (cast.heron, [1]), (cast.moss, [2]))
    told = json.loads("".join(documents.as_json(cast.heron.person, clock.now())))["parts"]
    assert [row["has_voted"] for row in told["votes"]] == [True, True]
    assert [row["said"] for row in told["open_votes"]] == ["Elm"]


def test_whoever_is_on_a_break_reads_what_came_of_an_election_where_its_purpose_says_so(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    poll = opened(cast)
    assert client_of(cast.hazel).get(address(poll)).status_code == 404
    told = outcomes.of("trial")
    outcomes.register("trial", told.on_closed, told.heading, told.back_to, may_see=may_follow_elections)
    assert "Send my vote" not in page(poll, cast.hazel)
    time_machine.shift(LASTS)
    assert "What came of it" in page(poll, cast.hazel)
    assert client_of(cast.thorn).get(address(poll)).status_code == 404
