"""Coming or not: what somebody says of one session, who may, until when, and who has a place."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from clock.london import day_of
from meetings.lifecycle.coming import Answer
from meetings.lifecycle.timetable import Role, SessionState
from meetings.models import ComeBackAsked, Coming, ComingSaid, Session
from meetings.queries.coming import coming_to
from meetings.queries.standings import standings
from meetings.services.coming import forget_old_words, say_coming
from meetings.services.erasing import forget_words_of
from meetings.services.places import fill_all_places
from notices.models import Notice
from people.decisions import Refused
from tests.cast import Cast, sitting_now
from tests.meetings.groups import a_role, a_session
from tests.meetings.sayings import an_answer, an_away_time

AT = "2026-06-10 12:00:00+01:00"  # a Wednesday
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def session(cast: Cast) -> Session:
    """Tomorrow, with room for two."""
    return a_session(cast.fellside, clock.now() + DAY, room=2)


@pytest.mark.parametrize("who", ["heron", "wren", "finch", "hazel", "bramble", "dale"])
def test_whoever_comes_to_sessions_says_that_they_come(cast: Cast, session: Session, who: str) -> None:
    say_coming(session=session, by=cast[who], answer=Answer.COMING)
    assert [each.membership for each in coming_to(session).coming] == [cast[who]]


@pytest.mark.parametrize("who", ["sorrel", "thorn", "willow", "teal"])
def test_nobody_else_does(cast: Cast, session: Session, who: str) -> None:
    with pytest.raises(Refused):
        say_coming(session=session, by=cast[who], answer=Answer.COMING)
    assert not Coming.objects.exists()


def test_any_answer_follows_any_other_and_each_is_kept(cast: Cast, session: Session) -> None:
    for answer in (Answer.COMING, Answer.ILL, Answer.COMING, Answer.CANNOT, Answer.HOSPITAL):
        say_coming(session=session, by=cast.heron, answer=answer, words="I am not well")
    assert Coming.objects.get().answer == Answer.HOSPITAL
    kept = list(ComingSaid.objects.order_by("pk").values_list("answer", flat=True))
    assert kept == ["coming", "ill", "coming", "cannot", "hospital"]


def test_words_go_with_an_apology_and_not_with_a_yes(cast: Cast, session: Session) -> None:
    assert say_coming(session=session, by=cast.heron, answer=Answer.CANNOT, words=" My bus ").words == "My bus"
    assert say_coming(session=session, by=cast.heron, answer=Answer.COMING, words="My bus").words == ""


def test_the_same_twice_changes_nothing(cast: Cast, session: Session, time_machine: TimeMachineFixture) -> None:
    first = say_coming(session=session, by=cast.heron, answer=Answer.CANNOT, words="My bus")
    time_machine.shift(HOUR)
    assert say_coming(session=session, by=cast.heron, answer=Answer.CANNOT, words="My bus").said_at == first.said_at
    assert ComingSaid.objects.count() == Entry.objects.filter(verb="send word").count() == 1


def test_the_record_says_that_word_was_sent_and_not_which(cast: Cast, session: Session) -> None:
    say_coming(session=session, by=cast.heron, answer=Answer.HOSPITAL, words="Ward nine")
    entry = Entry.objects.get(verb="send word")
    assert (entry.actor, entry.subject) == (cast.heron.ref, session.ref)
    assert not any(word in str(entry.facts) for word in ("hospital", "Ward"))


@pytest.mark.parametrize(("answer", "days"), [(Answer.COMING, 0.99), (Answer.CANNOT, 1.1), (Answer.ILL, 14.9)])
def test_a_yes_is_taken_until_its_end_and_an_apology_two_weeks_more(
    cast: Cast, session: Session, time_machine: TimeMachineFixture, answer: str, days: float
) -> None:
    time_machine.shift(days * DAY)
    assert say_coming(session=session, by=cast.heron, answer=answer).answer == answer


@pytest.mark.parametrize(("answer", "days"), [(Answer.COMING, 1.1), (Answer.CANNOT, 15.2), ("for_ever", 0)])
def test_what_comes_later_is_refused_kindly(
    cast: Cast, session: Session, time_machine: TimeMachineFixture, answer: str, days: float
) -> None:
    time_machine.shift(days * DAY)
    with pytest.raises(Refused):
        say_coming(session=session, by=cast.heron, answer=answer)


def test_a_session_that_was_called_off_takes_no_answer(cast: Cast, session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED, change="cancelled")
    with pytest.raises(Refused):
        say_coming(session=session, by=cast.heron, answer=Answer.COMING)


def test_who_comes_when_it_is_full_waits_in_order(
    cast: Cast, session: Session, time_machine: TimeMachineFixture
) -> None:
    for who in ("heron", "moss", "fern", "clover"):
        say_coming(session=session, by=cast[who], answer=Answer.COMING)
        time_machine.shift(HOUR)
    who_comes = coming_to(session)
    assert [each.membership for each in who_comes.waiting] == [cast.fern, cast.clover]
    assert who_comes.place_of(cast.clover) == 2


def test_a_place_that_becomes_free_goes_to_the_longest_waiting_who_is_told(
    cast: Cast, session: Session, time_machine: TimeMachineFixture
) -> None:
    for who in ("heron", "moss", "fern", "clover"):
        say_coming(session=session, by=cast[who], answer=Answer.COMING)
        time_machine.shift(HOUR)
    say_coming(session=session, by=cast.heron, answer=Answer.ILL)
    assert [each.membership for each in coming_to(session).coming] == [cast.moss, cast.fern]
    assert [notice.person for notice in Notice.objects.filter(kind="place_free")] == [cast.fern.person]
    assert ComingSaid.objects.filter(membership=cast.fern).order_by("-pk").values_list("said_by")[0] == (None,)


def test_place_that_the_site_gives_is_no_word_of_theirs(
    cast: Cast, session: Session, time_machine: TimeMachineFixture
) -> None:
    for who in ("heron", "moss", "fern"):
        say_coming(session=session, by=cast[who], answer=Answer.COMING)
    asked = clock.now()
    Session.objects.filter(pk=session.pk).update(starts_at=asked + 5 * DAY, ends_at=asked + 5 * DAY + HOUR, room=3)
    time_machine.shift(2 * DAY)
    assert fill_all_places() == 1
    assert standings(cast.fellside, clock.now())[cast.fern.pk].last_contact == day_of(asked)


def test_nobody_goes_past_those_who_wait(cast: Cast, session: Session) -> None:
    for who in ("heron", "moss", "fern"):
        say_coming(session=session, by=cast[who], answer=Answer.COMING)
    Session.objects.filter(pk=session.pk).update(room=3)
    assert say_coming(session=session, by=cast.clover, answer=Answer.COMING).answer == Answer.WAITING


@pytest.mark.parametrize("room", [3, None])
def test_more_room_is_filled_by_the_sweep(cast: Cast, session: Session, room: int | None) -> None:
    for who in ("heron", "moss", "fern"):
        say_coming(session=session, by=cast[who], answer=Answer.COMING)
    Session.objects.filter(pk=session.pk).update(room=room)
    assert (fill_all_places(), fill_all_places()) == (1, 0)
    assert not coming_to(session).waiting


def test_the_place_of_somebody_who_has_left_is_free(cast: Cast, session: Session) -> None:
    for who in (cast.heron, cast.willow):
        an_answer(who, session)
    assert say_coming(session=session, by=cast.moss, answer=Answer.COMING).answer == Answer.COMING


def test_somebody_away_by_a_suspension_gets_none(cast: Cast, session: Session) -> None:
    an_answer(cast.thorn, session, Answer.WAITING)
    assert fill_all_places() == 0


def test_whoever_runs_it_puts_down_what_a_member_said(cast: Cast, session: Session) -> None:
    a_role(session, Role.SECRETARY, cast.moss)
    said = say_coming(session=session, by=cast.moss, about=cast.heron, answer=Answer.ILL, words="not kept")
    assert (said.membership, said.answer, said.words, said.said_by) == (cast.heron, Answer.ILL, "", cast.moss)


@pytest.mark.parametrize("who", ["fern", "wren"])
def test_others_do_not(cast: Cast, session: Session, who: str) -> None:
    with pytest.raises(Refused):
        say_coming(session=session, by=cast[who], about=cast.heron, answer=Answer.ILL)


@pytest.mark.parametrize("about", ["teal", "willow", "glen"])
def test_nor_about_anybody_who_is_not_a_member_here(cast: Cast, session: Session, about: str) -> None:
    with pytest.raises(Refused):
        say_coming(session=session, by=sitting_now(cast.dale), about=cast[about], answer=Answer.ILL)


def test_somebody_away_that_day_sends_apologies_unless_they_said_otherwise(cast: Cast, session: Session) -> None:
    for who in (cast.heron, cast.moss):
        an_away_time(who)
    an_answer(cast.moss, session)
    assert coming_to(session).not_coming == [cast.heron]


def test_words_are_cleared_thirty_days_after(cast: Cast, session: Session, time_machine: TimeMachineFixture) -> None:
    an_answer(cast.heron, session, Answer.ILL, "Ward nine")
    time_machine.shift(31 * DAY)
    assert forget_old_words(session.ends_at + 30 * DAY) == 0
    assert forget_old_words(session.ends_at + 31 * DAY) == 1
    assert Coming.objects.get().answer == Answer.ILL


def test_words_go_when_somebody_erases_theirs(cast: Cast, session: Session) -> None:
    for who in (cast.heron, cast.moss):
        an_answer(who, session, Answer.ILL, "Ward nine")
    forget_words_of(cast.heron, clock.now())
    assert [each.words for each in Coming.objects.order_by("membership")] == ["", "Ward nine"]


def test_who_asked_to_come_back_says_so_for_that_session_alone(cast: Cast, session: Session) -> None:
    ComeBackAsked.objects.create(membership=cast.sorrel, session=session, made_at=clock.now())
    assert say_coming(session=session, by=cast.sorrel, answer=Answer.COMING).answer == Answer.COMING
    with pytest.raises(Refused):
        say_coming(session=a_session(cast.fellside, clock.now() + DAY), by=cast.sorrel, answer=Answer.COMING)
