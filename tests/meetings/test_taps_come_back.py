"""What somebody tapped or ticked and could not save is there again: a register, an order of the agenda, ticks."""

import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

import clock
from communities.models import Membership
from meetings.lifecycle.coming import Was
from meetings.lifecycle.timetable import Role
from meetings.models import AgendaItem, CommunityMeeting, Group, Mark, Session
from meetings.queries.agenda import arranged_items
from meetings.services.register import take_register
from people import kept
from tests.answers.forms import read
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.groups import a_group, a_role, a_session
from tests.meetings.making import a_meeting, an_item
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
Taps = dict[str, object]


@pytest.fixture
def session(cast: Cast) -> Session:
    row = a_session(cast.fellside, clock.now() - timedelta(hours=2), counts=True)
    a_role(row, Role.SECRETARY, cast.moss)
    return row


def register_at(session: Session) -> str:
    return f"/c/fellside/groups/sessions/{session.pk}/register/"


def taps_of(cast: Cast) -> Taps:
    """As Moss's page sends them."""
    marks = {f"was_{cast.heron.pk}": "not_here", f"was_{cast.fern.pk}": "word", f"was_{cast.hazel.pk}": "here"}
    return {"seen": "0", "guests": "3", "rest": "here", kept.WRITTEN_BY: kept.mark_of(cast.moss.person_id), **marks}


def signed_in_again(answer: HttpResponse, client: Client) -> HttpResponse:
    """What somebody who is here by now finds where the button of the signed-out page leads."""
    assert answer.status_code == 403
    page = read(answer)
    [number] = [n for n, form in enumerate(page.forms) if "kept" in form]
    return client.post(page.actions[number], {"kept": page.forms[number]["kept"]}, follow=True)


def chosen(page: HttpResponse) -> dict[str, str]:
    """Every mark that is chosen on a page of a register."""
    checked = re.findall(r'name="was_(\d+)" value="(\w+)" checked', page.content.decode())
    return dict(checked)


def test_register_sent_after_the_sitting_ended_stands_again_as_it_was_tapped_and_is_saved(
    cast: Cast, session: Session
) -> None:
    away = Client().post(register_at(session), taps_of(cast))
    assert "What you put in is safe" in away.content.decode()
    moss = client_of(cast.moss)
    page = signed_in_again(away, moss)
    assert page.request["PATH_INFO"] == register_at(session)
    tapped = {str(cast.heron.pk): "not_here", str(cast.fern.pk): "word", str(cast.hazel.pk): "here"}
    assert chosen(page) == tapped
    assert 'value="3"' in page.content.decode()
    assert "Nothing of them is saved yet" in page.content.decode()
    assert chosen(moss.get(register_at(session) + "?saved")) == {}
    assert moss.post(register_at(session), taps_of(cast)).status_code == 302
    stands = dict(Mark.objects.values_list("membership__display_name", "was"))
    assert [stands[name] for name in ("Heron", "Fern", "Hazel", "Clover")] == ["not_here", "apology", "here", "here"]
    assert "here again" not in moss.get(register_at(session)).content.decode()


def test_nobody_else_who_signs_in_there_finds_the_taps(cast: Cast, session: Session) -> None:
    away = Client().post(register_at(session), taps_of(cast))
    dale = client_of(cast.dale)
    assert chosen(signed_in_again(away, dale)) == {}
    other = dale.post(register_at(session), taps_of(cast) | {"seen": "7"})
    assert (other.status_code, kept.IN_SITTING in dale.session) == (403, False)


