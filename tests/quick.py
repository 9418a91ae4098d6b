"""What makes a run of thousands of tests quick, and changes nothing that they are about."""

import gc
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from django.test import client as client_module
from whitenoise.middleware import WhiteNoiseMiddleware

# Made with the tables, for all tests; nothing of ours changes them.
KEPT = {"django_content_type", "auth_permission"}


def pytest_collection_finish() -> None:
    """What was read to begin with stays: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def pages_alone_are_remembered() -> Iterator[None]:
    """`answer.context` is of the page itself; remembering each piece of it as well would copy everything each time."""
    remember = client_module.store_rendered_templates

    def remember_first(store: dict, *args: object, **given: object) -> None:
        if "templates" not in store:
            remember(store, *args, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client_module, "store_rendered_templates", remember_first)
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files_are_looked_for_once() -> Iterator[None]:
    """Every test client has all of the middleware anew, and would walk the folders of the static files again."""
    look, known = WhiteNoiseMiddleware.add_files_from_finders, {}

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        where = (middleware.static_prefix, tuple(settings.STATICFILES_DIRS))
        if where not in known:
            look(middleware)
            known[where] = dict(middleware.files)
        middleware.files.update(known[where])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def tables_are_emptied_by_hand() -> Iterator[None]:
    """After a test of several connections: PostgreSQL takes a second to truncate a hundred tables."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: _empty())
        yield


def _empty() -> None:
    """Remove every row. Foreign keys are looked at when all is gone."""
    connection = connections["default"]
    names = [name for name in connection.introspection.django_table_names() if name not in KEPT]
    steps = [f"DELETE FROM {connection.ops.quote_name(name)}" for name in sorted(names)]
    with connection.constraint_checks_disabled(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("; ".join(["BEGIN", *steps, "COMMIT"]))
        else:
            for step in ["BEGIN", *steps, "COMMIT"]:
                cursor.execute(step)
