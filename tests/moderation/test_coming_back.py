"""Coming back from a suspension, objecting to it, its life cycle and its pages (domain, section 5)."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

import clock
from audit.queries import verify
from communities.lifecycle import State
from moderation.lifecycle import RETURN_STEPS, SUSPENSION_STEPS, ReturnState, SuspensionState
from moderation.models import Objection, ReturnAsked, Suspension
from moderation.services import (
    ask_to_return,
    drop_suspension,
    end_suspension,
    object_to,
)
from moderation.services.hearing import hear
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.moderation.suspending import by_two, by_vote, confirmed, now_of, proposed, said, told
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
LETTER = "/c/fellside/letter/"


# --- the way back


def test_asking_is_answered_by_two_who_say_the_same(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    ask_to_return(by=now_of(cast.heron), words="I am sorry.")
    assert ask_to_return(by=now_of(cast.heron)).words == "I am sorry."
    assert "return_asked" in told(cast.juniper)
    assert said(row, cast.juniper, "come_back", "Welcome.") is False
    assert said(row, cast.ash, "not_yet") is False
    assert said(row, cast.ash, "come_back", "Good to have you.") is True
    assert now_of(cast.heron).state == State.ACTIVE
    asked = ReturnAsked.objects.get()
    assert (asked.state, asked.answer) == ("granted", "Welcome.\n\nGood to have you.")
    assert "suspension_over" in told(cast.heron)
    assert "return_asked" not in told(cast.juniper)


def test_words_of_asking_are_kept_where_one_of_those_who_decide_spoke_first(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    assert said(row, cast.wren, "come_back", "Welcome.") is False
    ask_to_return(by=now_of(cast.heron), words="I would like to come back.")
    assert "return_asked" in told(cast.ash)
    assert (
        "I would like to come back."
        in client_of(cast.ash).get(f"/c/fellside/moderation/places/{row.pk}/").content.decode()
    )
    assert "I would like to come back." in client_of(cast.heron).get(LETTER).content.decode()
    assert said(row, cast.ash, "come_back") is True
    assert ReturnAsked.objects.get().words == "I would like to come back."


def test_not_yet_is_explained_and_one_may_ask_again(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    ask_to_return(by=now_of(cast.heron))
    said(row, cast.wren, "not_yet", "After Monday.")
    assert said(row, cast.ash, "not_yet") is True
    assert now_of(cast.heron).state == State.SUSPENDED
    assert "return_answered" in told(cast.heron)
    page = client_of(cast.heron).get(LETTER).content.decode()
    assert "After Monday." in page
    assert "Ask to come back" in page
    assert ask_to_return(by=now_of(cast.heron)).state == ReturnState.OPEN


def test_two_may_end_it_though_nobody_asked(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    with pytest.raises(Conflict):
        said(row, cast.wren, "not_yet")
    assert said(row, cast.wren) is False
    assert said(row, cast.juniper) is True
    assert now_of(cast.heron).state == State.ACTIVE


def test_one_voice_twice_is_one(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    assert [said(row, cast.wren), said(row, cast.wren)] == [False, False]
    assert now_of(cast.heron).state == State.SUSPENDED


def test_a_voice_about_a_suspension_that_was_replaced_counts_for_nothing(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    said(row, cast.wren)
    by_vote(cast.heron)
    with pytest.raises(Conflict):
        said(row, cast.ash)
    assert now_of(cast.heron).state == State.SUSPENDED


@pytest.mark.parametrize("who", ["heron", "hazel", "sorrel", "dale", "finch", "bramble"])
def test_nobody_asks_who_is_not_suspended_or_has_no_letter(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        ask_to_return(by=cast[who])


# --- an objection


def test_an_objection_is_heard_by_others_and_ends_it(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    objection = object_to(case=row.ref, by=now_of(cast.heron), words="It was not me.")
    for decided in (cast.wren, cast.ash):
        with pytest.raises(Refused):
            hear(objection=objection, by=sitting_now(decided), verdict="undo")
    hear(objection=objection, by=sitting_now(cast.juniper), verdict="undo")
    assert now_of(cast.heron).state == State.SUSPENDED
    hear(objection=Objection.objects.get(), by=sitting_now(cast.rowan), verdict="undo")
    assert now_of(cast.heron).state == State.ACTIVE
    row.refresh_from_db()
    assert (row.state, row.ended_how) == ("ended", "objection")


def test_an_objection_to_a_vote_goes_to_the_meeting(cast: Cast) -> None:
    row = by_vote(cast.heron)
    objection = object_to(case=row.ref, by=now_of(cast.heron), words="Hear me.")
    objection.refresh_from_db()
    assert objection.state == "at_meeting"


def test_only_the_one_it_is_about_objects_and_only_while_it_holds(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    assert client_of(cast.moss).get(f"/c/fellside/object/{row.ref}/").status_code == 404
    heron = client_of(cast.heron)
    assert heron.get(f"/c/fellside/object/{row.ref}/").status_code == 200
    end_suspension(membership=cast.heron, by="motion:1", why="", now=clock.now())
    assert heron.get(f"/c/fellside/object/{row.ref}/").status_code == 404


# --- state x verb, written by hand from the paper

ALLOWED = {("proposed", "confirm"): "in_force", ("proposed", "drop"): "dropped", ("in_force", "end"): "ended"}


def in_state(cast: Cast, state: str) -> Suspension:
    row = proposed(cast.heron, cast.wren)
    if state == "dropped":
        drop_suspension(suspension=row, by=sitting_now(cast.ash))
    elif state != "proposed":
        confirmed(row, cast.ash)
        if state == "ended":
            end_suspension(membership=cast.heron, by="motion:1", why="", now=clock.now())
    return Suspension.objects.get(pk=row.pk)


DOING: dict[str, Callable[[Suspension, Cast], Any]] = {
    "confirm": lambda row, cast: confirmed(row, cast.juniper),
    "drop": lambda row, cast: drop_suspension(suspension=row, by=sitting_now(cast.juniper)),
    "end": lambda row, cast: end_suspension(membership=row.membership, by="motion:2", why="", now=clock.now()),
}


@pytest.mark.parametrize(("state", "verb"), list(product(SuspensionState.values, SUSPENSION_STEPS)))
def test_every_verb_in_every_state_is_as_the_table_says(cast: Cast, state: str, verb: str) -> None:
    row = in_state(cast, state)
    if (state, verb) in ALLOWED:
        DOING[verb](row, cast)
    else:
        with pytest.raises(Conflict):
            DOING[verb](row, cast)
    row.refresh_from_db()
    assert row.state == ALLOWED.get((state, verb), state)


RETURNS = {("open", "grant"): "granted", ("open", "say_not_yet"): "not_yet", ("open", "close"): "gone"}


def test_the_table_of_returns_is_the_papers() -> None:
    table = {(source, verb): step.target for verb, step in RETURN_STEPS.items() for source in step.sources}
    assert table == RETURNS


# --- its pages


@pytest.mark.parametrize("suspended_from", ["board", "everything"])
def test_the_letter_says_what_why_by_whom_until_when_and_how_to_come_back(cast: Cast, suspended_from: str) -> None:
    by_two(cast.heron, cast.wren, cast.ash, suspended_from=suspended_from)
    page = client_of(cast.heron).get(LETTER).content.decode()
    for there in (
        "You shouted.",
        "You still belong here.",
        "Two of the Top Three",
        "Saturday 13 June 2026, 12:00",
        "Ask to come back",
        "You can object.",
    ):
        assert there in page
    for name in ("Wren", "Ash"):
        assert name not in page.split("Around this place")[0]


def test_the_letter_stays_readable_when_it_is_over(cast: Cast) -> None:
    by_two(cast.heron, cast.wren, cast.ash)
    end_suspension(membership=cast.heron, by="motion:1", why="We talked it over.", now=clock.now())
    page = client_of(cast.heron).get(LETTER).content.decode()
    assert "a vote ended it" in page
    assert "We talked it over." in page


def test_somebody_suspended_before_there_were_letters_finds_a_way_back(cast: Cast) -> None:
    page = client_of(cast.bramble).get(LETTER).content.decode()
    assert "You are suspended from the board for now." in page
    assert "Ask one of the people who look after this place" in page


def test_two_do_it_by_their_pages_and_a_member_comes_back_by_theirs(cast: Cast) -> None:
    wren, ash, heron = (client_of(cast[key]) for key in ("wren", "ash", "heron"))
    places = "/c/fellside/moderation/places/"
    assert "Heron" in wren.get(places).content.decode()
    form = {"choice": "board", "value": "48", "reason": "You shouted.", "message": "We wait for you."}
    assert "Please say why" in wren.post(f"{places}suspend/{cast.heron.pk}/", form | {"reason": ""}).content.decode()
    assert wren.post(f"{places}suspend/{cast.heron.pk}/", form).status_code == 302
    row = Suspension.objects.get()
    assert "They have not been told." in ash.get(f"{places}{row.pk}/").content.decode()
    assert ash.post(f"{places}{row.pk}/", {"verb": "confirm"}).status_code == 302
    assert "We wait for you." in heron.get(LETTER).content.decode()
    assert heron.post(LETTER, {"words": "May I?"}).status_code == 302
    assert "You have asked to come back." in heron.get(LETTER).content.decode()
    for client in (wren, ash):
        assert "May I?" in client.get(f"{places}{row.pk}/").content.decode()
        assert client.post(f"{places}{row.pk}/", {"verb": "come_back", "words": ""}).status_code == 302
    assert now_of(cast.heron).state == State.ACTIVE
    assert verify() == []


def test_an_old_page_says_what_happened_meanwhile(cast: Cast) -> None:
    row = by_two(cast.heron, cast.wren, cast.ash)
    answer = client_of(cast.juniper).post(f"/c/fellside/moderation/places/{row.pk}/", {"verb": "confirm"})
    assert answer.status_code == 409
    end_suspension(membership=cast.heron, by="motion:1", why="", now=clock.now())
    late = client_of(cast.juniper).post(
        f"/c/fellside/moderation/places/{row.pk}/", {"verb": "come_back", "words": "CANARY"}
    )
    assert late.status_code == 409
    assert "CANARY" in late.content.decode()


def test_another_communitys_rows_are_missing(cast: Cast) -> None:
    row = proposed(cast.teal, cast.otter)
    wren = client_of(cast.wren)
    for path in (f"{row.pk}/", f"suspend/{cast.plover.pk}/", f"suspend/{cast.wren.pk}/"):
        assert wren.get(f"/c/fellside/moderation/places/{path}").status_code == 404
        assert wren.post(f"/c/fellside/moderation/places/{path}", {"verb": "confirm"}).status_code == 404
