"""Who may still have their page open: asked for all sockets at once, as each page's door asks (checks 1.2, 1.8)."""

from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime

from boards.live.sockets import NO_RIGHT, SIGNED_OUT, Socket
from boards.queries import NOTHING_OPENED, opened_to_each
from communities.lifecycle import HERE, Office
from communities.models import Membership
from communities.queries import offices_in_each
from crisisplans.queries.opened import open_to_each
from people.open_sittings import OpenSitting, open_sittings


def readers(sockets: Iterable[Socket], now: datetime) -> dict[Socket, Membership | int]:
    """Each socket's member as they stand now, or why it must be closed. Three queries for any number, one more while
    staff have a page open that they were asked in to, and one more while somebody reads in another's plan.

    Sitting still there and of an active person, membership not ended, and the page's own policy, offices included.
    """
    asking = list(sockets)
    sittings = open_sittings({socket.sitting_key for socket in asking}, now)
    rows = Membership.objects.filter(state__in=HERE).select_related("community", "person")
    members = rows.in_bulk({socket.membership_id for socket in asking})
    offices = offices_in_each({socket.community_id for socket in asking}, now)
    guests = {socket.membership_id for socket in asking if socket.page.for_guests}
    opened = opened_to_each(guests, now) if guests else {}
    known: dict[tuple[str, int], Membership | None] = {}
    found: dict[Socket, Membership | int] = {}
    for socket in asking:
        who = (socket.sitting_key, socket.membership_id)
        if who not in known:
            known[who] = _sitting_here(sittings.get(socket.sitting_key), members.get(socket.membership_id), offices)
        found[socket] = _decided(socket, known[who], sittings, members, now)
        here = opened.get(socket.membership_id, NOTHING_OPENED)
        if socket.page.for_guests and not isinstance(found[socket], int) and not here.covers(socket.thread_id):
            found[socket] = NO_RIGHT
    return found | _without_opening(found, now)


def _without_opening(found: Mapping[Socket, Membership | int], now: datetime) -> dict[Socket, Membership | int]:
    """Whose page is of a plan that is not open to them any more: it closes. One query, none without such pages."""
    asking = {
        socket: (socket.membership_id, socket.opening_id or 0)
        for socket, who in found.items()
        if socket.page.of_an_opening and not isinstance(who, int)
    }
    still = open_to_each(asking.values(), now) if asking else frozenset()
    return {socket: NO_RIGHT for socket, pair in asking.items() if pair not in still}


def _sitting_here(
    sitting: OpenSitting | None,
    row: Membership | None,
    offices: Mapping[int, Mapping[int, frozenset[Office]]],
) -> Membership | None:
    """The member with what this sitting has proved; None unless it is theirs."""
    if sitting is None or row is None or not sitting.is_of(row.person):
        return None
    # One member may have two sittings, of which only one has given the second step.
    member = copy(row)
    member.sitting = sitting.sitting
    member.everybodys_offices = offices.get(member.community_id, {})
    return member


def _decided(
    socket: Socket,
    member: Membership | None,
    sittings: Mapping[str, OpenSitting],
    members: Mapping[int, Membership],
    now: datetime,
) -> Membership | int:
    if member is None:
        ended = socket.sitting_key not in sittings or socket.membership_id in members
        return SIGNED_OUT if ended else NO_RIGHT
    return member if socket.page.may(member, now) else NO_RIGHT
