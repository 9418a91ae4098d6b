"""Admitting where a way in is recorded on the site: with the record, or with a word on what happened instead."""

import json
from collections.abc import Collection, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Entry
from communities import admitting
from communities.lifecycle import Instead, State
from communities.models import Admission, Membership, Rule
from communities.services import record_admission
from people.decisions import Refused
from tests.cast import Cast, client_of, sitting_now

ADMISSIONS = "/c/riverside/admissions/"


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """Whose way in is recorded, by membership, as an upper app would say."""
    known: set[int] = set()

    def met(members: Collection[Membership]) -> frozenset[int]:
        return frozenset(known & {member.pk for member in members})

    condition = admitting.Condition(met=met, recorded="It is recorded.", missing="It is not recorded.")
    monkeypatch.setitem(admitting._conditions, "plan_reviewed", condition)
    return known


def facts() -> list[dict[str, str]]:
    return [json.loads(entry.facts) for entry in Entry.objects.filter(verb="speak for admission").order_by("number")]


def test_without_the_record_a_voice_says_what_happened_instead(cast: Cast, recorded: set[int]) -> None:
    for instead in ("", "nonsense"):
        with pytest.raises(Refused):
            record_admission(membership=cast.avocet, by=sitting_now(cast.otter), instead=instead)
    assert not Admission.objects.exists()
    assert record_admission(membership=cast.avocet, by=sitting_now(cast.otter), instead=Instead.ON_PAPER) is False
    with pytest.raises(Refused):
        record_admission(membership=cast.avocet, by=sitting_now(cast.kestrel))
    assert record_admission(membership=cast.avocet, by=sitting_now(cast.kestrel), instead=Instead.GROUP_ASKED) is True
    assert [fact["instead"] for fact in facts()] == ["on_paper", "group_asked"]


def test_with_the_record_two_simply_say_yes_and_nothing_else_is_kept(cast: Cast, recorded: set[int]) -> None:
    recorded.add(cast.avocet.pk)
    record_admission(membership=cast.avocet, by=sitting_now(cast.otter), instead=Instead.ON_PAPER)
    record_admission(membership=cast.avocet, by=sitting_now(cast.kestrel))
    cast.avocet.refresh_from_db()
    assert cast.avocet.state == State.ACTIVE
    assert set(Admission.objects.values_list("instead", flat=True)) == {""}
    assert facts() == [{"basis": "plan_reviewed"}] * 2


def test_ways_in_that_people_alone_know_ask_for_nothing(cast: Cast, recorded: set[int]) -> None:
    Rule.objects.create(community=cast.riverside, key="admission", value="registration", since=cast.avocet.joined_at)
    assert record_admission(membership=cast.avocet, by=sitting_now(cast.otter)) is False
    assert record_admission(membership=cast.avocet, by=sitting_now(cast.kestrel), instead=Instead.ON_PAPER) is True
    assert set(Admission.objects.values_list("instead", flat=True)) == {""}


def test_page_of_those_who_decide_says_which_it_is_and_takes_the_word(cast: Cast, recorded: set[int]) -> None:
    otter = client_of(cast.otter)
    page = otter.get(ADMISSIONS).content.decode()
    assert "It is not recorded." in page
    assert 'name="instead"' in page
    assert otter.post(f"{ADMISSIONS}{cast.avocet.pk}/").status_code == 403
    assert otter.post(f"{ADMISSIONS}{cast.avocet.pk}/", {"instead": "nonsense"}).status_code == 403
    assert otter.post(f"{ADMISSIONS}{cast.avocet.pk}/", {"instead": "on_paper"}).status_code == 302
    assert "on paper" in client_of(cast.kestrel).get(ADMISSIONS).content.decode()
    recorded.add(cast.avocet.pk)
    page = client_of(cast.kestrel).get(ADMISSIONS).content.decode()
    assert "It is recorded." in page
    assert 'name="instead"' not in page


def test_asking_for_the_record_costs_one_query_for_any_number(cast: Cast, recorded: set[int]) -> None:
    otter = client_of(cast.otter)
    otter.get(ADMISSIONS)
    with CaptureQueriesContext(connection) as one:
        otter.get(ADMISSIONS)
    Membership.objects.filter(pk__in=[cast.teal.pk, cast.plover.pk]).update(state=State.PROSPECTIVE)
    with CaptureQueriesContext(connection) as three:
        otter.get(ADMISSIONS)
    assert len(three) == len(one)
