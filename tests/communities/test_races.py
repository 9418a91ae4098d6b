"""Two at once: one invitation opens once, one name is one person's, two voices are two people's."""

from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

import clock
from communities.lifecycle import State
from communities.models import Admission, Invitation, Membership, SelfReferral
from communities.queries import OpenDoor, behind_link
from communities.services import (
    ask_way_back,
    confirm_way_back,
    join,
    joining,
    propose_invitation,
    record_admission,
    renew_open_link,
    send_invitation,
)
from people.decisions import Conflict, Refused
from people.models import Person
from tests.at_once import at_once
from tests.cast import Cast, make_people, sitting_now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token(cast: Cast) -> str:
    invitation = propose_invitation(by=cast.heron, label="a friend")
    return send_invitation(invitation=invitation, by=sitting_now(cast.wren))


@pytest.fixture
def newcomers(cast: Cast) -> list[Person]:
    return list(make_people(["robin", "lark", "swift", "dove"], clock.now()).values())


def kinds(results: list) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_link_opened_by_four_at_once_lets_one_in(cast: Cast, token: str, newcomers: list[Person]) -> None:
    names = ["Robin", "Lark", "Swift", "Dove"]
    results = at_once(
        *[
            lambda p=person, n=name: join(token=token, person=p, display_name=n)
            for person, name in zip(newcomers, names, strict=True)
        ]
    )
    assert kinds(results) == ["Http404", "Http404", "Http404", "Membership"]
    assert Membership.objects.filter(person__in=newcomers).count() == 1


def both_look_first(meeting: Barrier):
    """The link looked up without its lock, both having seen it open before either goes on."""

    def look(token: str, *, now, hashed: str, lock: bool) -> OpenDoor | None:
        door = behind_link(token, now=now, hashed=hashed)
        meeting.wait(timeout=10)
        return door

    return look


@pytest.mark.postgres_only
def test_twin_without_the_lock_lets_two_in(cast: Cast, token: str, newcomers: list[Person], monkeypatch) -> None:
    monkeypatch.setattr(joining, "behind_link", both_look_first(Barrier(2)))
    one, two = newcomers[:2]
    results = at_once(
        lambda: join(token=token, person=one, display_name="Robin"),
        lambda: join(token=token, person=two, display_name="Lark"),
    )
    assert kinds(results) == ["Membership", "Membership"]


@pytest.mark.sqlite_only
def test_twin_without_the_immediate_transaction_lets_two_in(
    cast: Cast, token: str, newcomers: list[Person], monkeypatch
) -> None:
    monkeypatch.setattr(joining, "behind_link", both_look_first(Barrier(2)))
    monkeypatch.setattr(joining, "record", lambda **facts: None)
    bare = join.__wrapped__
    one, two = newcomers[:2]
    results = at_once(
        lambda: bare(token=token, person=one, display_name="Robin"),
        lambda: bare(token=token, person=two, display_name="Lark"),
    )
    assert kinds(results) == ["Membership", "Membership"]


def test_one_name_wanted_by_two_at_once_is_one_persons(cast: Cast, newcomers: list[Person]) -> None:
    token = SelfReferral.objects.get(community=cast.riverside).token
    results = at_once(*[lambda p=person: join(token=token, person=p, display_name="Robin") for person in newcomers[:2]])
    assert kinds(results) == ["Membership", "ValidationError"]
    assert any(isinstance(result, ValidationError) for result in results)


def test_one_person_coming_in_twice_at_once_is_one_membership(cast: Cast) -> None:
    token = SelfReferral.objects.get(community=cast.riverside).token
    results = at_once(
        *[lambda n=name: join(token=token, person=cast.stranger, display_name=n) for name in ("Robin", "Lark")]
    )
    assert kinds(results) == ["Membership", "Refused"]


@pytest.mark.usefixtures("by_two")
def test_two_voices_at_once_admit_once(cast: Cast) -> None:
    results = at_once(
        *[lambda v=voice: record_admission(membership=cast.finch, by=sitting_now(v)) for voice in (cast.wren, cast.ash)]
    )
    assert sorted(results) == [False, True]
    assert Membership.objects.get(pk=cast.finch.pk).state == State.ACTIVE


@pytest.mark.usefixtures("by_two")
def test_one_voice_twice_at_once_counts_once(cast: Cast) -> None:
    results = at_once(*[lambda: record_admission(membership=cast.finch, by=sitting_now(cast.wren))] * 2)
    assert kinds(results) == ["Refused", "bool"]
    assert any(isinstance(result, Refused) for result in results)
    assert Admission.objects.count() == 1


def test_open_link_renewed_by_two_at_once_is_one_link(cast: Cast) -> None:
    results = at_once(
        lambda: renew_open_link(by=sitting_now(cast.otter)), lambda: renew_open_link(by=sitting_now(cast.kestrel))
    )
    assert kinds(results) == ["SelfReferral", "SelfReferral"]
    assert SelfReferral.objects.filter(community=cast.riverside, ended_at=None).count() == 1


def test_way_back_confirmed_by_two_of_staff_at_once_is_one_link(cast: Cast) -> None:
    asked = ask_way_back(membership=cast.heron, by=sitting_now(cast.wren))
    results = at_once(
        lambda: confirm_way_back(way_back=asked, by=sitting_now(cast.dale)),
        lambda: confirm_way_back(way_back=asked, by=sitting_now(cast.glen)),
    )
    assert kinds(results) == ["Conflict", "str"]
    assert any(isinstance(result, Conflict) for result in results)


def test_link_made_and_used_at_once_never_opens_twice(cast: Cast, token: str, newcomers: list[Person]) -> None:
    invitation = Invitation.objects.get()
    results = at_once(
        lambda: join(token=token, person=newcomers[0], display_name="Robin"),
        lambda: send_invitation(invitation=invitation, by=sitting_now(cast.wren)),
    )
    joined, sent = results
    if isinstance(joined, Membership):
        assert isinstance(sent, Conflict)
    else:
        assert isinstance(joined, Http404)
        assert isinstance(sent, str)
