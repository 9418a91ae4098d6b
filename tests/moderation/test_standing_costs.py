"""The pages about somebody's place here cost at most fifteen queries, however much stands on them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.services import ask_apart
from moderation.models import Suspension
from moderation.services import ask_to_return, begin_death
from tests.cast import Cast, client_of, sitting_now
from tests.moderation.suspending import by_two, by_vote, now_of, proposed, said
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
MOST = 15
C = "/c/fellside/"


def costs(cast: Cast, about: Suspension) -> dict[str, int]:
    asked = {
        "wren": (f"{C}moderation/places/", f"{C}moderation/places/{about.pk}/", f"{C}keep-apart/asked/"),
        "dale": (f"{C}moderation/died/", f"{C}keep-apart/asked/"),
        "heron": (f"{C}letter/", C, f"{C}keep-apart/"),
    }
    found = {}
    for key, paths in asked.items():
        for path in paths:
            client = client_of(cast[key])
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            found[f"{key} {path}"] = len(captured)
    return found


def test_each_page_costs_few_queries_and_no_more_when_more_stands_there(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    ask_to_return(by=now_of(cast.heron), words="May I?")
    said(row, cast.wren)
    ask_apart(by=cast.fern, other=cast.moss)
    begin_death(membership=cast.clover, by=sitting_now(cast.ash))
    few = costs(cast, row)
    assert {page: cost for page, cost in few.items() if cost > MOST} == {}
    for key in ("moss", "hazel", "sorrel"):
        by_vote(cast[key])
        ask_to_return(by=now_of(cast[key]))
        begin_death(membership=cast[key], by=sitting_now(cast.ash))
        ask_apart(by=cast.heron, other=cast[key])
    proposed(cast.linden, cast.ash)
    said(row, cast.juniper, "not_yet")
    assert costs(cast, row) == few
