"""Who is here is said of those on duty alone, and no longer than it is known (domain, section 4.6)."""

from datetime import time, timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.live.presence import GONE_AFTER, RENEWED_EVERY
from boards.models import Presence
from boards.queries.presence import BELIEVED_FOR, here_of
from communities.duty import watch
from communities.models import TermOfOffice
from tests.cast import Cast, client_of, on_duty
from tests.live.knocking import Looks, open_page
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def here(cast: Cast) -> set[int]:
    now = clock.now()
    return set(here_of([watch(cast.fellside, now)], now))


def front(cast: Cast) -> str:
    return client_of(cast.fern).get("/c/fellside/").content.decode()


def test_one_of_the_top_three_on_duty_with_a_page_open_is_here(cast: Cast) -> None:
    on_duty(cast.wren)
    assert "is here now" not in front(cast)
    Looks(open_page(cast.wren, "counts")).look(whole=True)
    assert here(cast) == {cast.wren.pk}
    # With its time, because a page without script stays as it is.
    assert "Wren is on duty. <span data-here>Wren is here now (noon)" in front(cast).replace("12:00 pm", "noon")


def test_of_nobody_else_is_it_ever_stored(cast: Cast) -> None:
    on_duty(cast.ash, starts=time(20), ends=time(21))
    on_duty(cast.rowan)
    on_duty(cast.dale)
    everybody = [who for who in cast.everybody.values() if who.community == cast.fellside and who != cast.willow]
    Looks(*(open_page(who, "counts") for who in everybody)).look(whole=True)
    assert not Presence.objects.exists()


def test_somebody_who_closed_their_pages_is_soon_not_here(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren)
    page, other = open_page(cast.wren, "counts"), open_page(cast.fern, "front")
    looks = Looks(page, other)
    looks.look(whole=True)
    del looks.pages[page.socket]
    time_machine.shift(GONE_AFTER - timedelta(seconds=1))
    looks.look(whole=True)
    assert here(cast) == {cast.wren.pk}
    time_machine.shift(timedelta(seconds=1))
    looks.look(whole=True)
    assert not Presence.objects.exists()
    time_machine.shift(timedelta(seconds=3))
    looks.look(whole=True)
    assert "here now" not in other.part("who-looks")


def test_going_from_page_to_page_is_staying(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren)
    first = open_page(cast.wren, "counts")
    looks = Looks(first)
    looks.look(whole=True)
    del looks.pages[first.socket]
    time_machine.shift(timedelta(seconds=3))
    looks.look(whole=True)
    looks.open(open_page(cast.wren, "front"))
    for _ in range(10):
        time_machine.shift(timedelta(seconds=3))
        looks.look(whole=True)
        assert here(cast) == {cast.wren.pk}


def test_a_process_that_died_is_believed_for_a_minute_and_no_longer(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren)
    Looks(open_page(cast.wren, "counts")).look(whole=True)
    time_machine.shift(BELIEVED_FOR - timedelta(seconds=1))
    assert here(cast) == {cast.wren.pk}
    time_machine.shift(timedelta(seconds=1))
    assert here(cast) == set()


def test_an_end_of_duty_or_of_a_term_ends_it_at_once(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.wren, starts=time(11), ends=time(12, 1))
    on_duty(cast.ash)
    looks = Looks(open_page(cast.wren, "counts"), open_page(cast.ash, "counts"))
    looks.look(whole=True)
    assert here(cast) == {cast.wren.pk, cast.ash.pk}
    for _ in range(3):
        time_machine.shift(RENEWED_EVERY)
        looks.look(whole=True)
    assert here(cast) == {cast.ash.pk}
    TermOfOffice.objects.filter(membership=cast.ash).update(ended_at=clock.now())
    assert here(cast) == set()
    for _ in range(2):
        looks.look(whole=True)
        time_machine.shift(RENEWED_EVERY)
    assert not Presence.objects.exists()


def test_the_end_of_the_process_leaves_nobody_here(cast: Cast) -> None:
    on_duty(cast.wren)
    looks = Looks(open_page(cast.wren, "counts"))
    looks.look(whole=True)
    looks.out.present.end()
    assert not Presence.objects.exists()
