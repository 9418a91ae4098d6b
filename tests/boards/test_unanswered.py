"""Who wrote and had no answer is seen by all, the longest waiting first (domain, section 9)."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.queries import unanswered
from boards.tally import tally_due
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, decided, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
LATER = timedelta(minutes=6)


@pytest.fixture(params=[True, False], ids=["swept", "not swept"])
def pass_time(request: pytest.FixtureRequest, time_machine: TimeMachineFixture):
    """Six minutes go by, with the sweep running or not: no page waits for it."""

    def go_on(span: timedelta = LATER) -> None:
        time_machine.shift(span)
        if request.param:
            tally_due()

    return go_on


def waiting(cast: Cast) -> list[str]:
    return [row.title for row in unanswered(cast.fern, clock.now())]


def test_those_without_an_answer_are_shown_oldest_first(cast: Cast, pass_time) -> None:
    start(cast.heron, title="First")
    pass_time()
    start(cast.moss, title="Second")
    assert waiting(cast) == ["First"]
    pass_time()
    assert waiting(cast) == ["First", "Second"]
    page = client_of(cast.fern).get("/c/fellside/").content.decode()
    part = page[page.index('id="unanswered"') : page.index('id="newest"')]
    assert part.index("First") < part.index("Second")


def test_answer_counts_once_others_can_read_it(cast: Cast, pass_time) -> None:
    post = start(cast.heron, title="First")
    pass_time()
    reply(cast.moss, post.thread)
    assert waiting(cast) == ["First"]
    pass_time()
    assert waiting(cast) == []


def test_own_further_words_are_no_answer_and_a_held_one_is_none_either(cast: Cast, pass_time) -> None:
    post = start(cast.heron, title="First")
    pass_time()
    reply(cast.heron, post.thread)
    reply(cast.moss, post.thread, HELD)
    pass_time()
    assert waiting(cast) == ["First"]


def test_answer_that_was_hidden_leaves_the_question_open_and_put_back_closes_it(cast: Cast, pass_time) -> None:
    post = start(cast.heron, title="First")
    pass_time()
    answer = reply(cast.moss, post.thread)
    pass_time()
    decided(answer, "hide", cast.wren)
    assert waiting(cast) == ["First"]
    decided(answer, "put_back", cast.wren)
    assert waiting(cast) == []


def test_question_that_was_hidden_is_not_shown(cast: Cast, pass_time) -> None:
    post = start(cast.heron, title="First")
    pass_time()
    decided(post, "hide", cast.wren)
    assert waiting(cast) == []


def test_sweep_that_starts_late_counts_by_the_time_it_has_then(cast: Cast, time_machine: TimeMachineFixture) -> None:
    post = start(cast.heron, title="First")
    time_machine.shift(LATER)
    reply(cast.moss, post.thread)
    time_machine.shift(LATER)
    assert tally_due() == 1
    assert tally_due() == 0
    post.thread.refresh_from_db()
    assert post.thread.shown_posts == 2
