"""The pages of coming, being away, reminders and the register: what they show to whom, and what they cost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from meetings.lifecycle.coming import Answer, AwayKind, Was
from meetings.lifecycle.timetable import Role
from meetings.models import AwayTime, Coming, Mark, MarkChange, Register, ReminderChoice, Session
from meetings.services.register import take_register
from tests.cast import Cast, client_of, make_membership, make_people
from tests.cast import Role as CastRole
from tests.meetings.groups import a_role, a_session
from tests.meetings.sayings import a_register, an_answer, an_away_time
from tests.meetings.test_turns import apart

AT = "2026-06-10 12:00:00+01:00"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MOST_QUERIES = 10


@pytest.fixture
def session(cast: Cast) -> Session:
    """Going on since eleven, of the programme; Moss is its secretary."""
    row = a_session(cast.fellside, clock.now() - HOUR, counts=True)
    a_role(row, Role.SECRETARY, cast.moss)
    return row


def _at(session: Session, more: str = "") -> str:
    return f"/c/fellside/groups/sessions/{session.pk}/{more}"


def _page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("choice", ["coming", "cannot", "ill", "hospital"])
def test_one_press_says_it(cast: Cast, session: Session, choice: str) -> None:
    answer = client_of(cast.heron).post(_at(session, "coming/"), {"choice": choice})
    assert answer.headers["Location"] == _at(session)
    assert Coming.objects.get().answer == choice


def test_the_page_of_a_session_has_the_buttons_and_says_how_it_stands(cast: Cast, session: Session) -> None:
    client = client_of(cast.heron)
    assert 'value="coming"' in _page(client, _at(session))
    client.post(_at(session, "coming/"), {"choice": "coming"})
    page = _page(client, _at(session))
    assert "You come." in page
    assert 'value="coming"' not in page


def test_what_one_said_of_a_session_that_is_over_is_told_as_past(cast: Cast) -> None:
    over = a_session(cast.fellside, clock.now() - DAY)
    an_answer(cast.heron, over)
    an_answer(cast.moss, over, Answer.WAITING)
    came, waited = (_page(client_of(who), _at(over)) for who in (cast.heron, cast.moss))
    assert "You had said that you come." in came
    assert "You come." not in came
    assert "You were on the waiting list." in waited


def test_somebody_who_waits_reads_their_place(cast: Cast) -> None:
    full = a_session(cast.fellside, clock.now() + DAY, room=1)
    for who in (cast.moss, cast.fern):
        client_of(who).post(_at(full, "coming/"), {"choice": "coming"})
    client = client_of(cast.heron)
    assert "waiting list" in _page(client, client.post(_at(full, "coming/"), {"choice": "coming"})["Location"])
    assert "number 2" in _page(client, _at(full))


def test_too_many_words_come_back_whole(cast: Cast, session: Session) -> None:
    words = "my bus " * 60
    page = client_of(cast.heron).post(_at(session, "coming/"), {"choice": "cannot", "words": words})
    assert words.strip() in page.content.decode()
    assert not Coming.objects.exists()


def test_somebody_elses_session_is_missing(cast: Cast) -> None:
    other = a_session(cast.riverside, clock.now() + DAY)
    for more in ("", "coming/", "coming/for/", "register/"):
        assert client_of(cast.wren).get(_at(other, more)).status_code == 404
    assert client_of(cast.wren).post(_at(other, "coming/"), {"choice": "coming"}).status_code == 404


@pytest.fixture
def said(cast: Cast, session: Session) -> Session:
    an_answer(cast.fern, session, Answer.HOSPITAL, "canary of ward nine")
    an_away_time(cast.clover, AwayKind.ILL)
    an_answer(cast.ash, session)
    return session


def test_others_read_who_sends_apologies_and_not_why(cast: Cast, said: Session) -> None:
    page = _page(client_of(cast.heron), _at(said))
    assert "Clover, Fern" in page
    assert not any(word in page for word in ("canary", "is in hospital", "is ill"))


@pytest.mark.parametrize("who", ["finch", "hazel"])
def test_whoever_does_not_see_the_people_here_reads_a_number(cast: Cast, said: Session, who: str) -> None:
    page = _page(client_of(cast[who]), _at(said))
    assert "1 person has said that they come" in page
    assert not any(name in page for name in ("Fern", "Clover", "Ash"))


@pytest.mark.parametrize("who", ["moss", "dale"])
def test_whoever_runs_it_reads_the_words(cast: Cast, said: Session, who: str) -> None:
    page = _page(client_of(cast[who]), _at(said, "coming/for/"))
    assert "canary of ward nine" in page
    assert "Clover" in page


@pytest.mark.parametrize("asked_by", ["fern", "moss"])
def test_whoever_is_kept_apart_from_them_reads_neither_words_nor_why(cast: Cast, said: Session, asked_by: str) -> None:
    for one in (cast.fern, cast.clover):
        apart(*((one, cast.moss) if asked_by == "fern" else (cast.moss, one)))
    page = _page(client_of(cast.moss), _at(said, "coming/for/"))
    assert "can&#x27;t come" in page or "can't come" in page
    # The form below offers “They are ill” to put down.
    assert not any(why in page for why in ("canary", "is in hospital", "<span>ill</span>", "until 12 June"))
    assert "canary" in _page(client_of(cast.dale), _at(said, "coming/for/"))


def test_trace_of_a_register_says_why_to_nobody_kept_apart_from_them(cast: Cast, session: Session) -> None:
    row = a_register(session, cast.dale, {cast.fern: Was.HOSPITAL, cast.clover: Was.ILL})
    for one, was, became in ((cast.fern, "here", "ill"), (cast.fern, "ill", "hospital"), (cast.clover, "here", "ill")):
        MarkChange.objects.create(register=row, membership=one, was=was, became=became, by=cast.dale, at=clock.now())
    apart(cast.moss, cast.fern)
    changed = _page(client_of(cast.moss), _at(session, "register/")).partition('id="changes"')[2]
    assert "Fern: here → sent apologies" in changed
    assert "Clover: here → ill" in changed
    assert changed.count("Fern:") == 1
    assert "hospital" not in changed
    assert "Fern: ill → in hospital" in _page(client_of(cast.dale), _at(session, "register/"))


@pytest.mark.parametrize("who", ["heron", "wren", "finch"])
def test_to_others_that_page_is_missing(cast: Cast, said: Session, who: str) -> None:
    for more in ("coming/for/", "register/"):
        assert client_of(cast[who]).get(_at(said, more)).status_code == 404


def test_whoever_runs_it_puts_down_what_they_were_told(cast: Cast, said: Session) -> None:
    client_of(cast.moss).post(_at(said, "coming/for/"), {"who": cast.heron.pk, "choice": "ill"})
    assert Coming.objects.get(membership=cast.heron).said_by == cast.moss
    client_of(cast.moss).post(_at(said, "coming/for/"), {"who": cast.teal.pk, "choice": "ill"})
    assert not Coming.objects.filter(membership=cast.teal).exists()


def test_one_reads_ones_own_line_and_no_other(cast: Cast, session: Session) -> None:
    a_register(session, cast.moss, {cast.heron: Was.NOT_HERE, cast.fern: Was.HERE})
    assert "We have not seen you here" in _page(client_of(cast.heron), _at(session))
    assert "You are marked as here." in _page(client_of(cast.fern), _at(session))
    assert "Register" not in _page(client_of(cast.clover), _at(session))


def test_one_button_marks_everybody_else_as_here(cast: Cast, session: Session) -> None:
    an_answer(cast.fern, session, Answer.ILL)
    sent = {"seen": 0, "rest": "here", f"was_{cast.heron.pk}": "not_here", f"was_{cast.fern.pk}": "word"}
    client_of(cast.moss).post(_at(session, "register/"), sent | {f"was_{cast.finch.pk}": "here", "guests": "2"})
    marks = dict(Mark.objects.values_list("membership__display_name", "was"))
    others = ("Wren", "Ash", "Juniper", "Rowan", "Linden", "Moss", "Clover", "Finch")
    assert marks == {"Heron": "not_here", "Fern": "ill", **dict.fromkeys(others, "here")}
    assert Register.objects.get().guests == 2


def test_or_as_not_here(cast: Cast, session: Session) -> None:
    sent = {"seen": 0, "rest": "not_here", f"was_{cast.heron.pk}": "here"}
    client_of(cast.moss).post(_at(session, "register/"), sent)
    assert Mark.objects.filter(was="here").get().membership == cast.heron
    assert not Mark.objects.filter(membership=cast.finch).exists()


def test_an_older_page_is_shown_how_it_stands(cast: Cast, session: Session) -> None:
    take_register(session=session, by=cast.moss, marks={cast.heron.pk: Was.HERE})
    sent = {"seen": 0, "rest": "not_here"}
    assert client_of(cast.moss).post(_at(session, "register/"), sent).status_code == 409
    assert Mark.objects.get().was == "here"


def test_a_correction_stands_below_with_who_made_it(cast: Cast, session: Session) -> None:
    client = client_of(cast.moss)
    client.post(_at(session, "register/"), {"seen": 0, "rest": "here"})
    client.post(_at(session, "register/"), {"seen": 1, f"was_{cast.heron.pk}": "not_here"} | _all_here(cast))
    assert MarkChange.objects.get().became == "not_here"
    page = _page(client, _at(session, "register/"))
    assert "here → not here" in page


def test_guests_that_can_not_be_leave_everything_tapped(cast: Cast, session: Session) -> None:
    sent = {"seen": 0, "rest": "here", "guests": "many", f"was_{cast.heron.pk}": "not_here"}
    page = client_of(cast.moss).post(_at(session, "register/"), sent).content.decode()
    assert f'name="was_{cast.heron.pk}" value="not_here" checked' in page
    assert not Register.objects.exists()


def test_what_was_never_taken_stands_on_a_page_of_its_own(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() - 5 * HOUR, counts=True, title="Morning kettle")
    for who in (cast.dale, cast.wren):
        assert "Morning kettle" in _page(client_of(who), "/c/fellside/groups/registers/")
    assert client_of(cast.heron).get("/c/fellside/groups/registers/").status_code == 404


def _all_here(cast: Cast) -> dict[str, str]:
    names = ("wren", "ash", "juniper", "rowan", "linden", "moss", "fern", "clover")
    return {f"was_{cast[name].pk}": "here" for name in names}


def test_one_says_it_and_is_back(cast: Cast) -> None:
    client = client_of(cast.heron)
    client.post("/c/fellside/groups/away/", {"kind": "hospital", "day": "2026-06-10"})
    away = AwayTime.objects.get()
    assert "From Wednesday 10 June, until you say" in _page(client, "/c/fellside/groups/away/")
    assert client_of(cast.moss).post(f"/c/fellside/groups/away/{away.pk}/back/").status_code == 404
    client.post(f"/c/fellside/groups/away/{away.pk}/back/")
    assert AwayTime.objects.get().ended_at == clock.now()


def test_a_last_day_before_the_first_is_said_beside_it(cast: Cast) -> None:
    sent = {"kind": "ill", "day": "2026-06-10", "until": "2026-06-09"}
    page = client_of(cast.heron).post("/c/fellside/groups/away/", sent)
    assert "The last day lies before the first" in page.content.decode()


def test_staff_put_it_down_and_see_who_but_not_why(cast: Cast) -> None:
    client = client_of(cast.dale)
    client.post("/c/fellside/groups/away/for/", {"who": cast.heron.pk, "kind": "hospital", "day": "2026-06-01"})
    page = _page(client, "/c/fellside/groups/away/for/").partition("<form")[0]
    assert "Heron" in _page(client, "/c/fellside/groups/away/for/")
    assert "in hospital" not in page
    client.post(f"/c/fellside/groups/away/for/{AwayTime.objects.get().pk}/back/")
    assert AwayTime.objects.get().ended_at is not None


def test_nobody_puts_it_down_for_another_community(cast: Cast) -> None:
    away = an_away_time(cast.teal)
    assert client_of(cast.dale).post(f"/c/fellside/groups/away/for/{away.pk}/back/").status_code == 404
    client_of(cast.dale).post(
        "/c/fellside/groups/away/for/", {"who": cast.otter.pk, "kind": "ill", "day": "2026-06-10"}
    )
    assert AwayTime.objects.get().ended_at is None


def test_reminders_are_kept_as_chosen(cast: Cast) -> None:
    client = client_of(cast.heron)
    assert 'value="day_before" required' in _page(client, "/c/fellside/groups/reminders/")
    client.post("/c/fellside/groups/reminders/", {"when": "both"})
    row = ReminderChoice.objects.get()
    assert (row.when, row.unanswered) == ("both", False)


def _many(cast: Cast, session: Session) -> None:
    """A community of a hundred more, most of whom have said something."""
    people = make_people([f"more-{number}" for number in range(100)], clock.now())
    rows = [make_membership(CastRole(key, "fellside"), cast.fellside, who, clock.now()) for key, who in people.items()]
    members = type(cast.heron).objects.bulk_create(rows)
    answers = list(Answer)
    for number, member in enumerate(members):
        an_answer(member, session, answers[number % len(answers)])
        an_away_time(member)


PAGES: dict[str, Callable[[Session], str]] = {
    "session": _at,
    "coming": lambda session: _at(session, "coming/"),
    "for somebody": lambda session: _at(session, "coming/for/"),
    "register": lambda session: _at(session, "register/"),
    "away": lambda session: "/c/fellside/groups/away/",
    "away for": lambda session: "/c/fellside/groups/away/for/",
    "reminders": lambda session: "/c/fellside/groups/reminders/",
    "registers": lambda session: "/c/fellside/groups/registers/",
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_as_many_questions_for_many_as_for_few(cast: Cast, session: Session, page: str) -> None:
    who = cast.dale if page in {"away for", "registers", "register"} else cast.moss
    client, path = client_of(who), PAGES[page](session)
    client.get(path)
    took = []
    for grow in (lambda: None, lambda: _many(cast, session)):
        grow()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(path).status_code == 200
        took.append(len(asked))
    assert took[0] == took[1] <= MOST_QUERIES


def test_the_week_says_what_one_has_said_oneself(cast: Cast, session: Session) -> None:
    an_answer(cast.heron, session)
    an_answer(cast.fern, session, Answer.ILL)
    said = {who: _page(client_of(cast[who]), "/c/fellside/groups/") for who in ("heron", "fern", "clover")}
    assert "you come" in said["heron"]
    assert "you sent apologies" in said["fern"]
    assert not any(words in said["clover"] for words in ("you come", "apologies"))


def test_week_says_on_which_days_one_is_away_and_what_one_said_of_one_of_them(cast: Cast) -> None:
    days = [a_session(cast.fellside, clock.now() + n * HOUR, title=f"Walk {n}") for n in (2, 3)]
    an_answer(cast.heron, days[0])
    an_away_time(cast.heron, days=1)
    page = _page(client_of(cast.heron), "/c/fellside/groups/")
    first, second = page.split("Walk 2")[1].split("Walk 3")[0], page.split("Walk 3")[1]
    assert "you come" in first
    assert "you are away" not in first
    assert "you are away" in second.split("</section>")[0]
    assert "you are away" not in _page(client_of(cast.moss), "/c/fellside/groups/")
