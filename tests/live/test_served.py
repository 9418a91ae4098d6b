"""Sockets of a real server: who may knock, what is closed, how it ends, and what no break loses (checks 1.8, 5.6)."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bench import sockets
from bench.measuring.following import Follower
from bench.measuring.sites import Site
from tests.ready import lay

pytestmark = pytest.mark.kill


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A real server with a community of a dozen, and what a client needs to know of it in `site.known`."""
    with sockets.embedded() as made:
        lay(Path(made.environment["PEERNET_DATA"]))
        made.known = sockets.prepared(made, people=12)
        with made.served():
            yield made


def address(site: Site, page: str = "board/") -> str:
    return f"ws://localhost:{site.port}/live/c/{site.known['slug']}/{page}"


def knock(site: Site, page: str = "board/", **options: Any) -> connect:
    """A handshake as a member's own page makes it, but for the options; `who`: of which member."""
    said = {"Cookie": site.known["cookies"][options.pop("who", 0)]} if options.pop("signed_in", True) else {}
    options.setdefault("origin", f"http://localhost:{site.port}")
    return connect(address(site, page), additional_headers=said, **options)


async def closed_with(socket: Any) -> int:
    """Read what comes until the server closes; with which code."""
    with contextlib.suppress(ConnectionClosed):
        async with asyncio.timeout(20):
            async for _text in socket:
                pass
    return socket.close_code


@pytest.mark.parametrize(
    "origin", [None, "null", "https://elsewhere.example", "http://localhost:1", "http://localhost.elsewhere.example"]
)
async def test_a_page_from_elsewhere_is_not_let_in(site: Site, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with knock(site, origin=origin):
            pass
    assert refused.value.response.status_code == 403


async def test_nobody_signed_in_and_no_such_page_are_closed_and_told_nothing(site: Site) -> None:
    async with knock(site, signed_in=False) as out, knock(site, "no/such/page/") as lost:
        assert await closed_with(out) == 4401
        assert await closed_with(lost) == 4403


@pytest.mark.parametrize("words", ["hello", "{}", "[" * 200, b"\x00\xff", "x" * 1000], ids=range(5))
async def test_whatever_a_page_says_ends_its_socket_and_nobody_elses(site: Site, words: str | bytes) -> None:
    async with knock(site) as other, knock(site) as socket:
        await socket.send(words)
        assert await closed_with(socket) == 4400
        await other.ping()
        assert other.close_code is None


async def test_a_frame_too_long_ends_its_socket_unread(site: Site) -> None:
    async with knock(site) as other, knock(site) as socket:
        with contextlib.suppress(ConnectionClosed):
            await socket.send("x" * 5_000_000)
        assert await closed_with(socket) in {1006, 1009}
        await other.ping()
        assert other.close_code is None


async def test_a_flood_of_words_and_of_pages_leaves_the_server_standing(site: Site) -> None:
    async with contextlib.AsyncExitStack() as many:
        flooding = [await many.enter_async_context(knock(site)) for _ in range(25)]
        for socket in flooding[:10]:
            with contextlib.suppress(ConnectionClosed):
                for _ in range(500):
                    await socket.send("again")
        codes = await asyncio.gather(*(closed_with(socket) for socket in flooding[:10]))
    # Cut in the middle of what it was still saying, or told why.
    assert set(codes) <= {4400, 4408, 1006}
    async with knock(site) as socket:
        assert "hello" in await asyncio.wait_for(socket.recv(), 20)


async def test_one_sitting_keeps_no_more_pages_open_than_anybody_looks_at(site: Site) -> None:
    from boards.live.watcher import MOST_OF_A_SITTING

    async with contextlib.AsyncExitStack() as many:
        for _ in range(MOST_OF_A_SITTING):
            # Somebody whose earlier pages nobody is just closing.
            socket = await many.enter_async_context(knock(site, who=1))
            assert "hello" in await asyncio.wait_for(socket.recv(), 20)
        one_more = await many.enter_async_context(knock(site, who=1))
        assert await closed_with(one_more) == 4408


async def test_sockets_cut_at_random_lose_nothing_double_nothing_and_keep_the_order(site: Site) -> None:
    found = await sockets.cut_at_random(site, site.known, messages=100, sockets=5, milliseconds=40)
    assert (found["lost"], found["doubled"], found["out_of_order"]) == (0, 0, 0)
    assert found["messages"] == 100
    assert found["cuts"] > 5


async def test_a_post_is_on_every_open_page_when_its_time_has_come(site: Site) -> None:
    path = f"/live/c/{site.known['slug']}/board/{site.known['thread']}/"
    async with sockets.following(site, [path] * 12, site.known["cookies"]) as pages:
        due = [pk for pk, _at in await sockets.plan(site, 3, 300, 1)]
        assert await sockets.until(lambda: all(page.posts()[-3:] == due for page in pages), 30)


async def test_fifty_open_pages_are_told_that_the_server_goes_and_catch_up_with_the_next() -> None:
    with sockets.embedded() as site:
        site.known = sockets.prepared(site, people=12)
        path = f"/live/c/{site.known['slug']}/board/{site.known['thread']}/"
        (server,) = site.start()
        codes: list[int] = []
        async with contextlib.AsyncExitStack() as many:
            cookies = site.known["cookies"]
            for n in range(50):
                said = {"Cookie": cookies[n % len(cookies)]}
                socket = connect(address(site), origin=f"http://localhost:{site.port}", additional_headers=said)
                opened = await many.enter_async_context(socket)
                assert "hello" in await asyncio.wait_for(opened.recv(), 20)
                many.push_async_callback(_note, opened, codes)
            page = Follower(site.port, path, cookies[0])
            following = asyncio.create_task(page.follow())
            await asyncio.wait_for(page.here.wait(), 20)
            os.killpg(server.pid, signal.SIGTERM)
            assert await asyncio.to_thread(server.wait, 40) == 0
        assert codes == [1001] * 50
        assert "Traceback" not in site.log.read_text()
        due = [pk for pk, _at in await sockets.plan(site, 5, 10, 0)]
        with site.served():
            assert await sockets.until(lambda: page.posts() == due, 30)
            following.cancel()


async def _note(socket: Any, codes: list[int]) -> None:
    codes.append(await closed_with(socket))


async def test_log_lines_hold_no_key_no_question_and_no_place(site: Site) -> None:
    async with knock(site, "board/?after=CANARY-place") as socket:
        assert "hello" in await asyncio.wait_for(socket.recv(), 20)
    said = site.log.read_text()
    assert "socket" in said
    cookie = site.known["cookies"][0].partition("=")[2]
    for secret in ("CANARY", cookie, cookie.partition(".")[0], "after="):
        assert secret not in said
