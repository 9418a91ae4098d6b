"""A hint only makes open pages look sooner: it crosses threads and processes, and its loss loses nothing."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from channels.layers import channel_layers, get_channel_layer
from django.db import transaction

from boards import hints
from boards.hints import GROUP, look_soon
from boards.live.outcome import Outcome
from boards.live.watcher import Watcher
from peernet.embedded.channel_layer import ThreadSafeLayer
from tests.boards.whole import in_part
from tests.cast import Cast
from tests.steps import start

REDIS_URL = os.environ.get("PEERNET_TEST_REDIS_URL", "")
LOOK = {"type": "look", "community": 7}


@contextmanager
def using(layer: object) -> Iterator[None]:
    """Let this be the site's layer."""
    before = channel_layers["default"]
    channel_layers.set("default", layer)
    try:
        yield
    finally:
        channel_layers.set("default", before)


@pytest.fixture
def layer() -> Iterator[ThreadSafeLayer]:
    made = ThreadSafeLayer()
    with using(made):
        yield made


async def test_what_another_thread_sends_is_received_in_the_servers_loop(layer: ThreadSafeLayer) -> None:
    channel = await layer.new_channel()
    await layer.group_add(GROUP, channel)
    where = []

    def send() -> None:
        asyncio.run(layer.group_send(GROUP, LOOK))
        where.append(threading.current_thread())

    thread = threading.Thread(target=send)
    thread.start()
    assert await asyncio.wait_for(layer.receive(channel), 20) == LOOK
    await asyncio.to_thread(thread.join)
    assert where == [thread]


async def test_hints_from_many_threads_all_arrive(layer: ThreadSafeLayer) -> None:
    channel = await layer.new_channel()
    await layer.group_add(GROUP, channel)
    sending = [asyncio.to_thread(hints._hint, number) for number in range(30)]
    await asyncio.gather(*sending)
    came = [(await asyncio.wait_for(layer.receive(channel), 20))["community"] for _ in range(30)]
    assert sorted(came) == list(range(30))


def test_without_a_server_in_this_process_nobody_is_told_and_nothing_is_begun(
    layer: ThreadSafeLayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hints, "_sender_of", lambda process: pytest.fail("a thread was begun for nobody"))
    hints._hint(7)


@pytest.mark.django_db(transaction=True)
def test_hint_is_sent_after_the_commit_and_never_after_a_rollback(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr(hints, "_hint", sent.append)
    with transaction.atomic():
        look_soon(7)
        assert sent == []
    assert sent == [7]
    with transaction.atomic():
        look_soon(8)
        transaction.set_rollback(True)
    assert sent == [7]


class Broken:
    """A layer whose server is gone: each send fails, or hangs."""

    def __init__(self, *, hangs: bool) -> None:
        self.hangs, self.tried = hangs, threading.Event()

    async def group_send(self, group: str, message: dict[str, object]) -> None:
        self.tried.set()
        if self.hangs:
            await asyncio.sleep(3600)
        raise ConnectionError("nobody there")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("hangs", [False, True], ids=["refuses", "hangs"])
def test_a_layer_that_is_gone_never_fails_or_holds_up_a_post(cast: Cast, hangs: bool) -> None:
    broken = Broken(hangs=hangs)
    with using(broken):
        posts = [start(cast.heron, f"Post {n}", f"Title {n}") for n in range(3)]
        # Were it waited for, this would not return.
        hints._hint(cast.fellside.pk)
        assert broken.tried.wait(20)
    assert all(post.pk for post in posts)
    assert in_part() == []


async def test_a_watcher_that_gets_no_hints_goes_on_looking(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        async def new_channel(self) -> str:
            raise ConnectionError("nobody there")

    monkeypatch.setattr("boards.live.watcher.get_channel_layer", Gone)
    monkeypatch.setattr("boards.live.watcher.LOOKS_EVERY", 0.01)
    looked = []

    def look(out: object, sockets: object, **how: object) -> Iterator[Outcome]:
        looked.append(how)
        yield Outcome()

    monkeypatch.setattr("boards.live.looking.LookOut.look", look)
    monkeypatch.setattr("boards.live.watcher._end", lambda out: None)
    watcher = Watcher()
    watcher.task = asyncio.create_task(watcher._watch())
    async with asyncio.timeout(20):
        while len(looked) < 5:
            await asyncio.sleep(0.01)
    await watcher.end()


@pytest.mark.redis
async def test_a_hint_from_one_process_wakes_the_watcher_of_another() -> None:
    from channels_redis.pubsub import RedisPubSubChannelLayer

    layers = [RedisPubSubChannelLayer(hosts=[REDIS_URL]) for _ in range(2)]
    channel = await layers[0].new_channel()
    await layers[0].group_add(GROUP, channel)
    with using(layers[1]):
        await asyncio.to_thread(hints._hint, 7)
        assert await asyncio.wait_for(layers[0].receive(channel), 20) == LOOK
    await layers[0].flush()
    sender = hints._sender_of(os.getpid())
    await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(layers[1].flush(), sender.loop))


def test_the_site_uses_the_layer_that_fits_it() -> None:
    assert isinstance(get_channel_layer(), ThreadSafeLayer)
