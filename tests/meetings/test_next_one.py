"""The front page says when the next session is, and whether one comes."""

from datetime import timedelta

import pytest

import clock
from meetings.lifecycle.coming import Answer
from meetings.lifecycle.timetable import Change, SessionState
from meetings.next_one import lines
from meetings.services.coming import say_coming
from tests.cast import Cast, client_of
from tests.meetings.groups import a_session
from tests.meetings.sayings import an_away_time

AT = "2026-06-10 12:00:00+01:00"  # a Wednesday
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def line(cast: Cast, who: str = "heron") -> tuple[str, str] | None:
    said = lines(cast[who], clock.now())
    return (said[0].words.split(",")[0], said[0].more) if said else None


def test_the_next_one_that_takes_place_stands_on_the_front_page_and_leads_to_it(cast: Cast) -> None:
    off = a_session(cast.fellside, clock.now() + HOUR, title="Called off")
    off.state, off.change, off.why_words = SessionState.CANCELLED, Change.CANCELLED, "The heating is broken"
    off.save()
    session = a_session(cast.fellside, clock.now() + DAY, title="Morning group")
    a_session(cast.fellside, clock.now() + 2 * DAY, title="Later")
    a_session(cast.riverside, clock.now() + HOUR, title="Elsewhere")
    page = client_of(cast.heron).get("/c/fellside/").content.decode()
    assert f'<a href="/c/fellside/groups/sessions/{session.pk}/">Morning group, Thursday 11 June, noon to ' in page
    assert "You can say whether you come." in page
    assert [title for title in ("Called off", "Later", "Elsewhere") if title in page] == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer.COMING, "You come."),
        (Answer.CANNOT, "You have said that you can't come."),
        (Answer.HOSPITAL, "You have said that you can't come."),
    ],
)
def test_what_one_has_said_stands_there_without_the_reason(cast: Cast, answer: Answer, said: str) -> None:
    session = a_session(cast.fellside, clock.now() + DAY, title="Morning group")
    say_coming(session=session, by=cast.moss, answer=Answer.COMING)
    say_coming(session=session, by=cast.heron, answer=answer)
    assert line(cast) == ("Morning group", said)


def test_who_waits_for_a_place_reads_that_they_wait(cast: Cast) -> None:
    session = a_session(cast.fellside, clock.now() + DAY, room=1, title="Morning group")
    say_coming(session=session, by=cast.moss, answer=Answer.COMING)
    say_coming(session=session, by=cast.heron, answer=Answer.COMING)
    assert line(cast) == ("Morning group", "You are on the waiting list.")


def test_who_is_away_that_day_is_not_asked_again(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() + DAY, title="Morning group")
    an_away_time(cast.heron)
    assert line(cast) == ("Morning group", "You are away that day.")
    assert line(cast, "moss") == ("Morning group", "You can say whether you come.")


def test_what_is_on_now_stands_there_until_it_is_over(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() - timedelta(minutes=10), title="Morning group")
    assert line(cast) == ("Morning group", "You can say whether you come.")


@pytest.mark.parametrize("who", ["hazel", "sorrel", "thorn", "willow", "dale"])
def test_staff_and_whoever_is_not_there_just_now_are_not_asked(cast: Cast, who: str) -> None:
    a_session(cast.fellside, clock.now() + DAY)
    assert line(cast, who) is None


def test_nothing_ahead_says_nothing(cast: Cast) -> None:
    assert line(cast) is None
    assert "Next:" not in client_of(cast.heron).get("/c/fellside/").content.decode()
