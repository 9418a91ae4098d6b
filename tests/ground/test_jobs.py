"""The queue: only ever a hint, and never filled where nobody empties it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import transaction

from clock import now
from notices import services, tasks
from notices.models import Outgoing
from peernet import celery, jobs
from tests.conftest import REDIS_URL
from tests.ground.test_embedded import ROOT, bare_environment
from tests.notices.mail_server import MailServer
from tests.ready import lay

MAIL = (
    "import django; django.setup()\n"
    "from clock import now; from notices.services import mail_account\n"
    "mail_account(address='teal@example.org', subject='s', body='b', now=now())"
)


def test_every_regular_job_is_a_known_task() -> None:
    celery.app.loader.import_default_modules()
    wanted = {entry["task"] for entry in jobs.entries().values()}
    assert "notices.tasks.send_waiting" in wanted
    assert wanted <= set(celery.app.tasks)


def test_a_task_in_a_process_without_a_worker_is_not_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    conf = SimpleNamespace(task_always_eager=False, broker_url="memory://localhost/")
    assert not jobs.queue_is_served(conf)
    monkeypatch.setattr(jobs, "queue_is_served", lambda _: False)
    assert tasks.send_waiting.delay() is None


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_fails_nothing_that_was_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(tasks.send_waiting, "delay", dead)
    with transaction.atomic():
        services.mail_account(address="teal@example.org", subject="s", body="b", now=now())
    assert Outgoing.objects.waiting().count() == 1


@contextmanager
def running(folder: Path, *command: str, **settings: str) -> Iterator[dict[str, str]]:
    environment = {**bare_environment(), "PEERNET_DATA": str(folder), **settings}
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "peernet", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield environment
    finally:
        process.terminate()
        assert process.wait(30) == 0


@pytest.mark.redis
@pytest.mark.kill
def test_with_redis_a_worker_of_its_own_takes_hints_and_beat_the_rest(tmp_path: Path) -> None:
    server = MailServer()
    settings = {
        "PEERNET_REDIS_URL": str(REDIS_URL),
        "PEERNET_MAIL_HOST": "127.0.0.1",
        "PEERNET_MAIL_PORT": str(server.port),
        "PEERNET_MAIL_TLS": "none",
        "PEERNET_MAIL_FROM": "post@peernet.example",
        "DJANGO_SETTINGS_MODULE": "peernet.settings",
    }
    environment = {**bare_environment(), "PEERNET_DATA": str(tmp_path), **settings}
    lay(tmp_path)
    call = [sys.executable, "-m", "peernet.cli", "migrate", "--quiet"]
    subprocess.run(call, cwd=ROOT, env=environment, check=True, timeout=60)
    with running(tmp_path, "worker", "--concurrency", "1", **settings):
        subprocess.run([sys.executable, "-c", MAIL], cwd=ROOT, env=environment, check=True, timeout=60)
        assert server.wait_for_a_mail(30)  # by the hint alone: no clock runs here
    server.end()


@pytest.mark.kill
@pytest.mark.parametrize("process", ["worker", "beat"])
@pytest.mark.parametrize(
    ("amiss", "says"),
    [("half restored", "A backup was being put back here"), ("no database", "can't be found out (OperationalError)")],
)
def test_neither_worker_nor_clock_starts_where_nothing_may_be_served(
    tmp_path: Path, process: str, amiss: str, says: str
) -> None:
    (tmp_path / ("restoring" if amiss == "half restored" else "peernet.sqlite3")).mkdir()
    environment = {**bare_environment(), "PEERNET_DATA": str(tmp_path)}
    own = ["--schedule", str(tmp_path / "beat"), "--pidfile="] if process == "beat" else []
    done = subprocess.run(
        [sys.executable, "-m", "celery", "--quiet", "-A", "peernet", process, *own],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    # The last line: as root Celery warns of that first.
    assert (done.returncode, says in done.stderr.splitlines()[-1]) == (1, True), done.stderr
    assert "Traceback" not in done.stderr
