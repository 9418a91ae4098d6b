"""An installation for real people: PostgreSQL, a real address, keys apart; what it finds amiss and what it refuses."""

import contextlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection

from clock import now
from people.models import Person
from tests.ground.test_embedded import ROOT, bare_environment
from tests.notices.mail_server import free_port

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres_only, pytest.mark.kill]


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The environment of a site that is set up as the operators' guide says, on this test's database."""
    place = connection.settings_dict
    keys = {}
    for name in ("SECRET", "RECORD", "PUSH", "PLAN"):
        path = tmp_path / name.lower()
        path.touch(mode=0o600)
        path.write_text(f"{name}-of-a-test,long-enough-and-of-many-different-letters:0123456789abcdef")
        keys[f"PEERNET_{name}_KEY_FILE"] = str(path)
    return {
        **bare_environment(),
        **keys,
        "DJANGO_SETTINGS_MODULE": "peernet.settings",
        "PEERNET_DATA": str(tmp_path / "data"),
        "PEERNET_ELECTION_FOLDER": str(tmp_path / "election-keys"),
        "PEERNET_PLAN_FOLDER": str(tmp_path / "plan-keys"),
        "PEERNET_DATABASE_URL": f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}"
        f"/{place['NAME']}",
        "PEERNET_HOSTS": "morning.example",
        "PEERNET_ADDRESS": "https://morning.example",
        "PEERNET_EXIT_ADDRESS": "https://weather.example/",
        "PEERNET_PROXIES": "1",
        "PEERNET_REDIS_URL": "redis://127.0.0.1:6379/0",
        "PEERNET_MAIL_HOST": "mail.example",
        "PEERNET_MAIL_FROM": "post@morning.example",
    }


def call(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_check_finds_nothing_amiss_where_all_is_set_up(production: dict[str, str]) -> None:
    done = call(production, "-m", "peernet.cli", "check")
    assert done.stdout.splitlines() == ["Nothing was found amiss."]
    assert done.returncode == 0


def test_check_with_a_head_that_stands_nowhere_fails(production: dict[str, str]) -> None:
    done = call(production, "-m", "peernet.cli", "check", "--head", "00" * 32)
    assert done.returncode == 1
    assert "head" in done.stdout


def test_check_without_a_database_says_so_in_one_line(production: dict[str, str]) -> None:
    away = {**production, "PEERNET_DATABASE_URL": f"postgres://nobody@127.0.0.1:{free_port()}/none"}
    done = call(away, "-m", "peernet.cli", "check")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1


def test_the_site_refuses_to_start_with_demo_people_inside(production: dict[str, str]) -> None:
    Person.objects.create_person(sign_in_name="wren", password=None, created_at=now(), is_demo=True)
    done = call(production, "-c", "import peernet.asgi")
    assert done.returncode == 1
    assert "passwords are known to everybody" in done.stderr
    assert "Traceback" not in done.stderr


@contextlib.contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port), "peernet.asgi:application"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def answers(address: str) -> int:
    """Ask as the proxy does that stands before the site; 0 when it does not answer yet."""
    question = urllib.request.Request(address, headers={"Host": "morning.example"})
    try:
        with urllib.request.urlopen(question, timeout=20) as answer:
            return answer.status
    except OSError:
        return 0


def test_connections_do_not_pile_up(production: dict[str, str]) -> None:
    """Kept connections did: each request has a thread of its own, and PostgreSQL has a hundred to give."""
    with serving(production) as address:
        assert any(answers(f"{address}/healthz") or time.sleep(0.1) for _ in range(300))
        with ThreadPoolExecutor(10) as people:
            assert set(people.map(answers, [f"{address}/readyz"] * 100)) == {200}
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
            assert cursor.fetchone()[0] <= 5
