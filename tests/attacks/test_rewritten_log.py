"""Somebody with the database in hand, but not the keys, rewrites what was said or decided: `peernet check` finds it."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

import clock
from audit.queries import verify
from audit.services import OPERATOR, PEOPLE, record
from boards.models import Post
from boards.services import change_post
from peernet.fitness import record as record_checks
from peernet.fitness import verbatim
from tests.cast import Cast
from tests.steps import HELD, decided, fresh, start

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("words_hold")]
DECISIONS, VERSIONS = "moderation_postdecision", "boards_postversion"


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def found() -> list[str]:
    return [*verbatim.words_are_those_recorded(), *verbatim.decisions_are_those_recorded()]


@pytest.fixture
def post(cast: Cast) -> Post:
    """Held, changed, removed by two; beside it one released and one left alone."""
    one = start(cast.heron, f"Words, {HELD}")
    change_post(post=one, by=cast.heron, seen_version=1, title=one.title, text=f"Other words, {HELD}")
    decided(one, "remove", cast.wren)
    decided(one, "remove", cast.ash)
    decided(start(cast.moss, HELD), "release", cast.wren, reason="fine")
    start(cast.fern)
    assert found() == []
    return fresh(one)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (f"UPDATE {VERSIONS} SET text = 'forged' WHERE post_id = {{pk}} AND number = 1", "not what was sent"),
        (f"UPDATE {VERSIONS} SET title = 'forged'", "not what was sent"),
        (f"UPDATE {VERSIONS} SET salt = 'no salt' WHERE post_id = {{pk}}", "not what was sent"),
        (f"UPDATE {VERSIONS} SET number = 7 WHERE post_id = {{pk}} AND number = 1", "missing"),
        ("UPDATE boards_post SET text = 'forged' WHERE id = {pk}", "shows other words"),
        # An earlier version's words in place of the last.
        ("UPDATE boards_post SET text = 'Words, please hold me' WHERE id = {pk}", "shows other words"),
        (f"UPDATE {DECISIONS} SET reason = 'unkind'", "not what was decided"),
        (f"UPDATE {DECISIONS} SET verb = 'hide'", "not what was decided"),
        (f"UPDATE {DECISIONS} SET version = version + 1", "not what was decided"),
        (f"UPDATE {DECISIONS} SET by_id = {{juniper}}", "not what was decided"),
        (f"UPDATE {DECISIONS} SET seconded_by_id = {{juniper}} WHERE needs_two", "not what was decided"),
        (f"UPDATE {DECISIONS} SET seconded_by_id = NULL, seconded_at = NULL WHERE needs_two", "is missing"),
        (f"DELETE FROM {DECISIONS} WHERE post_id = {{pk}}", "is missing"),
    ],
)
def test_other_words_or_another_decision_are_found(post: Post, cast: Cast, statement: str, said: str) -> None:
    sql(statement.format(pk=post.pk, juniper=cast.juniper.pk))
    assert any(said in line for line in found())
    assert not any(words in line for line in found() for words in ("forged", "Words", HELD))


def test_a_version_put_in_is_found(post: Post) -> None:
    columns = "number, at, title, text, commitment, salt, findings, was_held, post_id"
    taken = columns.replace("number", "number + 5")
    sql(f"INSERT INTO {VERSIONS} ({columns}) SELECT {taken} FROM {VERSIONS} WHERE post_id = {post.pk}")
    assert any("not what was sent" in line for line in found())


def begin(chain: str) -> None:
    with transaction.atomic():
        record(chain=chain, verb="begin", actor="operator", subject=chain, at=clock.now())


@pytest.mark.parametrize("gone", [OPERATOR, PEOPLE, "community"])
def test_a_chain_taken_away_whole_is_found(cast: Cast, gone: str) -> None:
    chains = [OPERATOR, PEOPLE, cast.fellside.chain, cast.riverside.chain]
    for chain in chains:
        begin(chain)
    assert list(record_checks.no_chain_is_gone()) == []
    chain = cast.riverside.chain if gone == "community" else gone
    sql(f"DELETE FROM audit_entry WHERE chain = '{chain}'")
    sql(f"DELETE FROM audit_chain WHERE name = '{chain}'")
    assert list(record_checks.no_chain_is_gone()) == [f"The record: chain {chain} is gone."]


@pytest.mark.sqlite_only
@pytest.mark.usefixtures("without_constraints")
@pytest.mark.parametrize(
    "nonsense",
    [
        "UPDATE audit_entry SET at = 'nonsense' WHERE number = 1",
        "UPDATE audit_entry SET at = '' WHERE number = 1",
        "UPDATE audit_entry SET number = 'zz' WHERE number = 1",
        "UPDATE audit_chain SET length = 'zz'",
    ],
)
def test_nonsense_in_the_record_is_a_finding_not_a_fault(post: Post, nonsense: str) -> None:
    sql(nonsense)
    assert verify()


@pytest.fixture
def without_constraints(db: None) -> Iterator[None]:
    """Whoever holds the file can turn SQLite's own checks off; the tests after this one share the connection."""
    sql("PRAGMA ignore_check_constraints = ON")
    yield
    sql("PRAGMA ignore_check_constraints = OFF")
