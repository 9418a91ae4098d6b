"""Coming back after being inactive: one asks, one says welcome; there is no "no" to it (domain, section 2)."""

import re
from datetime import timedelta

import pytest

import clock
from audit.queries import verify
from communities.lifecycle import State
from communities.models import Membership
from communities.services import change_state
from meetings.lifecycle.timetable import Role
from meetings.models import ComeBackAsked, Session
from meetings.queries.standings import standings
from meetings.returning import is_return_session
from meetings.services.coming_back import ask_to_come_back, close_come_backs, welcome_back
from meetings.services.erasing import forget_words_of
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.attending import DAY, told, with_rule
from tests.meetings.groups import a_role, a_session
from tests.meetings.test_group_letters import apart
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def ahead(cast: Cast, **fields: object) -> Session:
    return a_session(cast.fellside, clock.now() + DAY, counts=True, **fields)


def now_of(member: Membership) -> Membership:
    return Membership.objects.select_related("community", "person").get(pk=member.pk)


def test_asking_is_one_button_and_one_says_welcome(cast: Cast) -> None:
    asked = ask_to_come_back(by=cast.sorrel)
    assert ask_to_come_back(by=cast.sorrel, words="I am better.").pk == asked.pk
    assert {"come_back_asked"} <= set(told(cast.wren)) & set(told(cast.dale))
    welcome_back(asked=ComeBackAsked.objects.get(), by=sitting_now(cast.juniper))
    assert now_of(cast.sorrel).state == State.ACTIVE
    assert "welcomed_back" in told(cast.sorrel)
    assert "come_back_asked" not in told(cast.wren)
    assert standings(cast.fellside, clock.now())[cast.sorrel.pk].row == 0
    assert verify() == []


def test_session_that_was_called_off_is_not_one_to_come_back_to(cast: Cast) -> None:
    session = ahead(cast, state="cancelled", change="cancelled")
    with pytest.raises(Refused):
        ask_to_come_back(by=cast.sorrel, session=session)


def test_words_go_with_ones_own_erasing(cast: Cast) -> None:
    asked = ask_to_come_back(by=cast.sorrel, words="I have been in hospital.")
    assert forget_words_of(cast.sorrel, clock.now()) == 1
    asked.refresh_from_db()
    assert (asked.words, asked.state) == ("", "open")


def test_session_they_chose_is_theirs_to_come_to_and_whoever_runs_it_may_say_welcome(cast: Cast) -> None:
    session = ahead(cast)
    a_role(session, Role.CHAIR, cast.heron)
    asked = ask_to_come_back(by=cast.sorrel, session=session)
    assert is_return_session(cast.sorrel, session)
    assert not is_return_session(cast.sorrel, ahead(cast))
    assert "come_back_asked" in told(cast.heron)
    with pytest.raises(Refused):
        welcome_back(asked=asked, by=cast.fern)
    welcome_back(asked=asked, by=cast.heron)
    assert now_of(cast.sorrel).state == State.ACTIVE
    assert not is_return_session(cast.sorrel, session)


@pytest.mark.parametrize("who", ["heron", "rowan", "linden", "sorrel", "hazel", "otter", "marsh"])
def test_nobody_else_says_welcome(cast: Cast, who: str) -> None:
    asked = ask_to_come_back(by=cast.sorrel)
    with pytest.raises(Refused):
        welcome_back(asked=asked, by=sitting_now(cast[who]))
    assert now_of(cast.sorrel).state == State.INACTIVE


def test_whoever_is_kept_apart_is_neither_told_nor_asked(cast: Cast) -> None:
    apart(cast.sorrel, cast.wren)
    asked = ask_to_come_back(by=cast.sorrel)
    assert told(cast.wren) == []
    with pytest.raises(Refused):
        welcome_back(asked=asked, by=sitting_now(cast.wren))
    assert client_of(cast.wren).get(f"/c/fellside/come-back/{asked.pk}/").status_code == 404
    assert "Sorrel" not in client_of(cast.wren).get("/c/fellside/letters/").content.decode()


@pytest.mark.parametrize("who", ["moss", "hazel", "bramble", "thorn", "finch", "dale"])
def test_nobody_asks_who_is_not_inactive(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        ask_to_come_back(by=cast[who])
    assert client_of(cast[who]).get("/c/fellside/come-back/").status_code == 404


def test_where_the_rule_asks_for_a_plan_whoever_says_welcome_says_what_about_it(cast: Cast) -> None:
    with_rule(cast.fellside, "return_plan", True)
    asked = ask_to_come_back(by=cast.sorrel)
    with pytest.raises(Refused):
        welcome_back(asked=asked, by=sitting_now(cast.wren))
    welcome_back(asked=asked, by=sitting_now(cast.wren), plan="soon")
    assert ComeBackAsked.objects.get().plan == "soon"


def test_session_of_another_place_or_one_that_is_over_is_turned_away(cast: Cast) -> None:
    for session in (
        a_session(cast.riverside, clock.now() + DAY),
        a_session(cast.fellside, clock.now() - DAY),
    ):
        with pytest.raises(Refused):
            ask_to_come_back(by=cast.sorrel, session=session)


def test_welcome_said_twice_is_said_once(cast: Cast) -> None:
    asked = ask_to_come_back(by=cast.sorrel)
    welcome_back(asked=asked, by=sitting_now(cast.wren))
    with pytest.raises(Conflict):
        welcome_back(asked=asked, by=sitting_now(cast.ash))


def test_asking_of_somebody_who_left_is_closed(cast: Cast) -> None:
    asked = ask_to_come_back(by=cast.sorrel)
    change_state(membership=cast.sorrel, verb="leave", by="site")
    with pytest.raises(Conflict):
        welcome_back(asked=asked, by=sitting_now(cast.wren))
    assert (close_come_backs(), close_come_backs()) == (1, 0)
    assert ComeBackAsked.objects.get().state == "gone"
    assert "come_back_asked" not in told(cast.wren)


def test_it_goes_by_the_pages(cast: Cast) -> None:
    sorrel, wren = client_of(cast.sorrel), client_of(cast.wren)
    session = ahead(cast, title="Cooking together")
    assert "I would like to come back" in sorrel.get("/c/fellside/").content.decode()
    assert "Cooking together" in sorrel.get("/c/fellside/come-back/").content.decode()
    assert sorrel.post("/c/fellside/come-back/", {"choice": "99", "words": "Hello"}).status_code == 200
    assert sorrel.post("/c/fellside/come-back/", {"choice": session.pk, "words": "I am well again."}).status_code == 302
    again = sorrel.get("/c/fellside/come-back/").content.decode()
    assert "You have asked." in again
    assert re.search(rf'value="{session.pk}"[^>]* checked', again)
    assert "Sorrel" in wren.get("/c/fellside/letters/").content.decode()
    page = f"/c/fellside/come-back/{ComeBackAsked.objects.get().pk}/"
    assert "I am well again." in wren.get(page).content.decode()
    assert wren.post(page).status_code == 302
    assert sorrel.get("/c/fellside/board/").status_code == 200


def test_asked_again_after_another_time_away(cast: Cast, time_machine) -> None:
    welcome_back(asked=ask_to_come_back(by=cast.sorrel), by=sitting_now(cast.wren))
    change_state(membership=cast.sorrel, verb="make_inactive", by="site")
    time_machine.shift(timedelta(days=30))
    ask_to_come_back(by=now_of(cast.sorrel))
    assert ComeBackAsked.objects.filter(state="open").count() == 1
