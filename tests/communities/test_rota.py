"""The rota: single days beside the week, what is asked of others, and that nobody is said to look who does not."""

from datetime import date, datetime, time, timedelta

import pytest
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.live.presence import watch
from communities import duty, fortnight, rota, turns
from communities.hours import Span
from communities.lifecycle import AskingState
from communities.models import Asking, Hours, Membership
from communities.services import ask_others, change_state, leave_out, stop_asking, take_over, take_turn
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, on_duty
from tests.communities.said import words
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

FRIDAY = date(2026, 6, 12)
SUNDAY = date(2026, 6, 14)
EVENING = (time(19), time(23))


@pytest.fixture
def evenings(cast: Cast) -> Cast:
    """Wren looks on Friday evenings, Ash on Sunday evenings."""
    on_duty(cast.wren, 4, starts=EVENING[0], ends=EVENING[1])
    on_duty(cast.ash, 6, starts=EVENING[0], ends=EVENING[1])
    return cast


def row_of(member: Membership) -> int:
    return member.hours.get(what=Hours.What.DUTY).pk


def on_at(cast: Cast, day: date, hour: int) -> set[str]:
    """Who is said to look at this hour of this day, by London's summer time."""
    at = datetime(day.year, day.month, day.day, hour - 1, 30, tzinfo=clock.now().tzinfo)
    return {member.display_name for member in duty.watch(cast.fellside, at).on_duty}


def test_a_turn_counts_on_its_day_and_no_other(cast: Cast) -> None:
    take_turn(by=cast.juniper, on=FRIDAY, starts=time(22), ends=time(2))
    assert on_at(cast, FRIDAY, 23) == {"Juniper"}
    assert on_at(cast, FRIDAY + timedelta(days=1), 1) == {"Juniper"}
    assert on_at(cast, FRIDAY + timedelta(days=7), 23) == set()
    assert duty.watch(cast.fellside, clock.now()).next_look_at == datetime.fromisoformat("2026-06-12T22:00+01:00")


def test_an_off_takes_one_day_out_of_the_week(evenings: Cast) -> None:
    leave_out(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    assert on_at(evenings, FRIDAY, 20) == set()
    assert on_at(evenings, FRIDAY + timedelta(days=7), 20) == {"Wren"}
    assert duty.watch(evenings.fellside, clock.now()).next_look_at == datetime.fromisoformat("2026-06-14T19:00+01:00")


def test_who_can_after_all_has_their_week_as_it_was(evenings: Cast) -> None:
    leave_out(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    take_turn(by=evenings.wren, on=FRIDAY, starts=EVENING[0], ends=EVENING[1])
    assert on_at(evenings, FRIDAY, 20) == {"Wren"}
    assert evenings.wren.hours.count() == 1


def test_what_is_looked_at_already_is_one(evenings: Cast) -> None:
    take_turn(by=evenings.wren, on=FRIDAY, starts=time(20), ends=time(21))
    take_turn(by=evenings.wren, on=SUNDAY, starts=time(20), ends=time(21))
    take_turn(by=evenings.wren, on=SUNDAY, starts=time(20), ends=time(21))
    assert evenings.wren.hours.filter(what=Hours.What.TURN).count() == 1


def test_a_turn_is_given_back_by_leaving_it_out(cast: Cast) -> None:
    take_turn(by=cast.juniper, on=FRIDAY, starts=time(22), ends=time(2))
    leave_out(by=cast.juniper, pk=cast.juniper.hours.get().pk, on=FRIDAY)
    assert not cast.juniper.hours.exists()


@pytest.mark.parametrize(("day", "starts", "ends"), [(-1, 9, 10), (0, 9, 10), (61, 9, 10)])
def test_a_time_that_is_over_or_far_ahead_is_refused(cast: Cast, day: int, starts: int, ends: int) -> None:
    on = date(2026, 6, 10) + timedelta(days=day)
    with pytest.raises(Refused):
        take_turn(by=cast.wren, on=on, starts=time(starts), ends=time(ends))


@pytest.mark.parametrize("key", ["heron", "linden", "bramble", "finch"])
def test_only_those_who_look_are_on_a_rota(cast: Cast, key: str) -> None:
    with pytest.raises(Refused):
        take_turn(by=cast[key], on=FRIDAY, starts=time(9), ends=time(10))


def test_staff_can_say_that_they_are_away_for_a_day(cast: Cast) -> None:
    on_duty(cast.dale, 2, 3, starts=time(9), ends=time(17))
    now = clock.now()
    assert duty.cover(cast.fellside, now).on_duty == (cast.dale,)
    leave_out(by=cast.dale, pk=cast.dale.hours.get(weekday=2).pk, on=now.date())
    cover = duty.cover(cast.fellside, now)
    assert (cover.on_duty, cover.next_look_at) == ((), datetime.fromisoformat("2026-06-11T09:00+01:00"))
    assert duty.next_cover(cast.fellside, now)[cast.dale] == cover.next_look_at


def test_asked_stays_ones_own_until_somebody_takes_it(evenings: Cast) -> None:
    asking = ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    assert ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY) == asking
    assert on_at(evenings, FRIDAY, 20) == {"Wren"}
    take_over(asking=asking, by=evenings.juniper)
    assert on_at(evenings, FRIDAY, 20) == {"Juniper"}
    assert on_at(evenings, FRIDAY + timedelta(days=7), 20) == {"Wren"}
    told = list(Notice.objects.order_by("pk").values_list("kind", "person__memberships__display_name"))
    assert sorted(told) == [("rota_asked", "Ash"), ("rota_asked", "Juniper"), ("rota_taken", "Wren")]
    assert not Notice.objects.filter(kind="rota_asked", withdrawn_at=None).exists()


def test_a_swap_changes_both_days(evenings: Cast) -> None:
    asking = ask_others(
        by=evenings.wren,
        pk=row_of(evenings.wren),
        on=FRIDAY,
        to=evenings.ash,
        in_return=(row_of(evenings.ash), SUNDAY),
    )
    with pytest.raises(Refused):
        take_over(asking=asking, by=evenings.juniper)
    take_over(asking=asking, by=evenings.ash)
    assert on_at(evenings, FRIDAY, 20) == {"Ash"}
    assert on_at(evenings, SUNDAY, 20) == {"Wren"}
    assert on_at(evenings, SUNDAY + timedelta(days=7), 20) == {"Ash"}


def test_a_swap_falls_through_when_one_of_the_times_has_gone(evenings: Cast) -> None:
    back = (row_of(evenings.ash), SUNDAY)
    asking = ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY, to=evenings.ash, in_return=back)
    leave_out(by=evenings.ash, pk=back[0], on=SUNDAY)
    with pytest.raises(Conflict):
        take_over(asking=asking, by=evenings.ash)
    assert on_at(evenings, FRIDAY, 20) == {"Wren"}
    assert Asking.objects.get().state == AskingState.OPEN


