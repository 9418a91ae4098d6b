"""One's own first steps beside what one writes, its pause and a hold: a page of the board never fails over them."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

import clock
from boards.services import write_post
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.services.saving import save_first_steps
from people.models import Person
from tests.boards.test_how_many_queries import spent
from tests.cast import Cast, client_of
from tests.crisisplans.writing import save
from tests.steps import HELD, NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
NEW = "/c/fellside/board/new/"
STEP = "CanaryFirstStep"


@pytest.fixture
def heron_has_steps(cast: Cast) -> None:
    save_first_steps(person=cast.heron.person, kind=PlanKind.CRISIS, steps=(STEP,), seen_version=0, agreed=True)


def places(cast: Cast) -> list[str]:
    """A post in its pause, a held one, the pages of writing and of changing."""
    pause, held = start(cast.heron), start(cast.heron, HELD)
    waiting = "/c/fellside/waiting/"
    return [f"{waiting}{pause.pk}/", f"{waiting}{held.pk}/", f"{waiting}{held.pk}/change/", NEW]


@pytest.mark.usefixtures("heron_has_steps")
def test_they_stand_beside_the_pause_a_hold_and_what_is_being_written_for_their_owner_alone(cast: Cast) -> None:
    browser = client_of(cast.heron)
    for address in places(cast):
        assert STEP in browser.get(address).content.decode(), address
    assert STEP not in client_of(cast.moss).get(NEW).content.decode()


def test_a_number_in_a_step_can_be_tapped_where_it_stands(cast: Cast) -> None:
    steps = ("Ring Fern <on 020 7946 0000>",)
    save_first_steps(person=cast.heron.person, kind=PlanKind.CRISIS, steps=steps, seen_version=0, agreed=True)
    shown = client_of(cast.heron).get(NEW).content.decode()
    assert 'Ring Fern &lt;on <a class="contact__way" href="tel:02079460000">020 7946 0000</a>&gt;</li>' in shown


@pytest.mark.parametrize("why", ["shut", "no key", "key store away", "another's words", "broken"])
@pytest.mark.usefixtures("heron_has_steps")
def test_they_are_left_out_where_the_plan_can_not_be_read_and_the_page_is_whole(
    cast: Cast, why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    addresses = places(cast)
    if why == "shut":
        Person.objects.filter(pk=cast.heron.person_id).update(plan_closed_until=clock.now() + timedelta(hours=2))
    elif why == "no key":
        monkeypatch.setattr(settings, "PLAN_KEYS", tmp_path / "empty")
    elif why == "key store away":
        monkeypatch.setattr(settings, "PLAN_KEYS", tmp_path / "file")
        (tmp_path / "file").write_text("no folder")
    elif why == "another's words":
        other = save(cast.moss, "well", "Moss's own")
        PlanVersion.objects.filter(plan__person=cast.heron.person).update(sealed=other.sealed)
    else:
        PlanVersion.objects.update(sealed="1.x.AAAA")
    browser = client_of(Person.objects.get(pk=cast.heron.person_id))
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200, address
        assert STEP not in answer.content.decode()


def test_without_a_plan_nothing_is_said_of_one(cast: Cast) -> None:
    page = client_of(cast.heron).get(NEW).content.decode()
    assert "first steps" not in page.lower()


@pytest.mark.usefixtures("heron_has_steps")
def test_they_cost_one_query_however_long_the_plan_is(cast: Cast) -> None:
    browser = client_of(cast.heron)
    write_post(by=cast.heron, title="One", text="Two", form_key=uuid4())
    browser.get(NEW)
    short = spent(lambda: browser.get(NEW))
    save(cast.heron, "well", "Long words. " * 400)
    assert len(spent(lambda: browser.get(NEW))) == len(short) <= 10
    assert len([query for query in short if "crisisplans_plan" in query]) == 1
