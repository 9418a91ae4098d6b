"""An open page ends with the right that opened it, at the first look at everybody's rights (checks 1.2, 1.8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.live import watcher
from boards.live.sockets import NO_RIGHT, SIGNED_OUT
from boards.models import Post
from communities.lifecycle import State, SuspendedFrom
from communities.models import Membership, TermOfOffice
from communities.services import begin_break
from communities.services.standing import end_term
from moderation.services import change_standing
from people.services.passwords import replace_password
from people.services.sittings import end_everywhere
from tests.cast import Cast
from tests.live.knocking import Looks, Open, open_page
from tests.steps import NOON, decided, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def signs_out(member: Membership, page: Open) -> None:
    page.store.flush()


def ends_every_sitting(member: Membership, page: Open) -> None:
    # As signing in lists it among one's sittings.
    from allauth.usersessions.models import UserSession

    UserSession.objects.create(user=member.person, session_key=page.store.session_key, ip="127.0.0.1")
    end_everywhere(person=member.person, now=clock.now())


def has_another_password(member: Membership, page: Open) -> None:
    replace_password(person=member.person, encoded="another")


def is_closed(member: Membership, page: Open) -> None:
    member.person.is_active = False
    member.person.save()


def is_suspended(member: Membership, page: Open) -> None:
    until = clock.now() + timedelta(days=3)
    change_standing(
        membership=member, verb="suspend", by="test", suspended_from=SuspendedFrom.BOARD, suspended_until=until
    )


def leaves(member: Membership, page: Open) -> None:
    change_standing(membership=member, verb="leave", by="test")


def dies(member: Membership, page: Open) -> None:
    change_standing(membership=member, verb="record_death", by="test")


def goes_on_a_break(member: Membership, page: Open) -> None:
    begin_break(by=member)


def becomes_inactive(member: Membership, page: Open) -> None:
    change_standing(membership=member, verb="make_inactive", by="test")


def steps_down(member: Membership, page: Open) -> None:
    end_term(term=TermOfOffice.objects.get(membership=member), by="test")


ENDS = [
    (signs_out, SIGNED_OUT),
    (ends_every_sitting, SIGNED_OUT),
    (has_another_password, SIGNED_OUT),
    (is_closed, SIGNED_OUT),
    (is_suspended, NO_RIGHT),
    (leaves, NO_RIGHT),
    (dies, NO_RIGHT),
    (goes_on_a_break, NO_RIGHT),
    (becomes_inactive, NO_RIGHT),
]


@pytest.mark.parametrize(("happens", "code"), ENDS, ids=[happens.__name__ for happens, _code in ENDS])
@pytest.mark.parametrize("kind", ["front", "board", "thread"])
def test_page_closes_at_the_next_whole_look_when_its_member(
    cast: Cast, time_machine: TimeMachineFixture, kind: str, happens: Callable[..., None], code: int
) -> None:
    post = start(cast.heron)
    time_machine.shift(timedelta(hours=1))
    thread = post.thread_id if kind == "thread" else None
    mine, other = open_page(cast.moss, kind, thread), open_page(cast.fern, kind, thread)
    looks = Looks(mine, other)
    looks.look(whole=True)
    happens(cast.moss, mine)
    before = len(mine.texts)
    looks.look(whole=True)
    assert (mine.closed, other.closed) == (code, None)
    assert len(mine.texts) == before


def test_a_sitting_ends_for_its_open_page_when_its_time_is_over(cast: Cast, time_machine: TimeMachineFixture) -> None:
    page = open_page(cast.moss, "board")
    looks = Looks(page)
    time_machine.shift(timedelta(hours=8) - timedelta(seconds=1))
    looks.look(whole=True)
    assert page.closed is None
    time_machine.shift(timedelta(seconds=2))
    looks.look(whole=True)
    assert page.closed == SIGNED_OUT


def test_the_queue_closes_when_a_term_is_given_back_or_over(cast: Cast, time_machine: TimeMachineFixture) -> None:
    given_back, over, stays = (open_page(cast[key], "queue") for key in ("wren", "ash", "juniper"))
    TermOfOffice.objects.filter(membership=cast.ash).update(ends_at=clock.now() + timedelta(seconds=1))
    looks = Looks(given_back, over, stays)
    looks.look(whole=True)
    assert (given_back.closed, over.closed) == (None, None)
    steps_down(cast.wren, given_back)
    time_machine.shift(timedelta(seconds=1))
    looks.look(whole=True)
    assert (given_back.closed, over.closed, stays.closed) == (NO_RIGHT, NO_RIGHT, None)


def test_the_queue_closes_when_the_second_step_is_twelve_hours_old(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    page = open_page(cast.wren, "queue")
    page.store.set_expiry(clock.now() + timedelta(days=30))
    page.store.save()
    looks = Looks(page)
    time_machine.shift(timedelta(hours=12) - timedelta(seconds=1))
    looks.look(whole=True)
    assert page.closed is None
    time_machine.shift(timedelta(seconds=1))
    looks.look(whole=True)
    assert page.closed == NO_RIGHT


def test_rights_are_asked_in_the_very_look_that_sends(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    post = start(cast.heron, "CANARY-text")
    page = open_page(cast.moss, "board")
    thread = open_page(cast.moss, "counts")
    looks = Looks(page, thread)
    looks.look(whole=True)
    time_machine.shift(timedelta(minutes=16))
    is_suspended(cast.moss, page)
    # Not a whole look: but something appeared, and nobody gets it unasked.
    looks.look()
    assert page.closed == NO_RIGHT
    assert "CANARY" not in page.everything
    decided(Post.objects.get(pk=post.pk), "hide", cast.wren)


def test_a_suspended_member_keeps_the_menu_and_nothing_of_the_board(cast: Cast) -> None:
    board, menu = open_page(cast.moss, "board"), open_page(cast.moss, "counts")
    looks = Looks(board, menu)
    is_suspended(cast.moss, board)
    looks.look(whole=True)
    assert (board.closed, menu.closed) == (NO_RIGHT, None)
    assert {text.split('"')[3] for text in menu.texts} == {"hello", "counts"}


def test_whole_looks_come_often_enough() -> None:
    # Closed within five seconds: one interval, one more look under way, and a second for the look itself.
    assert watcher.WHOLE_EVERY + watcher.LOOKS_EVERY + 1 <= 5


def test_one_member_at_home_and_one_away_have_their_own_second_steps(cast: Cast) -> None:
    proved, bare = open_page(cast.wren, "queue"), open_page(cast.wren, "queue", second_factor=False)
    assert proved.refused is None
    assert bare.refused == NO_RIGHT
    assert cast.wren.state == State.ACTIVE
