"""Nobody's words in the log: not in a fault's message, not in an address."""

import asyncio
import logging

import pytest
from channels_redis.pubsub import RedisPubSubChannelLayer

from peernet import log_filters
from peernet.log_lines import WithoutWords, plain_path


def line(message: str, fault: BaseException | None = None) -> str:
    facts = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, message, (), facts)
    record.exc_text = "CANARY kept by another handler"
    return WithoutWords("%(message)s").format(record)


def test_a_fault_is_logged_by_its_place_and_kind_without_what_it_said() -> None:
    try:
        raise ValueError("CANARY: what a member wrote")
    except ValueError as fault:
        said = line("Internal Server Error: /c/fellside/", fault)
    assert "CANARY" not in said
    assert "builtins.ValueError" in said
    assert "test_log_lines.py" in said


@pytest.mark.parametrize(
    "path", ["/join/CANARY/", "/join/CANARY", "/join/CANARY/?next=CANARY", "/nowhere/?q=CANARY", "/apology/CANARY/"]
)
def test_an_address_is_logged_without_its_token_and_query(path: str) -> None:
    assert "CANARY" not in plain_path(path)
    assert "CANARY" not in line(f"Not Found: {plain_path(path)}")


def test_a_token_is_taken_out_of_any_line() -> None:
    assert line("Forbidden: /join/CANARY/ and more") == "Forbidden: /join/…/ and more"


async def test_redis_away_is_said_once_a_minute_and_how_often_it_was_left_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The layer's own loop, which asks a Redis that is away, once a second."""
    time, asked = [1000.0], 0
    monkeypatch.setattr(log_filters, "monotonic", lambda: time[0])
    reading = RedisPubSubChannelLayer(hosts=["redis://127.0.0.1:1"])._shards[0]

    class Away:
        subscribed = True

        async def get_message(self, **_: object) -> None:
            raise ConnectionError

    async def a_second(_seconds: float) -> None:
        nonlocal asked
        asked, time[0] = asked + 1, time[0] + 1
        if asked == 130:
            raise asyncio.CancelledError

    monkeypatch.setattr(reading, "_pubsub", Away())
    monkeypatch.setattr(asyncio, "sleep", a_second)
    with pytest.raises(asyncio.CancelledError):
        await reading._do_receiving()
    assert [getattr(line, "facts", {}) for line in caplog.records] == [{}, {"left_out": 59}, {"left_out": 59}]
