"""What machines ask: is the process there, and can it serve."""

import pytest
from django.db import OperationalError
from django.test import Client

from clock import now
from clock.models import note_sweep
from tests.conftest import REDIS_URL
from tests.notices.mail_server import free_port


def test_healthz_asks_no_database(client: Client, django_assert_num_queries: object) -> None:
    # No database mark here: any query would raise.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"process": "ok"})


@pytest.mark.django_db
def test_readyz_reports_database_broker_and_sweeps(client: Client) -> None:
    note_sweep("notices.send", now())
    said = client.get("/readyz").json()
    assert said == {"database": "ok", "broker": "no worker in this process", "sweeps": {"notices.send": 0}}


def test_readyz_fails_when_the_database_is_gone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("peernet.health.now", gone)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


@pytest.mark.django_db
def test_readyz_is_ready_without_a_broker(client: Client, settings: object) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (200, "unreachable")


@pytest.mark.django_db
@pytest.mark.redis
def test_readyz_sees_the_broker(client: Client, settings: object) -> None:
    settings.REDIS_URL = REDIS_URL
    assert client.get("/readyz").json()["broker"] == "ok"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.django_db
def test_health_is_not_sent_on_to_https(client: Client, settings: object, path: str) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    assert client.get(path).status_code == 200
