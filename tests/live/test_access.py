"""Every socket as everybody, held against the access table; and addresses that belong to somebody else (1.7, 1.8)."""

from pathlib import Path

import pytest
from django.urls import URLPattern

from boards.lifecycle import State
from boards.live.sockets import NO_RIGHT, SIGNED_OUT
from communities.models import Membership
from peernet import access
from peernet.sockets import patterns
from people.access import Role
from people.models import Person
from tests.access.opening_things import opening_things
from tests.access.staff_things import ask_in
from tests.access.walk import Place, make_post
from tests.cast import Cast
from tests.live.knocking import Open, sit_down

DOCS = Path(__file__).parents[2] / "docs"


def page_of(pattern: URLPattern) -> str:
    return str(pattern.name).partition(":")[2]


def opened(who: Membership | Person | None, page: str, slug: str, thread: int, opening: int = 1) -> Open:
    """A page at this address, with a real sitting, or with one that nobody was given."""
    of_thread, of_plan = thread if page.endswith("thread") else None, opening if page == "opening" else None
    return Open(sit_down(who) if who else NOBODYS, page, slug, of_thread, opening=of_plan)


class Nobodys:
    """A sitting's key that this site never gave out."""

    session_key = "a-key-that-nobody-was-given-0000"


NOBODYS = Nobodys()


def test_every_socket_has_a_row_and_every_row_a_socket() -> None:
    assert sorted(access.sockets()) == sorted(str(pattern.name) for pattern in patterns())


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.name.lower())
def test_opening_every_socket_is_as_the_table_says(cast: Cast, role: Role) -> None:
    place = Place(cast, role)
    thread = make_post(place.local("clover", "plover"), State.ACCEPTED).thread_id
    wrong = []
    ask_in(place.local("dale", "marsh"), None)
    someone, reader = place.local("clover", "plover"), place.local("fern", "teal")
    asker = place.member if place.member and place.member.community.slug == place.slug else None
    things = opening_things("crisisplans:read", place.person, asker, someone, reader)
    for pattern in patterns():
        who = None if role == Role.SIGNED_OUT else (place.member or place.person)
        page = opened(who, page_of(pattern), place.slug, thread, int(str(things["opening"])))
        expected = None if role in access.sockets()[str(pattern.name)].reads else NO_RIGHT
        if role == Role.SIGNED_OUT:
            expected = SIGNED_OUT
        if page.refused != expected:
            wrong.append((pattern.name, page.refused))
    assert not wrong


@pytest.mark.parametrize("page", ["counts", "front", "board", "thread", "queue"])
def test_what_is_another_communitys_and_what_is_missing_close_alike(cast: Cast, page: str) -> None:
    theirs = make_post(cast.teal, State.ACCEPTED).thread_id
    held = make_post(cast.moss, State.HELD).thread_id
    ours = make_post(cast.moss, State.ACCEPTED).thread_id
    tries = [("riverside", theirs), ("riverside", ours), ("nowhere", ours), ("nowhere", 1)]
    if page == "thread":
        tries += [("fellside", theirs), ("fellside", held), ("fellside", 999_999), ("fellside", 2**70)]
    assert {opened(cast.wren, page, slug, thread).refused for slug, thread in tries} == {NO_RIGHT}


def test_a_sitting_without_its_proof_opens_nothing(cast: Cast) -> None:
    from boards.live.entering import Asked, enter
    from boards.live.pages import page_of as kind

    store = sit_down(cast.wren)
    asked = Asked(kind("board"), "fellside", None, "")
    for cookie in (f"sessionid={store.session_key}", f"sessionid={store.session_key}.{'0' * 64}", "sessionid=.", ""):
        assert enter(asked, [(b"cookie", cookie.encode())]) == SIGNED_OUT
