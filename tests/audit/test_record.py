"""The record: written with what it records, and whole only as it was written (safety checks, group 7)."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

import clock
from audit import commitments, queries, seals
from audit.models import Chain, Entry
from audit.queries import entries_about, head_of, verify
from audit.services import OutsideTransaction, record
from communities.lifecycle import State
from communities.models import Invitation, Membership
from communities.services import begin_break, propose_invitation
from tests.cast import Cast
from tests.parts import ON_POSTGRES

# PostgreSQL keeps the same rows; what finds them out is ours.
TAMPERINGS = 100 if ON_POSTGRES else 1_000
CHAINS = {"community:1": 12, "people": 6, "operator": 3}


def write(chain: str, number: int) -> Entry:
    with transaction.atomic():
        return record(
            chain=chain,
            verb=f"verb {number % 3}",
            actor=f"membership:{number % 4}",
            subject=f"post:{number % 5}",
            at=clock.now() + timedelta(seconds=number),
            facts={"n": number, "kind": "test"},
        )


@pytest.fixture
def written(db: None) -> dict[str, int]:
    for chain, length in CHAINS.items():
        for number in range(length):
            write(chain, number)
    assert verify() == []
    return CHAINS


def sql(statement: str, *values: Any) -> None:
    """By the back door, as somebody does who holds the database and not the key."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def other(value: Any, dice: random.Random) -> Any:
    if isinstance(value, int):
        return value + dice.choice([1, 2, 1000])
    if hasattr(value, "isoformat"):
        return value + timedelta(microseconds=dice.choice([1000, -1000, 86_400_000_000]))
    if not value:
        return "0" * 64
    place = dice.randrange(len(value))
    letter = dice.choice([sign for sign in "0123456789abcdef{" if sign != value[place]])
    return value[:place] + letter + value[place + 1 :]


ENTRY_FIELDS = ["chain", "number", "at", "verb", "actor", "subject", "facts", "before", "key_id", "seal"]


def any_entry(dice: random.Random) -> Entry:
    return dice.choice(list(Entry.objects.order_by("pk")))


def change_a_field(dice: random.Random) -> None:
    entry, field = any_entry(dice), dice.choice(ENTRY_FIELDS)
    value = other(getattr(entry, field), dice)
    if field == "number":
        value = 2000 + dice.randrange(1000)  # a free place: the database itself refuses a taken one
    sql(f"UPDATE audit_entry SET {field} = %s WHERE id = %s", value, entry.pk)


def remove_an_entry(dice: random.Random) -> None:
    sql("DELETE FROM audit_entry WHERE id = %s", any_entry(dice).pk)


def remove_an_entry_and_close_the_gap(dice: random.Random) -> None:
    gone = any_entry(dice)
    sql("DELETE FROM audit_entry WHERE id = %s", gone.pk)
    later = Entry.objects.filter(chain=gone.chain, number__gt=gone.number).order_by("number")
    for pk, number in list(later.values_list("pk", "number")):
        sql("UPDATE audit_entry SET number = %s WHERE id = %s", number - 1, pk)
    sql("UPDATE audit_chain SET length = length - 1 WHERE name = %s", gone.chain)


def put_in(entry: Entry, **changed: Any) -> None:
    values = {field: getattr(entry, field) for field in ENTRY_FIELDS} | changed
    columns = ", ".join(values)
    sql(f"INSERT INTO audit_entry ({columns}) VALUES ({', '.join(['%s'] * len(values))})", *values.values())


def put_an_entry_in(dice: random.Random) -> None:
    entry = any_entry(dice)
    number = dice.choice([0, CHAINS[entry.chain] + 1, 5000])
    put_in(entry, number=number, verb="admit", before=head_of(entry.chain))


def append_as_if_it_were_ours(dice: random.Random) -> None:
    """Everything right that can be made right without the key."""
    entry = Entry.objects.filter(chain=any_entry(dice).chain).order_by("-number").first()
    put_in(entry, number=entry.number + 1, before=entry.seal, seal=f"{dice.getrandbits(256):064x}")
    last = Entry.objects.get(chain=entry.chain, number=entry.number + 1)
    sql("UPDATE audit_chain SET length = %s, head = %s WHERE name = %s", last.number, last.seal, last.chain)


def swap_two(dice: random.Random) -> None:
    chain = dice.choice(list(CHAINS))
    one, two = dice.sample(list(Entry.objects.filter(chain=chain)), 2)
    sql("UPDATE audit_entry SET number = 9999 WHERE id = %s", one.pk)
    sql("UPDATE audit_entry SET number = %s WHERE id = %s", one.number, two.pk)
    sql("UPDATE audit_entry SET number = %s WHERE id = %s", two.number, one.pk)


def cut_the_tail(dice: random.Random) -> None:
    chain = dice.choice(list(CHAINS))
    left = dice.randrange(CHAINS[chain])
    sql("DELETE FROM audit_entry WHERE chain = %s AND number > %s", chain, left)
    head = Entry.objects.filter(chain=chain, number=left).values_list("seal", flat=True).first() or ""
    if dice.random() < 0.5:
        sql("UPDATE audit_chain SET length = %s, head = %s WHERE name = %s", left, head, chain)


def change_the_head(dice: random.Random) -> None:
    row = dice.choice(list(Chain.objects.all()))
    field = dice.choice(["name", "length", "head", "head_seal"])
    sql(f"UPDATE audit_chain SET {field} = %s WHERE id = %s", other(getattr(row, field), dice), row.pk)


def remove_the_head(dice: random.Random) -> None:
    sql("DELETE FROM audit_chain WHERE name = %s", dice.choice(list(CHAINS)))