def test_taps_of_a_register_that_somebody_else_has_saved_stand_beside_what_is_saved(
    cast: Cast, session: Session
) -> None:
    marks = {cast.heron.pk: Was.HERE, cast.fern.pk: Was.ILL}
    take_register(session=session, by=sitting_now(cast.dale), marks=marks)
    moss = client_of(cast.moss)
    answer = moss.post(register_at(session) + "?saved", taps_of(cast))
    assert (answer.status_code, "What you put in is kept" in answer.content.decode()) == (409, True)
    assert f'href="{register_at(session)}"' in answer.content.decode()
    page = moss.get(register_at(session))
    mine = {str(cast.heron.pk): "not_here", str(cast.fern.pk): "word", str(cast.hazel.pk): "here"}
    assert chosen(page).items() >= mine.items()
    shown = page.content.decode()
    assert 'Heron <span class="quiet">(saved by now: here)' in shown
    assert 'Hazel <span class="quiet">(saved by now: no mark)' in shown
    assert "Fern <span" not in shown  # an apology is an apology, whatever for
    assert 'name="seen" value="1"' in shown
    assert moss.post(register_at(session), taps_of(cast) | {"seen": "1"}).status_code == 302
    assert Mark.objects.get(membership=cast.heron).was == Was.NOT_HERE


def test_what_the_button_said_of_all_others_is_not_lost_beside_what_somebody_else_has_saved(
    cast: Cast, session: Session
) -> None:
    marks = {cast.clover: Was.NOT_HERE, cast.finch: Was.HERE, cast.heron: Was.HERE}
    numbered = {member.pk: was for member, was in marks.items()}
    take_register(session=session, by=sitting_now(cast.dale), marks=numbered)
    moss = client_of(cast.moss)
    moss.post(register_at(session), taps_of(cast))
    page = moss.get(register_at(session))
    found = chosen(page)
    # Everybody else above was here: Clover and Ash were above. Of Finch, who was not, nothing was said.
    assert [found.get(str(cast[key].pk)) for key in ("clover", "ash", "finch", "heron")] == [
        *("here", "here", "here", "not_here")
    ]
    assert 'Clover <span class="quiet">(saved by now: not here)' in page.content.decode()
    assert "Finch <span" not in page.content.decode()


def test_second_step_that_is_asked_for_first_loses_no_tap(cast: Cast, session: Session) -> None:
    dale = client_of(cast.dale, at=clock.now() - timedelta(hours=13))
    mine = taps_of(cast) | {kept.WRITTEN_BY: kept.mark_of(cast.dale.person_id)}
    answer = dale.post(register_at(session), mine)
    assert answer.status_code == 403
    assert "next=" + register_at(session).replace("/", "%2F") in answer.content.decode()
    assert len(kept.unseal(dale.session[kept.IN_SITTING][register_at(session)]).fields) == len(mine)


def a_thing(by: Membership, title: str) -> AgendaItem:
    item = an_item(by)
    item.title = title
    item.save()
    return item


@pytest.fixture
def agenda(cast: Cast) -> tuple[str, list[AgendaItem]]:
    meeting = a_meeting(cast.fellside)
    items = [a_thing(cast.heron, title) for title in ("First", "Second")]
    return f"/c/fellside/meeting/{meeting.pk}/arrange/", items


def order_of(client: Client, address: str, places: dict[int, int], minutes: int = 7) -> dict[str, object]:
    form = client.get(address).context["form"]
    boxes = {f"{name}_{pk}": n for pk, place in places.items() for name, n in (("place", place), ("minutes", minutes))}
    return {"seen": form.looks_like, kept.WRITTEN_BY: "", **boxes}


