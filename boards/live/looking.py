"""One look: what has come due or changed since the last one, and what that means to each open page. No asyncio here.

Everything a look fetches is for the readers of that look, whose rights were asked in it, and goes with it.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q

import clock
from boards.live.counts import counts_for
from boards.live.outcome import Outcome
from boards.live.parts import send_asked_in, send_parts
from boards.live.presence import Present
from boards.live.rights import readers
from boards.live.sockets import Socket
from boards.live.thread import ThreadMessages
from boards.queries.feed import AT_ONCE, OVERLAP, Entry, FeedPlace, entries
from communities.models import Membership

# More entries within one overlap than any board brings.
MOST = 5_000


class LookOut:
    """Looks for all sockets of a process. Remembers what it has seen, so that an overlap brings nothing twice."""

    def __init__(self) -> None:
        self.seen: dict[str, datetime] = {}
        self.last_at: datetime | None = None
        self.present = Present()

    def look(
        self, sockets: Iterable[Socket], *, whole: bool, hinted: frozenset[int] = frozenset()
    ) -> Iterator[Outcome]:
        """Look once, in two steps: the posts that many wait for, then what is made for each.

        `whole`: also at everybody's rights, at all counts and at who is here. Called by one thread.
        """
        now = clock.now()
        everybody = list(sockets)
        fresh = self._fresh(everybody, now)
        news = hinted.union(entry.community_id for entry in fresh)
        concerned = [socket for socket in everybody if whole or not socket.joined or socket.community_id in news]
        found = Round(concerned, fresh, now, hinted=hinted, whole=whole)
        if concerned:
            yield found.posts()
            yield found.the_rest()
        if whole:
            self.present.touch(found.here.values(), now)

    def _fresh(self, sockets: list[Socket], now: datetime) -> list[Entry]:
        """What no look has seen yet, in order; late commits too."""
        since = (self.last_at or now) - OVERLAP
        among = Q(community_id__in={socket.community_id for socket in sockets})
        found = entries(among, FeedPlace(since), now, most=MOST) if sockets else []
        self.last_at = now
        fresh = [entry for entry in found if entry.key not in self.seen]
        self.seen = {entry.key: entry.at for entry in found}
        if len(found) == MOST:
            # More than one look can hold: each catches up from its own place instead.
            for socket in sockets:
                socket.joined, socket.asks_from = False, socket.place
        return fresh


class Round:
    """The work of one look for the sockets it concerns."""

    def __init__(
        self, sockets: list[Socket], fresh: list[Entry], now: datetime, *, hinted: frozenset[int], whole: bool
    ) -> None:
        self.sockets, self.fresh, self.now, self.hinted, self.whole = sockets, fresh, now, hinted, whole
        self.outcome = Outcome()
        self.here: dict[Socket, Membership] = {}
        self.joining: list[Socket] = []
        # Those whose parts are to be made anew.
        self.old: set[Socket] = set()

    def posts(self) -> Outcome:
        """Rights first, of everybody concerned; then what appeared and changed in open threads."""
        for socket, reader in readers(self.sockets, self.now).items():
            if isinstance(reader, int):
                self.outcome.closes.append((socket, reader))
            else:
                self.here[socket] = reader
        self.joining = [socket for socket in self.here if not socket.joined]
        self._posts(self._due(self.joining), self.joining)
        return self.outcome

    def the_rest(self) -> Outcome:
        """Counts, and parts of pages that are old."""
        outcome = self.outcome = Outcome()
        self._counts(self.joining)
        send_parts(self.here, self.old, self.now, outcome, watches=self.whole or bool(self.joining))
        return outcome

    def _due(self, joining: list[Socket]) -> dict[Socket, list[Entry]]:
        """The entries that each socket has not had."""
        due = {socket: caught for socket, caught in self._caught_up(joining).items() if caught}
        self.old |= {socket for socket in joining if socket.stale or socket in due}
        for socket in self.here.keys() - set(joining):
            mine = [e for e in self.fresh if e.community_id == socket.community_id and socket.take(e)]
            if mine and socket.page.follows_community:
                self.old.add(socket)
            due[socket] = [entry for entry in mine if entry.thread_id == socket.thread_id]
            socket.forget_old(self.now)
        return due

    def _caught_up(self, joining: list[Socket]) -> dict[Socket, list[Entry]]:
        """What came before each was open, from its own place. Two queries for each thread or community they are in."""
        groups: dict[Q, list[Socket]] = {}
        for socket in joining:
            where = Q(thread=socket.thread_id) if socket.thread_id else Q(community=socket.community_id)
            groups.setdefault(where, []).append(socket)
        due: dict[Socket, list[Entry]] = {}
        for where, members in groups.items():
            found = entries(where, min(socket.asks_from for socket in members), self.now)
            for socket in members:
                due[socket] = [entry for entry in found if entry.place > socket.asks_from and socket.take(entry)]
                socket.joined = len(found) < AT_ONCE
                socket.asks_from = max(socket.asks_from, found[-1].place) if found else socket.asks_from
        self.outcome.unfinished = not all(socket.joined for socket in joining)
        return due

    def _posts(self, due: dict[Socket, list[Entry]], joining: list[Socket]) -> None:
        on_threads = {s: mine for s, mine in due.items() if s.thread_id and not s.page.for_guests}
        wanted = {entry.key: entry for mine in on_threads.values() for entry in mine}
        messages = ThreadMessages(wanted.values(), [self.here[socket] for socket in on_threads], self.now)
        for socket, mine in on_threads.items():
            texts = [messages.of(entry, self.here[socket]) for entry in mine]
            if messages.any_by(self.here[socket], mine):
                # It was among those that only its author could see.
                self.old.add(socket)
            self.outcome.sends += [(socket, text) for text in texts if text]
        for socket in joining:
            if socket.joined:
                self.outcome.sends.append((socket, json.dumps({"kind": "hello", "place": str(socket.place)})))

    def _counts(self, joining: list[Socket]) -> None:
        new = set(joining)
        asking = [s for s in self.here if self.whole or s in new or s.community_id in self.hinted]
        counts = counts_for({self.here[s].pk: self.here[s] for s in asking}.values(), self.now) if asking else {}
        for socket in asking:
            mine = counts[socket.membership_id]
            known = "own" in socket.last
            if socket.news("own", mine.own_mark) and known:
                self.old.add(socket)
            if socket.news("counts", mine.as_message()):
                self.outcome.sends.append((socket, mine.as_message()))
            if socket.page.always:
                self.old.add(socket)
        send_asked_in({socket: self.here[socket] for socket in asking}, counts, self.now, self.outcome)
