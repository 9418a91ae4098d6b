"""Parts of pages made anew for one reader, by the templates of the page itself; sent where they differ."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b

from django.template.loader import render_to_string

from boards.live.counts import Counts
from boards.live.outcome import Outcome
from boards.live.sockets import Socket
from boards.policies import may_read_board
from boards.queries.presence import here_of
from boards.views.words import looking_in_words
from communities.duty import watch
from communities.models import Membership


def send_parts(
    here: Mapping[Socket, Membership], old: set[Socket], now: datetime, outcome: Outcome, *, watches: bool
) -> None:
    """Put what differs into the outcome: the parts of pages that are `old`, and who is looking where a page says so."""
    for socket in old:
        if socket.page.parts:
            for name, html in socket.page.parts(here[socket], socket.thread_id, now).items():
                _send(socket, name, html, outcome)
    if watches:
        _send_watches({socket: member for socket, member in here.items() if socket.page.shows_watch}, now, outcome)


def _send_watches(here: Mapping[Socket, Membership], now: datetime, outcome: Outcome) -> None:
    """Who is on duty, and here: the same for everybody in a community. One query for each, and one for who is here."""
    communities = {member.community_id: member.community for member in here.values()}
    seen = {pk: watch(community, now) for pk, community in communities.items()}
    present = here_of(seen.values(), now)
    said = {
        pk: render_to_string(
            "boards/looking.html",
            {"looking": looking_in_words(seen[pk], now, present), "community": community, "follows": True},
        )
        for pk, community in communities.items()
    }
    for socket, member in here.items():
        _send(socket, "who-looks", said[member.community_id], outcome)


def send_asked_in(
    here: Mapping[Socket, Membership], counts: Mapping[int, Counts], now: datetime, outcome: Outcome
) -> None:
    """Say on members' open pages that staff were asked in, or are not any more; nothing where nobody ever was."""
    for socket, member in here.items():
        asked_in = counts[member.pk].asked_in
        if may_read_board(member) and (asked_in or "asked-in" in socket.last):
            context = {"asked_in": asked_in, "community": member.community, "now": now}
            _send(socket, "asked-in", render_to_string("boards/asked_in_banner.html", context).strip(), outcome)


def _send(socket: Socket, name: str, html: str, outcome: Outcome) -> None:
    # Its digest is kept, not the words: they are the reader's alone.
    if socket.news(name, blake2b(html.encode(), digest_size=16).digest()):
        outcome.sends.append((socket, json.dumps({"kind": "part", "id": name, "html": html})))
