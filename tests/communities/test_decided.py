"""What was decided, in numbers: months that are over, small numbers folded, and nothing learnt by asking again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.models import Post
from communities import decided
from communities.models import RuleChange
from moderation.services import change_standing
from tests.cast import Cast, client_of
from tests.communities.said import words
from tests.steps import NOON
from tests.steps import decided as decide

pytestmark = pytest.mark.time_machine(NOON, tick=False)
Bring = Callable[..., Post]
NEXT_MONTH = timedelta(days=22)


def released(cast: Cast, bring: Bring, many: int) -> None:
    for _ in range(many):
        decide(bring("held", cast.heron), "release", cast.wren)


def test_a_month_is_shown_when_it_is_over_and_never_changes_after(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    released(cast, bring, 3)
    assert decided.months(cast.fellside, clock.now()) == []
    time_machine.shift(NEXT_MONTH)
    first = decided.months(cast.fellside, clock.now())
    assert [(month.name, month.lines, month.a_few_more) for month in first] == [
        ("June 2026", (("Held posts that could appear", 3),), False)
    ]
    released(cast, bring, 4)
    assert decided.months(cast.fellside, clock.now()) == first


@pytest.mark.parametrize(("many", "said"), [(0, None), (1, ()), (2, ()), (3, (("Held posts that could appear", 3),))])
def test_what_happened_once_or_twice_has_no_number(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture, many: int, said: tuple | None
) -> None:
    released(cast, bring, many)
    time_machine.shift(NEXT_MONTH)
    found = decided.months(cast.fellside, clock.now())
    assert [month.lines for month in found] == ([] if said is None else [said])
    assert all(month.a_few_more is (many < 3) for month in found)


def test_a_first_voice_alone_and_what_lapsed_is_no_decision(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    for _ in range(3):
        decide(bring("board", cast.heron), "remove", cast.wren)
    time_machine.shift(NEXT_MONTH)
    assert decided.months(cast.fellside, clock.now()) == []


def test_what_everybody_was_part_of_is_counted_in_full(cast: Cast, time_machine: TimeMachineFixture) -> None:
    RuleChange.objects.create(community=cast.fellside, key="seats", old=3, new=4, decided_by="a vote", at=clock.now())
    time_machine.shift(NEXT_MONTH)
    month = decided.months(cast.fellside, clock.now())[0]
    assert (month.lines, month.a_few_more) == ((("Rules that were changed or set", 1),), False)


def test_a_month_is_londons(cast: Cast, time_machine: TimeMachineFixture) -> None:
    # Half past midnight on the first of July by London's clock, still June by UTC's.
    at = clock.now().replace(month=6, day=30, hour=23, minute=30)
    RuleChange.objects.create(community=cast.fellside, key="seats", old=3, new=4, decided_by="a vote", at=at)
    time_machine.shift(timedelta(days=60))
    assert [month.name for month in decided.months(cast.fellside, clock.now())] == ["July 2026"]


def test_a_year_is_shown_and_another_communitys_is_not(cast: Cast, time_machine: TimeMachineFixture) -> None:
    for days in (0, 40, 400):
        at = clock.now() - timedelta(days=days)
        for community in (cast.fellside, cast.riverside):
            RuleChange.objects.create(community=community, key="seats", old=3, new=4, decided_by="a vote", at=at)
    time_machine.shift(NEXT_MONTH)
    assert [month.name for month in decided.months(cast.fellside, clock.now())] == ["June 2026", "May 2026"]
    assert decided.months(cast.fellside, clock.now())[0].lines == (("Rules that were changed or set", 1),)


def test_page_names_nobody_and_nothing(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture, django_assert_max_num_queries
) -> None:
    for key in ("moss", "fern", "clover"):
        decide(bring("held", cast[key], "SECRET WORDS", "SECRET TITLE"), "release", cast.wren)
        until = clock.now() + timedelta(days=3)
        change_standing(membership=cast[key], verb="suspend", by="site", suspended_from="board", suspended_until=until)
    time_machine.shift(NEXT_MONTH)
    client = client_of(cast.heron)
    client.get("/c/fellside/rules/decided/")
    with django_assert_max_num_queries(15):
        answer = client.get("/c/fellside/rules/decided/")
    said = words(answer)
    assert "June 2026" in said
    main = said[said.index("What was decided here") : said.index("Around this place")]
    people = [member.display_name for member in cast.everybody.values()]
    assert not [word for word in (*people, "SECRET") if word in main]


READERS = "wren ash juniper rowan linden heron moss fern clover finch hazel sorrel bramble dale glen"


def test_page_is_there_for_whoever_reads_the_rules(cast: Cast) -> None:
    readers = {
        key
        for key, member in cast.everybody.items()
        if key != "pebble" and client_of(member).get("/c/fellside/rules/decided/").status_code == 200
    }
    assert readers == set(READERS.split())
    assert "/c/fellside/rules/decided/" in client_of(cast.heron).get("/c/fellside/rules/").content.decode()
