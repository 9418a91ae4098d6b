"""Sockets without a network: a handshake's headers, an open page, and what a look sends it."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

import clock
from boards.live.entering import Asked, Entered, enter
from boards.live.looking import LookOut
from boards.live.outcome import Outcome
from boards.live.pages import page_of
from boards.live.sockets import Socket
from boards.queries.feed import FeedPlace
from communities.models import Membership
from people.models import Person
from people.sitting_cookie import cookie_for
from tests.cast import ALLAUTH

Headers = list[tuple[bytes, bytes]]
HELLO = '"kind": "hello"'


def sit_down(who: Membership | Person, *, second_factor: bool = True) -> SessionStore:
    """A sitting of this person as signing in leaves it, whole with its end."""
    person = who.person if isinstance(who, Membership) else who
    now = clock.now()
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), ALLAUTH
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store["account_authentication_methods_user"] = str(person.pk)
    store["account_authentication_methods"] = [{"method": "password", "at": now.timestamp()}]
    if second_factor:
        store["account_authentication_methods"] += [{"method": "mfa", "type": "totp", "at": now.timestamp()}]
    store.set_expiry(now + timedelta(hours=8))
    store.create()
    return store


def headers_of(store: SessionStore) -> Headers:
    """What the browser of this sitting says in a handshake."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={cookie_for(store.session_key)}"
    return [(b"cookie", cookie.encode())]


class Open:
    """One page of somebody, open: what it was sent, and how it was closed."""

    def __init__(
        self,
        store: SessionStore,
        page: str,
        slug: str,
        thread: int | None = None,
        after: str = "",
        *,
        opening: int | None = None,
    ) -> None:
        self.texts: list[str] = []
        self.closed: int | None = None
        self.store = store
        entered = enter(Asked(page_of(page), slug, thread, after, opening), headers_of(store))
        self.refused = entered if isinstance(entered, int) else None
        self.socket: Socket | None = None
        if isinstance(entered, Entered):
            self.socket = entered.socket(send=_never, close=_never)

    def take(self, text: str) -> None:
        self.texts.append(text)

    def messages(self, kind: str) -> list[dict[str, Any]]:
        """What it was sent of one kind."""
        return [message for message in map(json.loads, self.texts) if message["kind"] == kind]

    @property
    def posts(self) -> list[int]:
        """The posts it was sent, in order."""
        return [message["id"] for message in self.messages("post")]

    def part(self, name: str) -> str:
        """The newest of one part of the page; "" where it was sent none."""
        return next((m["html"] for m in reversed(self.messages("part")) if m["id"] == name), "")

    @property
    def everything(self) -> str:
        return "\n".join(self.texts)


def open_page(
    who: Membership, page: str = "thread", thread: int | None = None, after: str = "", *, second_factor: bool = True
) -> Open:
    """A page of this member in their own community, as of now."""
    store = sit_down(who, second_factor=second_factor)
    return Open(store, page, who.community.slug, thread, after or str(FeedPlace(clock.now())))


class Looks:
    """A process's look-out with these pages open."""

    def __init__(self, *pages: Open) -> None:
        self.out = LookOut()
        self.pages = {page.socket: page for page in pages if page.socket}

    def open(self, page: Open) -> Open:
        assert page.socket, page.refused
        self.pages[page.socket] = page
        return page

    def look(self, *, whole: bool = False, hinted: frozenset[int] = frozenset()) -> None:
        """Look until there is nothing left to catch up."""
        unfinished = True
        while unfinished:
            unfinished = False
            for found in self.out.look(list(self.pages), whole=whole, hinted=hinted):
                self._deliver(found)
                unfinished = unfinished or found.unfinished

    def _deliver(self, found: Outcome) -> None:
        for socket, code in found.closes:
            self.pages.pop(socket).closed = code
        for socket, text in found.sends:
            self.pages[socket].take(text)


async def _never(_: object) -> None:
    raise AssertionError("nothing is sent but by the watcher")