def test_order_that_met_another_one_comes_back_beside_it_and_can_be_kept(
    cast: Cast, agenda: tuple[str, list[AgendaItem]]
) -> None:
    address, (first, second) = agenda
    wren, ash = client_of(cast.wren), client_of(cast.ash)
    mine = order_of(wren, address, {first.pk: 1, second.pk: 2})
    assert ash.post(address, order_of(ash, address, {first.pk: 2, second.pk: 1}, minutes=30)).status_code == 302
    answer = wren.post(address, mine)
    assert (answer.status_code, f'href="{address}"' in answer.content.decode()) == (409, True)
    page = wren.get(address)
    shown = page.content.decode()
    assert [shown.count(f"Saved by now: place {place}, 30 minutes") for place in (1, 2)] == [1, 1]
    assert page.context["form"][f"minutes_{first.pk}"].value() == "7"
    assert page.context["form"][f"place_{first.pk}"].value() == "1"
    assert "Saved by now" not in wren.get(address + "?saved").content.decode()
    again = mine | {"seen": re.search(r'name="seen" value="([^"]*)"', shown).group(1)}
    assert wren.post(address, again).status_code == 302
    placed = arranged_items(CommunityMeeting.objects.get(), all_of_it=True, now=clock.now())
    assert [item.title for item in placed] == ["First", "Second"]
    assert "Saved by now" not in wren.get(address).content.decode()


def test_order_of_an_agenda_to_which_something_came_is_shown_with_it_and_taken_the_next_time(
    cast: Cast, agenda: tuple[str, list[AgendaItem]]
) -> None:
    address, (first, second) = agenda
    wren = client_of(cast.wren)
    mine = order_of(wren, address, {first.pk: 2, second.pk: 1})
    third = a_thing(cast.moss, "Third")
    page = wren.post(address, mine)
    assert (page.status_code, "Third" in page.content.decode()) == (200, True)
    seen = re.search(r'name="seen" value="([^"]*)"', page.content.decode()).group(1)
    whole = mine | {"seen": seen, f"place_{third.pk}": 3, f"minutes_{third.pk}": 5}
    assert wren.post(address, whole).status_code == 302


def test_order_sent_after_the_sitting_ended_stands_again(cast: Cast, agenda: tuple[str, list[AgendaItem]]) -> None:
    address, (first, second) = agenda
    mine = order_of(client_of(cast.wren), address, {first.pk: 2, second.pk: 1})
    page = signed_in_again(Client().post(address, mine), client_of(cast.wren))
    assert [page.context["form"][f"place_{item.pk}"].value() for item in (first, second)] == ["2", "1"]


WEEK: dict[str, object] = {
    "title": "Walking group",
    "words": "Along the river.",
    "frequency": "weekly",
    "weekdays": ["1", "3", "4"],
    "day": "2026-06-16",
    "starts": "19:00",
    "ends": "20:00",
    "on_bank_holidays": "rests",
}


def test_every_day_of_the_week_that_was_ticked_comes_back_and_none_that_was_not(cast: Cast) -> None:
    mine = WEEK | {kept.WRITTEN_BY: kept.mark_of(cast.heron.person_id)}
    heron = client_of(cast.heron)
    page = signed_in_again(Client().post("/c/fellside/groups/new/", mine), heron)
    again = re.findall(r'name="weekdays" value="(\d)"', page.content.decode())
    assert again == ["1", "3", "4"]
    form = heron.get("/c/fellside/groups/new/").content.decode()
    assert re.findall(r'name="weekdays" value="(\d)"[^>]*checked', form) == ["1", "3", "4"]
    group: Group = a_group(cast.heron, member_led=True, counts=False)
    path = f"/c/fellside/groups/{group.pk}/change/"
    changed = mine | {"weekdays": ["5"], "edition": "1", "words": ""}
    signed_in_again(Client().post(path, changed), heron)
    form = heron.get(path).content.decode()
    assert re.findall(r'name="weekdays" value="(\d)"[^>]*checked', form) == ["5"]


def test_dates_without_a_word_come_back_too(cast: Cast) -> None:
    heron, path = client_of(cast.heron), "/c/fellside/groups/away/"
    page = signed_in_again(Client().post(path, {"kind": "hospital", "day": "2026-06-09", "until": "2026-06-19"}), heron)
    assert "What you put in is still here" in page.content.decode()
    form = heron.get(path).content.decode()
    assert all(f'value="{day}"' in form for day in ("2026-06-09", "2026-06-19"))
    assert re.search(r'value="hospital"[^>]*checked', form)
