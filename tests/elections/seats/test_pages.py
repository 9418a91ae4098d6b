"""The pages of elections and seats: what they say to whom, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from communities.lifecycle import Office, State
from communities.models import Community, Membership, TermOfOffice
from elections.lifecycle import StandingState
from elections.models import Nomination
from elections.results import outcome_shown
from elections.seats.services import nominate, stand, step_down, withdraw
from elections.seats.services.seating import seated_by
from tests.cast import Cast, client_of
from tests.elections.seats.steps import NOON, opened, the_job_runs, to_the_count, to_the_vote, vote, whole_election

pytestmark = pytest.mark.time_machine(NOON, tick=False)
C = "/c/fellside/"


def said(cast: Cast, key: str, path: str, community: str = "fellside") -> str:
    answer = client_of(cast[key]).get(f"/c/{community}/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_seats_page_says_who_holds_which_until_when_and_what_is_empty(cast: Cast) -> None:
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    page = said(cast, "finch", "seats/")
    assert "Wren" in page
    assert cast.wren.terms.get().ends_at.strftime("%B %Y") in page
    assert "1 seat is empty just now." in page
    assert "Ash" not in page


def test_prospective_and_staff_see_seats_and_not_who_stands(cast: Cast) -> None:
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    election = opened(cast.fellside)
    for key in ("finch", "dale", "sorrel", "thorn"):
        assert client_of(cast[key]).get(f"{C}elections/{election.pk}/").status_code == 404
    assert "There is an election" in said(cast, "finch", "seats/")
    assert f"elections/{election.pk}/" not in said(cast, "finch", "seats/")


def test_step_down_asks_for_a_second_look_and_no_reason(cast: Cast) -> None:
    term = cast.wren.terms.get()
    page = said(cast, "wren", f"seats/{term.pk}/step-down/")
    assert "you do not have to say why" in page
    assert "fewer than two" not in page
    assert client_of(cast.wren).post(f"{C}seats/{term.pk}/step-down/").status_code == 302
    assert client_of(cast.wren).post(f"{C}seats/{term.pk}/step-down/").status_code == 404
    term.refresh_from_db()
    assert term.ended_at == clock.now()


def test_step_down_says_what_it_would_leave(cast: Cast) -> None:
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    page = said(cast, "wren", f"seats/{cast.wren.terms.get().pk}/step-down/")
    assert "An alternate stands in at once." in page
    step_down(term=cast.rowan.terms.get(), by=cast.rowan)
    page = said(cast, "wren", f"seats/{cast.wren.terms.get().pk}/step-down/")
    assert "the board closes for writing" in page


@pytest.mark.parametrize("key", ["ash", "heron", "linden", "dale", "otter"])
def test_anothers_office_is_missing(cast: Cast, key: str) -> None:
    pk = cast.wren.terms.get().pk
    assert client_of(cast[key]).post(f"{C}seats/{pk}/step-down/").status_code == 404
    assert cast.wren.terms.get().ended_at is None


def test_whole_way_by_the_pages_alone(cast: Cast, time_machine: TimeMachineFixture) -> None:
    election = opened(cast.riverside)
    page = f"/c/riverside/elections/{election.pk}/"
    teal, plover, pebble = (client_of(cast[key]) for key in ("teal", "plover", "pebble"))
    assert teal.post(f"{page}stand/").status_code == 302
    assert plover.post(f"{page}nominate/", {"who": cast.pebble.pk}).status_code == 302
    assert "put your name forward" in pebble.get("/c/riverside/elections/names/").content.decode()
    assert "Pebble" not in teal.get(page).content.decode()
    name = Nomination.objects.get(candidate=cast.pebble)
    assert pebble.post(f"/c/riverside/elections/names/{name.pk}/", {"choice": "yes"}).status_code == 302
    assert "Pebble" in teal.get(page).content.decode()
    time_machine.move_to(election.nominations_close_at, tick=False)
    the_job_runs()
    election.refresh_from_db()
    paper = f"/c/riverside/votes/{election.poll_id}/"
    assert paper in client_of(cast.plover).get(page).content.decode()
    option = Nomination.objects.get(candidate=cast.pebble).option
    assert client_of(cast.plover).post(paper, {"option": [f"{option:02}"]}).status_code == 302
    time_machine.move_to(election.poll.closes_at, tick=False)
    assert "elected: Top Three" in client_of(cast.plover).get(page).content.decode()


def test_a_form_sent_twice_or_from_an_old_page_does_no_harm(cast: Cast, time_machine: TimeMachineFixture) -> None:
    election = opened(cast.riverside)
    page = f"/c/riverside/elections/{election.pk}/"
    teal = client_of(cast.teal)
    for _twice in range(2):
        assert teal.post(f"{page}stand/").status_code == 302
    assert Nomination.objects.count() == 1
    time_machine.move_to(election.nominations_close_at, tick=False)
    old = client_of(cast.plover).post(f"{page}stand/")
    assert old.status_code == 403
    assert "The time to stand is over" in old.content.decode()
    assert client_of(cast.plover).post(f"{page}nominate/", {"who": cast.pebble.pk}).status_code == 404


@pytest.mark.parametrize("who", ["wren", "teal", "dale", "nonsense", ""])
def test_only_somebody_on_the_list_can_be_chosen(cast: Cast, who: str) -> None:
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    election = opened(cast.fellside)
    chosen = cast[who].pk if who in cast.everybody else who
    answer = client_of(cast.heron).post(f"{C}elections/{election.pk}/nominate/", {"who": chosen})
    assert answer.status_code == 200
    assert not Nomination.objects.exists()


def test_a_no_is_told_to_nobody(cast: Cast) -> None:
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    election = opened(cast.fellside)
    nominate(election=election, candidate=cast.heron, by=cast.moss)
    name = Nomination.objects.get()
    client_of(cast.heron).post(f"{C}elections/names/{name.pk}/", {"choice": "no"})
    name.refresh_from_db()
    assert name.state == StandingState.DECLINED
    assert "Heron" not in said(cast, "wren", f"elections/{election.pk}/")
    assert "said no" not in said(cast, "moss", "elections/names/").lower()


def test_who_went_away_while_standing_is_left_out_and_why_is_not_said(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    from moderation.services import change_standing

    election = opened(cast.riverside)
    stand(election=election, by=cast.teal)
    stand(election=election, by=cast.plover)
    page = f"elections/{election.pk}/"
    change_standing(membership=cast.teal, verb="begin_break", by=cast.teal.ref)
    assert "Teal" not in said(cast, "pebble", page, "riverside")
    to_the_vote(election, time_machine)
    vote(election, cast.pebble, cast.plover)
    withdraw(nomination=election.nominations.get(candidate=cast.plover), by=cast.plover)
    assert "does not stand any more" in said(cast, "pebble", page, "riverside")


def test_who_stood_down_during_the_vote_is_not_among_those_who_won(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    standing = [cast.teal, cast.plover, cast.otter, cast.kestrel, cast.pebble]
    election = to_the_vote(opened(cast.riverside), time_machine, *standing)
    for by in standing[1:]:
        vote(election, by, cast.teal, cast.plover)
    withdraw(nomination=election.nominations.get(candidate=cast.teal), by=cast.teal)
    election = to_the_count(election, time_machine)
    outcome = outcome_shown(election.poll, seated_by(election.poll))
    chosen = {row.candidate.display_name for row in Nomination.objects.exclude(elected_as="")}
    assert set(outcome.winners) <= chosen
    assert outcome.winners[0] == "Plover"
    assert outcome.passed_over
    page = said(cast, "pebble", f"votes/{election.poll_id}/", "riverside")
    assert "the count went on to the next" in page
    assert "<strong>Teal</strong>" not in page


def test_pages_before_the_close_hold_no_number_and_after_it_no_name_that_may_not_be_said(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    chosen = [cast.teal, cast.plover, cast.otter, cast.kestrel, cast.pebble]
    election = whole_election(
        cast.riverside, time_machine, stand=chosen, votes={by: [cast.teal, cast.plover] for by in chosen[:4]}
    )
    page = said(cast, "pebble", f"elections/{election.pk}/", "riverside")
    places = Nomination.objects.exclude(elected_as="").count()
    assert page.count("elected:") == places == 4  # three seats and an alternate; who came last is not told
    assert not re.search(r"\b[0-9]+ votes?\b", page)


FRAME = re.compile(r"^(BEGIN|SAVEPOINT|RELEASE|COMMIT|ROLLBACK)")
# Whatever the size: at most 15 (a change of a number here is a decision).
COSTS = {"seats/": 13, "elections/": 9, "elections/{pk}/": 13, "elections/{pk}/nominate/": 10, "elections/names/": 8}


def crowd(community: Community, number: int) -> None:
    now = clock.now()
    from people.models import Person

    people = Person.objects.bulk_create(
        Person(sign_in_name=f"one-of-many-{place}", password="", created_at=now) for place in range(number)
    )
    members = Membership.objects.bulk_create(
        Membership(
            community=community,
            person=person,
            state=State.ACTIVE,
            display_name=f"Many {person.pk}",
            name_key=f"many{person.pk}",
            joined_at=now,
            state_since=now - timedelta(days=3),
        )
        for person in people
    )
    TermOfOffice.objects.bulk_create(
        TermOfOffice(
            membership=member,
            office=Office.TOP_THREE,
            starts_at=now - timedelta(days=90),
            ends_at=now - timedelta(days=30),
        )
        for member in members[: number // 2]
    )


@pytest.mark.parametrize("number", [0, 90])
def test_pages_cost_the_same_few_queries_however_many_there_are(cast: Cast, number: int) -> None:
    crowd(cast.fellside, number)
    step_down(term=cast.ash.terms.get(), by=cast.ash)
    election = opened(cast.fellside)
    for member in Membership.objects.filter(community=cast.fellside, display_name__startswith="Many")[:30]:
        stand(election=election, by=member)
    heron = client_of(cast.heron)
    for path, most in COSTS.items():
        address = f"{C}{path.format(pk=election.pk)}"
        heron.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert heron.get(address).status_code == 200
        asked = [query["sql"] for query in captured if not FRAME.match(query["sql"])]
        assert len(asked) <= most, f"{path}: {len(asked)}\n" + "\n".join(asked)
