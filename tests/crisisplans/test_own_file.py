"""One's own plans in the file of everything that is one's own; nobody else's, and nothing while they are shut."""

from datetime import timedelta

import pytest

import clock
from crisisplans.keystore import key_files
from crisisplans.services.suggesting import suggest
from peernet.own import documents
from people.models import Person
from tests.cast import Cast, sitting_now
from tests.crisisplans.opening import CANARY, linked, opened
from tests.crisisplans.planning import key_name, typed
from tests.steps import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOON, tick=False)]
OTHERS = "MOSS-SUGGESTED"


@pytest.fixture
def heron(cast: Cast) -> Person:
    """Heron's plan with a draft, a review that Moss suggested something in, and a link."""
    opening = opened(cast.heron, cast.moss)
    suggest(by=sitting_now(cast.moss), pk=opening.pk, part="well", text=OTHERS)
    linked(cast.heron)
    typed(cast.heron.person, "TYPED-AND-NOT-SAVED")
    return cast.heron.person


def file_of(person: Person) -> str:
    return "".join(documents.as_json(person, clock.now()))


def test_ones_own_words_are_all_in_it(heron: Person) -> None:
    told = file_of(heron)
    for words in (f"{CANARY} well", f"{CANARY} safe", f"{CANARY} first step", f"{CANARY} for", "TYPED-AND-NOT-SAVED"):
        assert words in told, words


def test_what_others_wrote_and_what_others_have_is_not(heron: Person, cast: Cast) -> None:
    assert OTHERS not in file_of(heron)
    theirs = file_of(cast.moss.person)
    assert CANARY not in theirs
    assert "plan_suggestions_made" in theirs


def test_while_the_plans_are_shut_no_word_of_them_is_in_it(heron: Person) -> None:
    Person.objects.filter(pk=heron.pk).update(plan_closed_until=clock.now() + timedelta(hours=1))
    assert CANARY not in file_of(heron)
    Person.objects.filter(pk=heron.pk).update(plan_closed_until=clock.now())
    assert CANARY in file_of(heron)


def test_without_the_key_the_rest_of_it_is_made_all_the_same(heron: Person) -> None:
    key_files.destroy(key_name(heron))
    told = file_of(heron)
    assert CANARY not in told
    assert '"plan_versions"' in told
