"""What is new to a member: places in the order (visible_at, id) after where they have read to, and not their own.

One statement answers for a list or for one thread, along the index of a thread's order, and brings what its reader has
muted along. It stops at ten in a thread, so it costs the same on a board of any size.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from boards.lifecycle import State
from boards.models import Post, ReadMark
from boards.policies import may_read_board
from boards.queries.muting import Mutes, mutes_from
from boards.queries.places import Place
from communities.entry import or_404
from communities.models import Membership
from prepared import cursor

# More than this is "9+": nobody needs to know, and nothing is counted to its end.
MOST_SHOWN = 9
# The latest threads that the number on the front page looks at.
THREADS_LOOKED_AT = 100
LAST = 2**63 - 1

# Where somebody has read to in a thread: their mark there, or what they called all read, or when they joined.
READ_TO = """
LEFT JOIN boards_readmark m ON m.thread_id = t.id AND m.membership_id = %(me)s
CROSS JOIN (
    SELECT COALESCE((SELECT everything_to FROM boards_reading WHERE membership_id = %(me)s), %(joined)s) AS at
) r
"""
# Whose posts a reader asked not to meet (domain, section 8; communities.apart).
APART = "SELECT other_id FROM communities_keepapart WHERE asker_id = %(me)s AND state = 'in_force'"
AFTER = f"""
p.thread_id = t.id AND p.state = 'accepted' AND p.visible_at <= %(now)s AND p.author_id <> %(me)s
AND (p.visible_at, p.id) > (COALESCE(m.at, r.at), COALESCE(m.post_pk, %(last)s)) AND p.visible_at > r.at
AND p.author_id NOT IN (SELECT person_id FROM boards_mute WHERE membership_id = %(me)s AND person_id IS NOT NULL)
AND p.author_id NOT IN ({APART})
"""  # noqa: S608 - our own words
NOT_MUTED = f"""
t.id NOT IN (SELECT thread_id FROM boards_mute WHERE membership_id = %(me)s AND thread_id IS NOT NULL)
AND t.id NOT IN (SELECT id FROM boards_thread WHERE author_id IN ({APART}))
"""  # noqa: S608 - our own words
# In each thread how much is new and after which place; below it the reader's mutes, in the same columns, and whom they
# do not meet.
NEW = f"""
SELECT 0, t.id, COALESCE(m.at, r.at), COALESCE(m.post_pk, %(last)s), r.at, (SELECT count(*) FROM (
    SELECT 1 FROM boards_post p WHERE {AFTER} AND {NOT_MUTED} LIMIT {MOST_SHOWN + 1}) found), ''
FROM boards_thread t {READ_TO} WHERE t.id {{threads}} AND t.community_id = %(community)s
UNION ALL SELECT 1, person_id, NULL, thread_id, NULL, NULL, word FROM boards_mute WHERE membership_id = %(me)s
UNION ALL SELECT 2, other_id, NULL, NULL, NULL, NULL, '' FROM ({APART}) kept
"""  # noqa: S608 - our own words
# A list of any length as one value, so that the statement is always the same.
AMONG = {"postgresql": "= ANY(%(threads)s)", "sqlite": "IN (SELECT value FROM json_each(%(threads)s))"}
# The newest threads, and those in which posts have come due that no tally has counted. Each is looked up by its number:
# joined, the whole table of threads would be read for a hundred of them.
WITH_NEW = f"""
SELECT count(*) FROM (SELECT 1 FROM (
    SELECT id FROM (SELECT id FROM boards_thread WHERE community_id = %(community)s
        AND shown_from IS NOT NULL AND latest_at IS NOT NULL ORDER BY latest_at DESC, id DESC
        LIMIT {THREADS_LOOKED_AT}) latest
    UNION SELECT thread_id FROM (SELECT thread_id FROM boards_post WHERE community_id = %(community)s
        AND state = 'accepted' AND NOT tallied AND visible_at <= %(now)s LIMIT {THREADS_LOOKED_AT}) due
) t {READ_TO}
WHERE (SELECT shown_from FROM boards_thread WHERE id = t.id) <= %(now)s AND {NOT_MUTED}
    AND (SELECT p.id FROM boards_post p WHERE {AFTER} LIMIT 1) IS NOT NULL
LIMIT {MOST_SHOWN + 1}) found
"""  # noqa: S608 - our own words


@dataclass(frozen=True)
class New:
    """What is new in a thread: how many posts (ten stand for more than nine), and the place they come after."""

    posts: int
    since: Place

    @property
    def said(self) -> str:
        """The number as pages show it: "3", "9+", or nothing."""
        return how_many(self.posts)

    def has(self, post: Post, membership: Membership, mutes: Mutes) -> bool:
        """Whether this post of the thread is one of the new ones."""
        if post.state != State.ACCEPTED or post.visible_at is None:
            return False
        of_others = post.author_id != membership.pk and post.author_id not in mutes.people | mutes.apart
        return of_others and (post.visible_at, post.pk) > (self.since.at, self.since.pk)


def how_many(count: int) -> str:
    """A count as pages show it: "" for none, "9+" for more than nine."""
    if count > MOST_SHOWN:
        return _("%(most)s+") % {"most": MOST_SHOWN}
    return str(count) if count else ""


def new_in(membership: Membership, threads: Iterable[int], now: datetime) -> tuple[dict[int, New], Mutes]:
    """What is new to the member in each of these threads, by thread, and what they have muted. One query.

    The caller came by the threads through a door.
    """
    numbers = [int(pk) for pk in threads]
    on_sqlite = connection.vendor == "sqlite"
    sql = NEW.format(threads=AMONG[connection.vendor])
    rows = _ask(sql, membership, now, threads=json.dumps(numbers) if on_sqlite else numbers)
    new = {}
    for _kind, pk, at, post_pk, everything_to, posts, _word in (row for row in rows if row[0] == 0):
        since = max((_time(at), post_pk), (_time(everything_to), LAST))
        new[pk] = New(posts, Place(*since))
    muted = ((row[1], row[3], row[6]) for row in rows if row[0] == 1)
    return new, mutes_from(muted, (row[1] for row in rows if row[0] == 2))


def threads_with_new(membership: Membership, now: datetime) -> int:
    """In how many threads something is new to the member, of the latest hundred; ten stand for more. One query.

    Raises Http404.
    """
    or_404(may_read_board(membership))
    return _ask(WITH_NEW, membership, now)[0][0]


def mark_of(membership: Membership, thread_id: int) -> Place | None:
    """The member's mark in a thread, for tests and one's own data. One query."""
    mark = ReadMark.objects.filter(membership=membership, thread_id=thread_id).first()
    return Place(mark.at, mark.post_pk) if mark else None


def _ask(sql: str, membership: Membership, now: datetime, **more: object) -> list[Any]:
    given: dict[str, Any] = {
        **more,
        "me": membership.pk,
        "community": membership.community_id,
        "joined": connection.ops.adapt_datetimefield_value(membership.joined_at),
        "now": connection.ops.adapt_datetimefield_value(now),
        "last": LAST,
    }
    with cursor() as opened:
        opened.execute(sql, given)
        return opened.fetchall()


def _time(value: datetime | str) -> datetime:
    # SQLite gives a text, in UTC.
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value.astimezone(UTC)
