"""The box: constant length, mixed, whole or refused; and its keys (safety checks, 4.1)."""

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

import clock
from elections import ballots, keys

KEY = b"k" * 32
papers = st.lists(st.frozensets(st.integers(0, 9)), max_size=12)


def sealed(places: list) -> bytes:
    return ballots.seal(places, key=KEY, options=10, bound_to="poll:1:1")


def opened(box: bytes, **other: object) -> list:
    how = {"key": KEY, "electorate": 12, "options": 10, "bound_to": "poll:1:1"} | other
    return ballots.unseal(box, **how)


@given(papers)
def test_every_ballot_comes_out_as_it_went_in_and_the_length_never_changes(given_in: list[frozenset[int]]) -> None:
    places = ballots.empty(12, 10)
    lengths = {len(sealed(places))}
    for ballot in given_in:
        places = ballots.put_in(opened(sealed(places)), ballot)
        lengths.add(len(sealed(places)))
    found = sorted(sorted(place) for place in opened(sealed(places)) if place is not None)
    assert found == sorted(sorted(ballot) for ballot in given_in)
    assert lengths == {ballots.sealed_length(12, 10)}


def test_box_that_is_full_takes_no_more() -> None:
    with pytest.raises(ballots.BoxBroken):
        ballots.put_in([frozenset()], frozenset({1}))


def test_every_byte_that_was_changed_is_found() -> None:
    box = sealed(ballots.put_in(ballots.empty(12, 10), frozenset({3})))
    for at in range(len(box)):
        broken = bytearray(box)
        broken[at] ^= 1
        with pytest.raises(ballots.BoxBroken):
            opened(bytes(broken))


@pytest.mark.parametrize("other", [{"key": b"o" * 32}, {"bound_to": "poll:2:1"}, {"bound_to": "poll:1:2"}])
def test_box_of_another_vote_or_under_another_key_does_not_open(other: dict) -> None:
    with pytest.raises(ballots.BoxBroken):
        opened(sealed(ballots.empty(12, 10)), **other)


def test_box_that_was_cut_does_not_open() -> None:
    with pytest.raises(ballots.BoxBroken):
        opened(sealed(ballots.empty(12, 10))[:-1])


def test_place_of_the_newest_ballot_is_any() -> None:
    """Were it always the same, successive boxes would say whose is whose to whoever held the key."""
    found = {ballots.put_in(ballots.empty(12, 10), frozenset({1})).index(frozenset({1})) for _ in range(400)}
    assert found == set(range(12))


def test_no_two_boxes_are_alike_even_of_the_same_ballots() -> None:
    places = ballots.empty(12, 10)
    boxes = [sealed(places) for _ in range(200)]
    assert len(set(boxes)) == 200
    assert len({box[: ballots.NONCE] for box in boxes}) == 200


def file_of(name: str) -> Path:
    return Path(settings.ELECTION_KEYS) / f"{name}.key"


def test_key_is_on_the_disk_for_its_owner_alone_before_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    synced = []
    real = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: synced.append(stat.S_ISDIR(os.fstat(handle).st_mode)) or real(handle)
    )
    name = keys.make()
    assert stat.S_IMODE(file_of(name).stat().st_mode) == 0o600
    assert stat.S_IMODE(file_of(name).parent.stat().st_mode) == 0o700
    assert synced == [False, True]
    assert len(keys.read(name)) == 32


def test_destroyed_key_is_written_over_and_gone() -> None:
    name = keys.make()
    was = keys.read(name)
    held = file_of(name).open("rb")
    keys.destroy(name)
    keys.destroy(name)
    assert not file_of(name).exists()
    assert keys.names() == []
    with held:
        left = held.read()
    assert len(left) == 32
    assert left != was


@pytest.mark.parametrize("name", ["", "../secret", "a/b", "nothing"])
def test_name_that_is_none_finds_no_key(name: str) -> None:
    with pytest.raises(keys.KeyLost):
        keys.read(name)


def test_key_that_was_cut_is_lost() -> None:
    name = keys.make()
    file_of(name).write_bytes(b"short")
    with pytest.raises(keys.KeyLost):
        keys.read(name)


def test_key_of_nobody_is_left_for_a_day(db: None) -> None:
    name, now = keys.make(), clock.now()
    assert not keys.is_nobodys(name, now)
    assert keys.is_nobodys(name, now + timedelta(days=1, minutes=1))
    assert not keys.is_nobodys("0" * 32, now)
