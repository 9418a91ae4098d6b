"""Demo people, whose passwords everybody knows, on loopback and among themselves only."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest

from peernet import demo_guard
from people.models import Person

AT = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)


@pytest.fixture
def embedded(settings: object) -> object:
    settings.EMBEDDED, settings.SITE_ADDRESS = True, "http://localhost:8000"
    return settings


def add(name: str, *, is_demo: bool) -> None:
    Person.objects.create_person(sign_in_name=name, password=None, created_at=AT, is_demo=is_demo)


@pytest.mark.django_db
def test_the_demo_on_loopback_may_start(embedded: object) -> None:
    add("wren", is_demo=True)
    assert demo_guard.refusal() == ""


@pytest.mark.django_db
def test_real_people_alone_may_start_anywhere(embedded: object) -> None:
    add("somebody", is_demo=False)
    embedded.EMBEDDED, embedded.SITE_ADDRESS = False, "https://peernet.example"
    assert demo_guard.refusal() == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("embedded_hosts", "address"),
    [(False, "http://localhost:8000"), (True, "https://peernet.example"), (True, "http://192.0.2.7:8000")],
)
def test_the_demo_under_another_address_is_refused(embedded: object, embedded_hosts: bool, address: str) -> None:
    add("wren", is_demo=True)
    embedded.EMBEDDED, embedded.SITE_ADDRESS = embedded_hosts, address
    assert "this machine only" in demo_guard.refusal()


@pytest.mark.django_db
def test_the_demo_beside_somebody_real_is_refused(embedded: object) -> None:
    add("wren", is_demo=True)
    add("somebody", is_demo=False)
    assert "others beside them" in demo_guard.refusal()


def ask(scope: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    monkeypatch.setattr(demo_guard, "refusal", lambda: "")
    monkeypatch.setattr(demo_guard, "demo_people", lambda: False)
    from peernet.asgi import on_loopback_only

    sent: list[dict[str, Any]] = []

    async def pages(scope: object, receive: object, send: Any) -> None:
        await send({"type": "answered"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    # A thread of its own: a browser test that ran before may have left a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(on_loopback_only(pages)(scope, lambda: None, send))).result()
    return sent


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "127.8.8.8"])
def test_the_demo_answers_what_came_in_by_loopback(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask({"type": "http", "server": (host, 8000)}, monkeypatch) == [{"type": "answered"}]


def test_the_demo_answers_nothing_that_came_in_from_the_net(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ask({"type": "http", "server": ("192.0.2.7", 8000)}, monkeypatch)[0]["status"] == 421
    closed = ask({"type": "websocket", "server": ("192.0.2.7", 8000)}, monkeypatch)
    assert closed == [{"type": "websocket.close"}]


def status_under_wsgi(listening_on: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(demo_guard, "refusal", lambda: "")
    monkeypatch.setattr(demo_guard, "demo_people", lambda: False)
    from peernet.wsgi import on_loopback_only

    said: list[str] = []
    guarded = on_loopback_only(lambda environ, start_response: [start_response("200 OK", [])])
    guarded({"SERVER_NAME": listening_on}, lambda status, headers: said.append(status[:3]))
    return said[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("listening_on", "status"), [("127.0.0.1", "200"), ("localhost", "200"), ("192.0.2.7", "421"), ("", "421")]
)
def test_pages_from_wsgi_are_for_this_machine_only_with_the_demo_inside(
    listening_on: str, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert status_under_wsgi(listening_on, monkeypatch) == status
