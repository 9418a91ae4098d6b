"""What every answer carries, whoever made it (safety checks 1.10, 2.9)."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

PLACES = [
    "/help-now/",
    "/leave-this-page/",
    "/no/such/page/",
    "/static/no-such-file.css",
    "/fail/nothing/",
    "/accounts/login/",
]


@pytest.mark.parametrize("path", PLACES)
def test_answer_any_has_the_policy_and_is_not_stored(db, stranger, path):
    response = stranger.get(path)
    assert response["Cache-Control"] == "no-store"
    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Referrer-Policy"] == ("no-referrer" if path == "/leave-this-page/" else "same-origin")
    assert "camera=()" in response["Permissions-Policy"]
    assert "Server" not in response
    assert "X-Powered-By" not in response


def test_signed_in_page_is_not_stored(member):
    assert member.get("/secret/")["Cache-Control"] == "no-store"


# As an operator runs it: collected files with the hash of their content in their names.
SITE = """
    import django
    django.setup()
    from django.core.management import call_command
    call_command("collectstatic", interactive=False, verbosity=0)
    from django.test import Client
    from django.test.utils import setup_test_environment
    setup_test_environment()
    import re
    client = Client()
    for path in ("/help-now/", "/no/such/page/"):
        page = client.get(path).content.decode()
        files = re.findall(r'/static/[^"]+', page)
        assert len(files) > 5, files
        for file in files:
            got = client.get(file)
            assert got.status_code == 200, file
            assert "immutable" in got["Cache-Control"], (file, got["Cache-Control"])
            assert "no-store" not in got["Cache-Control"]
            got.close()
    print("all as it should be")
"""


def test_static_files_of_a_running_site_are_kept_for_ever(tmp_path):
    surroundings = os.environ | {
        "PEERNET_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "peernet.settings",
        "PYTHONPATH": str(Path.cwd()),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(SITE)],
        check=False,
        env=surroundings,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "all as it should be" in done.stdout, done.stderr
