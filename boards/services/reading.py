"""Marking what somebody has read. A mark only ever goes forward, whoever is quicker."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

import clock
from boards.models import Thread
from boards.policies import may_read_board
from boards.queries.places import Place
from communities.models import Membership
from notices.services import mark_page_seen
from people.decisions import Refused, require

FORWARD = """
INSERT INTO boards_readmark (membership_id, thread_id, at, post_pk) VALUES (%s, %s, %s, %s)
ON CONFLICT (membership_id, thread_id) DO UPDATE SET at = excluded.at, post_pk = excluded.post_pk
WHERE (boards_readmark.at, boards_readmark.post_pk) < (excluded.at, excluded.post_pk)
"""
ALL_FORWARD = """
INSERT INTO boards_reading (membership_id, everything_to) VALUES (%s, %s)
ON CONFLICT (membership_id) DO UPDATE SET everything_to = excluded.everything_to
WHERE boards_reading.everything_to < excluded.everything_to
"""


def mark_read(
    membership: Membership, thread: Thread, place: Place, now: datetime | None = None, *, told: bool = True
) -> None:
    """Note that the member has read this thread up to a place in its order (visible_at, id). Two queries.

    One where the caller knows that they have not been `told` of anything that they have not seen yet.

    For whoever renders posts for a reader: the thread's page, and sockets. The caller came through `access_thread`;
    a place that lies in the time to come counts as now. Two pages at once: the further place stays. Raises `Refused`.
    """
    require(may_read_board(membership))
    if thread.community_id != membership.community_id:
        raise Refused(_("There is no such thread here."))
    at = min(place.at, now or clock.now())
    with connection.cursor() as cursor:
        cursor.execute(FORWARD, [membership.pk, thread.pk, _stored(at), place.pk])
        further = cursor.rowcount > 0
    if further and told:
        # Whoever has read there need not be told of it any more.
        path = reverse("boards:thread", args=[membership.community.slug, thread.pk])
        mark_page_seen(person=membership.person, path=path, now=now or clock.now())


def mark_all_read(*, by: Membership) -> None:
    """Note that everything on the board up to now counts as read. Active members. One query and the time's."""
    require(may_read_board(by))
    with connection.cursor() as cursor:
        cursor.execute(ALL_FORWARD, [by.pk, _stored(clock.now())])


def _stored(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
