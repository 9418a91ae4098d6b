"""The link in a reminder: one page, one button, nobody signed in, and it gives nothing away."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from time_machine import TimeMachineFixture

import clock
from communities.models import Membership
from meetings.apology_links import SALT, token_for
from meetings.lifecycle.coming import Answer
from meetings.models import Coming, ComingSaid, Session
from tests.cast import Cast, client_of
from tests.meetings.groups import a_session
from tests.meetings.sayings import an_answer

AT = "2026-06-10 12:00:00+01:00"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
DAY = timedelta(days=1)


@pytest.fixture
def session(cast: Cast) -> Session:
    return a_session(cast.fellside, clock.now() + DAY, title="Kettle canary", place="Mill canary")


@pytest.fixture
def link(cast: Cast, session: Session) -> str:
    return f"/apology/{token_for(session.pk, cast.heron.pk)}/"


def test_only_the_button_sends_apologies(cast: Cast, session: Session, link: str) -> None:
    client = Client()
    for look in (client.get, client.head, client.options):
        look(link)
    assert not Coming.objects.exists()
    assert b"I can't come<" in client.get(link).content
    assert client.post(link).status_code == 200
    said = Coming.objects.get()
    assert (said.membership, said.session, said.answer, said.by_link) == (cast.heron, session, Answer.CANNOT, True)


def test_pressed_twice_it_is_one(link: str) -> None:
    for _ in range(2):
        Client().post(link)
    assert ComingSaid.objects.count() == 1


def test_a_form_without_the_page_sends_nothing(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403
    assert not Coming.objects.exists()


def test_it_says_the_day_and_nothing_else(cast: Cast, link: str) -> None:
    for page in (Client().get(link), Client().post(link), client_of(cast.wren).get(link)):
        said = page.content.decode()
        assert "11 June" in said
        assert not any(word in said for word in ("canary", "Heron", "Fellside", "fellside", "session", "group"))
        assert page["X-Robots-Tag"]


def test_it_opens_nothing_else(link: str, session: Session) -> None:
    client = Client()
    client.post(link)
    assert client.get(f"/c/fellside/groups/sessions/{session.pk}/").status_code == 302


@pytest.mark.parametrize("answer", [Answer.ILL, Answer.HOSPITAL])
def test_what_was_said_of_an_illness_stays(cast: Cast, session: Session, link: str, answer: str) -> None:
    an_answer(cast.heron, session, answer)
    Client().post(link)
    assert Coming.objects.get().answer == answer


def test_it_goes_before_a_yes_and_a_yes_goes_before_it(cast: Cast, session: Session, link: str) -> None:
    an_answer(cast.heron, session)
    Client().post(link)
    assert Coming.objects.get().answer == Answer.CANNOT
    client_of(cast.heron).post(f"/c/fellside/groups/sessions/{session.pk}/coming/", {"choice": "coming"})
    assert Coming.objects.get().answer == Answer.COMING


def leads_nowhere(link: str) -> bool:
    pages = [Client().get(link), Client().post(link)]
    return [page.status_code for page in pages] == [404, 404] and not Coming.objects.exists()


def test_it_ends_with_the_session(link: str, session: Session, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(session.ends_at)
    assert leads_nowhere(link)


def test_it_is_over_when_the_session_is_called_off(link: str) -> None:
    Session.objects.update(state="cancelled", change="cancelled")
    assert leads_nowhere(link)


@pytest.mark.parametrize("who", ["sorrel", "thorn", "willow", "teal"])
def test_whoever_could_not_come_has_no_link(cast: Cast, session: Session, who: str) -> None:
    assert leads_nowhere(f"/apology/{token_for(session.pk, cast[who].pk)}/")


def test_what_is_not_ours_looks_the_same(cast: Cast, session: Session, link: str) -> None:
    other = signing.Signer(salt="notices.stop").sign_object([session.pk, cast.heron.pk])
    odd = signing.Signer(salt=SALT).sign_object([session.pk])
    for token in (other, odd, "no-such-token", link.split("/")[2][:-1] + "x"):
        assert leads_nowhere(f"/apology/{token}/")


def test_pressing_it_again_and_again_is_stopped(link: str) -> None:
    client = Client()
    answers = [client.post(link).status_code for _ in range(12)]
    assert answers == [200] * 10 + [403] * 2


def test_a_link_moves_nobody_elses_word(cast: Cast, session: Session, link: str) -> None:
    an_answer(cast.moss, session)
    Client().post(link)
    assert Coming.objects.get(membership=cast.moss).answer == Answer.COMING
    assert Membership.objects.get(pk=cast.heron.pk).state == "active"
