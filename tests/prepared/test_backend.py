"""A kept connection is found dead before a page needs it, and alive without being asked."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection
from django.test.utils import CaptureQueriesContext

pytestmark = [pytest.mark.postgres_only, pytest.mark.real_clock]


@pytest.fixture
def kept(transactional_db: None) -> Iterator[Any]:
    """A connection of its own to the tests' database, kept between pages and looked at before each."""
    own = connection.copy()
    own.settings_dict = {**own.settings_dict, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    own.ensure_connection()
    yield own
    own.close()


def number_of(kept: Any) -> int:
    """Which process of the database's serves this connection."""
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def next_page(kept: Any) -> int:
    """What Django does with a kept connection as a page begins, and the page's first question."""
    kept.close_if_unusable_or_obsolete()
    return number_of(kept)


def test_connection_that_lives_is_kept_without_being_asked(kept: Any) -> None:
    before = next_page(kept)
    with CaptureQueriesContext(kept) as captured:
        assert next_page(kept) == before
    assert [query["sql"] for query in captured] == ["SELECT pg_backend_pid()"]


def test_connection_that_the_database_ended_is_made_anew_before_the_page(kept: Any) -> None:
    before = next_page(kept)
    with connection.cursor() as cursor:
        # As at a restart of the database: it says goodbye and hangs up.
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
        assert cursor.fetchone() == (True,)
    assert not kept.is_usable()
    assert next_page(kept) != before


def test_connection_left_in_a_failed_transaction_is_not_usable(kept: Any) -> None:
    kept.set_autocommit(False)
    with pytest.raises(DatabaseError), kept.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert not kept.is_usable()


def test_connection_that_is_closed_is_not_usable(kept: Any) -> None:
    kept.connection.close()
    assert not kept.is_usable()
    close_old_connections()
