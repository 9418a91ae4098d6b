"""With a database that is really not there: what was being written is kept for its author (safety check 5.8)."""

import os
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from django.db import connection

from .conftest import LONG
from .forms import form_to, send

# A whole site of its own whose database can't be reached; `pytest` is imported so that it needs no collected files.
SITE = """
    import django, pytest
    django.setup()
    from django.conf import settings
    settings.ROOT_URLCONF = "tests.answers.failing_urls"
    from django.test import Client
    from django.test.utils import setup_test_environment
    from people.sitting_cookie import cookie_for
    from tests.answers.conftest import LONG
    from tests.answers.forms import form_to, send
    setup_test_environment()
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["sessionid"] = cookie_for("a" * 32)

    helped = client.get("/help-now/")
    assert helped.status_code == 200, helped
    assert "tel:08088088000" in helped.content.decode()

    failed = send(client, "/fail/nothing/", {"text": LONG, "form_key": "k-9", "password": "never-shown"})
    assert failed.status_code == 503, failed
    assert failed["Retry-After"] and failed["Cache-Control"] == "no-store"
    page = failed.content.decode()
    assert "tel:116123" in page and "never-shown" not in page
    assert form_to(failed, "/fail/nothing/") | {"csrfmiddlewaretoken": ""} == {
        "text": LONG, "form_key": "k-9", "csrfmiddlewaretoken": ""}

    stale = client.post("/fail/nothing/", {"text": LONG, "csrfmiddlewaretoken": "old"})
    assert stale.status_code == 503, stale
    assert form_to(stale, "/fail/nothing/")["text"] == LONG

    left = client.post("/leave-this-page/")
    assert left.status_code == 200 and "Refresh" in left
    assert left.cookies["sessionid"]["max-age"] == 0
    assert client.get("/no/such/page/").status_code == 404
    print("all as it should be")
"""


@pytest.mark.parametrize(
    "address", ["postgresql://nobody@127.0.0.1:1/nothing", "sqlite:////no/such/folder/peernet.sqlite3"]
)
def test_database_that_is_not_there_gives_words_and_help(tmp_path, address):
    surroundings = os.environ | {
        "PEERNET_DATABASE_URL": address,
        "PEERNET_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "peernet.settings",
        "PYTHONPATH": str(Path.cwd()),
    }
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SITE)],
        check=False,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "all as it should be" in done.stdout, done.stderr
    assert "Nobody knows" not in done.stderr


@pytest.mark.sqlite_only
@pytest.mark.django_db(transaction=True)
def test_database_locked_by_another_gives_the_words_back_and_then_takes_them(member):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    failed = send(member, "/fail/writing/", {"text": LONG, "form_key": "k-1"})
    other.execute("ROLLBACK")
    other.close()
    assert failed.status_code == 503
    again = form_to(failed, "/fail/writing/")
    assert again["text"] == LONG
    assert member.post("/fail/writing/", again).content == b"It arrived"