def test_leaving_out_asks_no_more(evenings: Cast) -> None:
    asking = ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    leave_out(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    with pytest.raises(Conflict):
        take_over(asking=asking, by=evenings.ash)
    assert on_at(evenings, FRIDAY, 20) == set()


def test_what_was_asked_by_somebody_out_of_office_is_not_taken(evenings: Cast) -> None:
    asking = ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    change_state(membership=evenings.wren, verb="begin_break", by=evenings.wren.ref)
    with pytest.raises(Refused):
        take_over(asking=asking, by=evenings.ash)


# State x verb x role: who asked, somebody of the same rota, an alternate, a member, staff.
DONE = {
    ("open", "take"): {"ash", "juniper"},
    ("open", "stop"): {"wren"},
}


@pytest.mark.parametrize("state", ["open", "taken", "withdrawn"])
@pytest.mark.parametrize("verb", ["take", "stop"])
@pytest.mark.parametrize("key", ["wren", "ash", "juniper", "rowan", "heron", "dale"])
def test_asking_state_by_verb_by_role(evenings: Cast, state: str, verb: str, key: str) -> None:
    asking = ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    if state != "open":
        settled = {"state": state, "settled_at": clock.now()}
        Asking.objects.update(**settled, taken_by=evenings.ash if state == "taken" else None)
    try:
        (take_over if verb == "take" else stop_asking)(asking=asking, by=evenings[key])
        done = True
    except (Refused, Conflict):
        done = False
    assert done is (key in DONE.get((state, verb), set()))
    assert (Asking.objects.get().state == state) is not done


def test_nobody_changes_anothers_time(evenings: Cast) -> None:
    with pytest.raises(Http404):
        leave_out(by=evenings.ash, pk=row_of(evenings.wren), on=FRIDAY)
    with pytest.raises(Http404):
        leave_out(by=evenings.wren, pk=row_of(evenings.wren), on=SUNDAY)
    assert client_of(evenings.ash).get(f"/c/fellside/rota/{row_of(evenings.wren)}/2026-06-12/").status_code == 404
    asking = ask_others(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY, to=evenings.ash)
    for key, slug in (("juniper", "fellside"), ("otter", "riverside"), ("otter", "fellside")):
        assert client_of(evenings[key]).post(f"/c/{slug}/rota/asked/{asking.pk}/").status_code == 404


def test_pages_lead_through_asking_and_taking(evenings: Cast) -> None:
    wren, ash = client_of(evenings.wren), client_of(evenings.ash)
    page = f"/c/fellside/rota/{row_of(evenings.wren)}/2026-06-12/"
    assert "Swap with Ash: I take Sunday 14 June, 7 pm to 11 pm" in words(wren.get(page))
    wren.post(page, {"verb": "ask", "whom": f"{evenings.ash.pk}:{row_of(evenings.ash)}:2026-06-14"})
    said = words(ash.get("/c/fellside/rota/"))
    assert "Wren asks whether you can take it." in said
    assert "In return: Sunday 14 June, 7 pm to 11 pm" in said
    ash.post(f"/c/fellside/rota/asked/{Asking.objects.get().pk}/", {"verb": "take"})
    assert on_at(evenings, FRIDAY, 20) == {"Ash"}
    assert ash.post(f"/c/fellside/rota/asked/{Asking.objects.get().pk}/", {"verb": "take"}).status_code == 409


def test_rota_shows_gaps_and_fills_one_without_script(evenings: Cast) -> None:
    client = client_of(evenings.juniper)
    said = words(client.get("/c/fellside/rota/"))
    assert "Nobody from now until midnight." in said
    assert "Nobody 11 pm to midnight." in said
    filling = client.get("/c/fellside/rota/?on=2026-06-11&starts=00:00&ends=00:00")
    assert 'value="2026-06-11"' in filling.content.decode()
    client.post("/c/fellside/rota/", {"on": "2026-06-11", "starts": "00:00", "ends": "00:00"})
    assert on_at(evenings, date(2026, 6, 11), 20) == {"Juniper"}
    assert "That time is over already." in words(
        client.post("/c/fellside/rota/", {"on": "2026-06-01", "starts": "09:00", "ends": "10:00"})
    )
    assert client.get("/c/fellside/rota/1/2026-13-40/").status_code == 404


def test_gaps_are_those_of_who_decides_not_of_alternates(cast: Cast) -> None:
    on_duty(cast.rowan)
    membership = cast.wren
    membership.everybodys_offices = {cast.rowan.pk: frozenset({"alternate"})}
    now = clock.now()
    shown = fortnight.days(membership, turns.hours_beside(membership, now), now)
    assert len(shown) == turns.DAYS_SHOWN
    assert all(day.gaps and day.looks[-1].is_alternate for day in shown)


def test_rules_page_says_what_holds_for_one_day(evenings: Cast) -> None:
    leave_out(by=evenings.wren, pk=row_of(evenings.wren), on=FRIDAY)
    take_turn(by=evenings.juniper, on=SUNDAY, starts=time(9), ends=time(10))
    said = words(client_of(evenings.heron).get("/c/fellside/rules/"))
    assert "Friday 12 June: Wren can’t look, 7 pm to 11 pm." in said
    assert "Sunday 14 June: Juniper looks, 9 am to 10 am." in said


def test_what_is_over_counts_no_more(cast: Cast, time_machine: TimeMachineFixture) -> None:
    take_turn(by=cast.juniper, on=date(2026, 6, 10), starts=time(13), ends=time(14))
    time_machine.shift(timedelta(days=2))
    assert duty.watch(cast.fellside, clock.now()).next_look_at is None
    assert not duty.duty_hours(cast.fellside, clock.now())


def test_rota_is_on_record_without_words_and_costs_the_same_however_long(
    evenings: Cast, django_assert_max_num_queries
) -> None:
    for n in range(1, 13):
        take_turn(by=evenings.juniper, on=FRIDAY + timedelta(days=n), starts=time(9), ends=time(10))
    assert Entry.objects.filter(verb="take a turn").count() == 12
    client = client_of(evenings.wren)
    with django_assert_max_num_queries(12):
        client.get("/c/fellside/rota/")
    with django_assert_max_num_queries(12):
        client.get(f"/c/fellside/rota/{row_of(evenings.wren)}/2026-06-12/")


def test_live_watch_follows_the_rota(evenings: Cast) -> None:
    take_turn(by=evenings.juniper, on=date(2026, 6, 10), starts=time(11), ends=time(14))
    assert [member.display_name for member in watch(evenings.fellside, clock.now()).on_duty] == ["Juniper"]


def at(hour: int) -> datetime:
    return datetime(2026, 6, 10, hour, tzinfo=clock.now().tzinfo)


@pytest.mark.parametrize(
    ("others", "left"),
    [
        ([], [(8, 12)]),
        ([(6, 8)], [(8, 12)]),
        ([(9, 10)], [(8, 9), (10, 12)]),
        ([(7, 9), (11, 13)], [(9, 11)]),
        ([(7, 13)], []),
        ([(9, 10), (9, 11)], [(8, 9), (11, 12)]),
    ],
)
def test_what_is_left_of_a_time(others: list[tuple[int, int]], left: list[tuple[int, int]]) -> None:
    spans = [Span(at(begins), at(ends)) for begins, ends in others]
    assert rota.without(Span(at(8), at(12)), spans) == [Span(at(begins), at(ends)) for begins, ends in left]