def reseal_with_another_key(dice: random.Random) -> None:
    entry = any_entry(dice)
    fields = {name: getattr(entry, name) for name in ENTRY_FIELDS if name != "seal"} | {"verb": "admit"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seals, "keys", lambda: {entry.key_id: b"not the key"})
        seal = seals.seal_entry(**fields)
    sql("UPDATE audit_entry SET verb = 'admit', seal = %s WHERE id = %s", seal, entry.pk)


WAYS: list[Callable[[random.Random], None]] = [
    change_a_field,
    change_a_field,
    change_a_field,
    remove_an_entry,
    remove_an_entry_and_close_the_gap,
    put_an_entry_in,
    append_as_if_it_were_ours,
    swap_two,
    cut_the_tail,
    change_the_head,
    remove_the_head,
    reseal_with_another_key,
]


def test_a_thousand_tamperings_are_all_found(written: dict[str, int]) -> None:
    missed = []
    for number in range(TAMPERINGS):
        dice, way = random.Random(number), WAYS[number % len(WAYS)]
        place = transaction.savepoint()
        way(dice)
        if not verify():
            missed.append((number, way.__name__))
        transaction.savepoint_rollback(place)
    assert missed == []
    assert verify() == []


def test_a_chain_taken_away_whole_is_missed(written: dict[str, int]) -> None:
    with transaction.atomic():
        record(chain="operator", verb="create community", actor="operator", subject="community:1", at=clock.now())
    assert verify() == []
    sql("DELETE FROM audit_entry WHERE chain = 'community:1'")
    sql("DELETE FROM audit_chain WHERE name = 'community:1'")
    assert [found.chain for found in verify()] == ["community:1"]


def test_a_tail_cut_back_to_an_honest_head_is_found_by_a_head_that_was_shown(written: dict[str, int]) -> None:
    """Whoever has an old copy of the database has an old head with its seal: only a head outside tells."""
    old = Chain.objects.get(name="people")
    write("people", 99)
    shown = head_of("people")
    sql("DELETE FROM audit_entry WHERE chain = 'people' AND number > %s", old.length)
    sql(
        "UPDATE audit_chain SET length=%s, head=%s, head_seal=%s WHERE id=%s",
        old.length,
        old.head,
        old.head_seal,
        old.pk,
    )
    assert verify() == []
    assert "the head that was shown" in verify(shown_head=shown)[0].what
    assert verify(shown_head=old.head) == []


def test_entry_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(OutsideTransaction):
        record(chain="people", verb="sign up", actor="site", subject="person:1", at=clock.now())
    assert not Entry.objects.exists()


@pytest.mark.parametrize("fails_at", ["create", "update"])
def test_failing_recorder_takes_the_action_back(cast: Cast, monkeypatch: pytest.MonkeyPatch, fails_at: str) -> None:
    manager = Entry.objects if fails_at == "create" else Chain.objects

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(manager, "create" if fails_at == "create" else "filter", fail)
    for act in (lambda: begin_break(by=cast.heron), lambda: propose_invitation(by=cast.heron, label="a friend")):
        with pytest.raises(RuntimeError):
            act()
    monkeypatch.undo()
    assert Membership.objects.get(pk=cast.heron.pk).state == State.ACTIVE
    assert not Invitation.objects.exists()
    assert not Entry.objects.exists()


def test_action_that_fails_after_its_entry_takes_the_entry_back(db: None) -> None:
    def act() -> None:
        with transaction.atomic():
            write("people", 1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not Entry.objects.exists()
    assert head_of("people") == ""


def test_entries_are_never_changed_or_removed_through_the_models(written: dict[str, int]) -> None:
    entry = Entry.objects.first()
    for act in (
        entry.save,
        entry.delete,
        Entry.objects.all().delete,
        lambda: Entry.objects.update(verb="x"),
    ):
        with pytest.raises(TypeError):
            act()
    assert verify() == []


def test_new_key_seals_and_the_old_one_still_verifies(written: dict[str, int], settings) -> None:
    old = settings.RECORD_KEY
    settings.RECORD_KEY = "a-new-key\n" + old
    fresh = write("people", 1)
    assert fresh.key_id == seals.sealing_key_id()
    assert fresh.key_id != Entry.objects.first().key_id
    assert verify() == []
    settings.RECORD_KEY = "a-new-key"
    assert {found.chain for found in verify()} == set(CHAINS)
    settings.RECORD_KEY = old
    assert {found.chain for found in verify()} == {"people"}


def test_chain_that_grows_while_it_is_walked_is_whole(written: dict[str, int], monkeypatch: pytest.MonkeyPatch) -> None:
    real, grown = queries._seal_holds, []

    def slowly(entry: Entry) -> bool:
        if len(grown) < 5 and entry.number == CHAINS[entry.chain]:
            grown.append(write(entry.chain, 50))
        return real(entry)

    monkeypatch.setattr(queries, "_seal_holds", slowly)
    assert verify() == []
    assert len(grown) == 3


def test_entries_about_one_thing_come_in_order(written: dict[str, int]) -> None:
    numbers = [entry.number for entry in entries_about("community:1", "post:1")]
    assert numbers == [2, 7, 12]


def test_facts_have_one_spelling() -> None:
    assert seals.canonical({"b": 1, "a": "é"}) == seals.canonical({"a": "é", "b": 1}) == '{"a":"\\u00e9","b":1}'
    with pytest.raises(ValueError, match="JSON"):
        seals.canonical({"n": float("nan")})


def test_commitment_fits_its_text_and_tells_nothing_without_the_salt() -> None:
    one, salt = commitments.commit("I could not sleep.")
    two, _other_salt = commitments.commit("I could not sleep.")
    assert one != two
    assert commitments.matches("I could not sleep.", commitment=one, salt=salt)
    assert not commitments.matches("I could sleep.", commitment=one, salt=salt)
