"""A site with many pages open, and a bare Channels consumer beside them. Run in the site's own environment.

`prepare PEOPLE`: a database with a community of so many, a thread and a sitting for each; prints what a client needs.
`due COUNT MILLISECONDS START`: so many posts that come due one after the other, from START seconds on; prints when.
`serve PORT`: pages, sockets and two addresses that set a message off: /bench/bare/ and /bench/decide/POST/.
"""

import asyncio
import json
import socket
import sys
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

BARE = "bare"


def prepare(people: int) -> None:
    from django.core.management import call_command

    import clock
    from peernet.demo.large import Size, fill_large
    from tests.live.knocking import sit_down

    call_command("migrate", verbosity=0)
    community = fill_large(Size(members=people, threads=3, posts=30), clock.now())
    members = community.memberships.filter(kind="member", display_name__startswith="Member").select_related("person")
    headers = [_cookie(sit_down(member)) for member in members]
    thread = community.threads.order_by("-shown_posts").first()
    opening = thread.posts.get(is_opening=True)
    print(json.dumps({"slug": community.slug, "thread": thread.pk, "post": opening.pk, "cookies": headers}))


def _cookie(store: Any) -> str:
    from tests.live.knocking import headers_of

    return headers_of(store)[0][1].decode()


def due(count: int, milliseconds: int, start: int) -> None:
    import clock
    from boards.models import Post

    opening = Post.objects.filter(is_opening=True, community__slug="large").order_by("-thread__shown_posts").first()
    now = clock.now()
    first = now + timedelta(seconds=start)
    rows = [_post(opening, now, first + timedelta(milliseconds=milliseconds * n)) for n in range(count)]
    Post.objects.bulk_create(rows)
    print(json.dumps([[row.pk, row.visible_at.timestamp()] for row in rows]))


def _post(like: Any, now: Any, at: Any) -> Any:
    from boards.models import Post

    same = ("community_id", "thread_id", "author_id", "html", "text")
    fields = {name: getattr(like, name) for name in same}
    times = {"written_at": now, "changed_at": now, "pause_ends_at": at, "visible_at": at}
    return Post(**fields, **times, state="accepted", form_key=uuid4())


def serve(port: int) -> None:
    from peernet.asgi import application
    from peernet.embedded.server import Server

    listener = socket.create_server(("127.0.0.1", port))
    Server(_with_bare(application), listener, ready=lambda: None, stopping=lambda: None).run()


def _with_bare(site: Any) -> Any:
    from channels.generic.websocket import AsyncWebsocketConsumer
    from channels.layers import get_channel_layer

    class Bare(AsyncWebsocketConsumer):
        """What the Channels tutorial would have one write: everybody in one group, each message sent on."""

        groups = [BARE]

        async def bare_say(self, event: dict[str, str]) -> None:
            await self.send(text_data=event["text"])

    bare = Bare.as_asgi()

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "websocket" and scope["path"] == "/bare/":
            await bare(scope, receive, send)
        elif scope["path"].startswith("/bench/bare/"):
            text = json.dumps({"kind": "bare", "html": "x" * int(scope["path"].split("/")[3])})
            at = time.time()
            await get_channel_layer().group_send(BARE, {"type": "bare.say", "text": text})
            await _reply(send, at)
        elif scope["path"].startswith("/bench/decide/"):
            await _reply(send, await asyncio.to_thread(_decide, int(scope["path"].split("/")[3])))
        else:
            await site(scope, receive, send)

    return answer


def _decide(pk: int) -> float:
    """Hide or put back; return when it was committed, which is when the hint goes out."""
    from django.db import connection, transaction

    import clock
    from boards.queries import lock_post
    from boards.way import move

    committed = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(time.time()))
        post = lock_post(pk)
        move(post, "put_back" if post.state == "hidden" else "hide", clock.now())
    connection.close()
    return committed[0]


async def _reply(send: Any, at: float) -> None:
    body = json.dumps({"at": at}).encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "due": due, "serve": serve}[sys.argv[1]](*map(int, sys.argv[2:]))
