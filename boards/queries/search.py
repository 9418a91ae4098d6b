"""Search in what one may read. The index says where words might be; the board's own condition says what is shown.

PostgreSQL looks through stretches of posts, the newest first, and stops at a page's worth; FTS5 goes through its own
index from the newest. So a word that stands in every post costs the same on a board of any size (ADR 0014).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.lookups import LessThanOrEqual

from boards import index
from boards.models import Post, Thread
from boards.plain_words import words_of
from boards.policies import may_read_board
from boards.queries.places import Place
from boards.stop_words import STOP_WORDS
from communities.apart import hidden_from
from communities.entry import or_404
from communities.models import Membership

RESULTS_A_PAGE = 20
MOST_WORDS = 10
LONGEST_ASKED = 200
# So many numbers of posts are read one after the other before anything is looked up.
NEAR = 512

# What still has to be true of a post when somebody looks: asked in the candidates and again of the rows.
ON_BOARD = """
p.community_id = %(community)s AND p.state = 'accepted' AND p.visible_at <= %(now)s AND t.shown_from <= %(now)s
"""
SQLITE = f"""
SELECT p.id FROM boards_postwords w CROSS JOIN boards_post p ON p.id = w.rowid
CROSS JOIN boards_thread t ON t.id = p.thread_id
WHERE w.boards_postwords MATCH %(words)s AND w.rowid < %(before)s AND {ON_BOARD}
ORDER BY w.rowid DESC LIMIT %(most)s
"""  # noqa: S608 - our own words
# Whether a word that was found stands in a post that is on the board: each by its number, as many as the page takes.
FOUND = f"""
CROSS JOIN LATERAL (SELECT p.id FROM boards_post p JOIN boards_thread t ON t.id = p.thread_id
    WHERE p.id = w.rowid AND {ON_BOARD} LIMIT 1) found
ORDER BY w.rowid DESC LIMIT %(most)s
"""  # noqa: S608 - our own words
# The newest posts are read one after the other and not looked up: what stands in many posts is found among the first
# few of them, and what stands in few has cost some twenty pages, however large the board. A function, not the
# operator: so no planner goes to the words' index for it.
NEWEST = f"""
(SELECT w.rowid FROM (SELECT rowid FROM boards_postwords WHERE rowid < %(top)s AND rowid >= %(newest)s
    AND ts_match_vq(words, plainto_tsquery('english', %(words)s)) AND ts_match_vq(words, %(own)s::tsquery)
    ORDER BY rowid DESC OFFSET 0) w {FOUND})
"""  # noqa: S608 - our own words
# "+ 0" keeps the planner from walking along the posts instead of the words; the sort comes before the posts are looked
# up. Nothing is looked up where the stretches before have gone down to the first post.
STRETCH = f"""
(SELECT w.rowid FROM (SELECT rowid FROM boards_postwords WHERE words @@ plainto_tsquery('english', %(words)s)
    AND words @@ %(stretch_{{n}})s::tsquery AND rowid + 0 < {{to}} AND rowid + 0 >= %(from_{{n}})s
    AND (SELECT {{to}} > 0) {{only}} ORDER BY rowid DESC OFFSET 0) w {FOUND})
"""  # noqa: S608 - our own words
# Where the newest two parts have found nothing, the stretch that follows is left out and the next one, sixteen times as
# long, goes on from there: what stands in none of thousands of posts stands in few of that many.
ANY = "EXISTS (SELECT FROM newest)"
GOES_ON = f"CASE WHEN {ANY} THEN %(from_1)s ELSE %(from_0)s END"
PARTS = (
    STRETCH.format(n=0, to="%(newest)s", only=""),
    STRETCH.format(n=1, to="%(from_0)s", only=f"AND {ANY}"),
    STRETCH.format(n=2, to=GOES_ON, only=""),
    STRETCH.format(n=3, to="%(from_2)s", only=""),
)
IN_STRETCHES = f"""
WITH newest AS MATERIALIZED (SELECT rowid FROM ({NEWEST} UNION ALL {PARTS[0]}) near LIMIT %(most)s)
SELECT rowid FROM newest UNION ALL {PARTS[1]} UNION ALL {PARTS[2]} UNION ALL {PARTS[3]} LIMIT %(most)s
"""  # noqa: S608 - our own words

ALONG_THE_INDEX = """
SELECT COALESCE((SELECT max(rowid) FROM boards_postwords), 0), set_config('enable_seqscan', 'off', true),
    set_config('max_parallel_workers_per_gather', '0', true)
"""


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: folded words, or why that can't be looked for ("nothing", "too_common", "too_long")."""

    words: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True)
class Found:
    """A page of results, newest written first; `openings` are their threads' opening posts that stand, by thread."""

    posts: list[Post]
    openings: dict[int, Post]
    older: Place | None


NOTHING = Found([], {}, None)


def asked_for(written: str) -> Asked:
    """Read what was written into the search's field. Marks and signs mean nothing; no query."""
    if len(written) > LONGEST_ASKED:
        return Asked(trouble="too_long")
    words = list(dict.fromkeys(words_of(written)))
    telling = tuple(word for word in words if word not in STOP_WORDS)
    if not telling:
        return Asked(trouble="too_common" if words else "nothing")
    return Asked(telling) if len(telling) <= MOST_WORDS else Asked(trouble="too_long")


def search_posts(membership: Membership, words: tuple[str, ...], now: datetime, before: Place | None = None) -> Found:
    """Posts on the member's own board that have all these words (`asked_for`), from before a place of results.

    The same as the member may read thread by thread, at this moment. Three queries. Raises Http404.
    """
    or_404(may_read_board(membership))
    if not words:
        return NOTHING
    pks = _candidates(membership.community_id, words, now, before.pk if before else 2**62)
    # Each thread by its number: joined, a planner may walk along all of them for these twenty.
    shown_from = Thread.objects.filter(pk=OuterRef("thread_id")).values("shown_from")
    shown = Post.objects.on_board(now).filter(pk__in=pks[:RESULTS_A_PAGE], community_id=membership.community_id)
    shown = shown.filter(LessThanOrEqual(Subquery(shown_from), now)).exclude(author_id__in=hidden_from(membership.pk))
    posts = list(shown.select_related("author").defer("text").order_by("-pk"))
    openings = Post.objects.on_board(now).filter(thread_id__in={post.thread_id for post in posts}, is_opening=True)
    openings = openings.exclude(author_id__in=hidden_from(membership.pk))
    by_thread = {post.thread_id: post for post in openings.select_related("author").defer("text", "html")}
    last = posts[-1] if posts and len(pks) > RESULTS_A_PAGE else None
    return Found(posts, by_thread, Place(last.visible_at or now, last.pk) if last else None)


def _candidates(community_id: int, words: tuple[str, ...], now: datetime, before: int) -> list[int]:
    given: dict[str, Any] = {
        "community": community_id,
        "now": connection.ops.adapt_datetimefield_value(now),
        "before": before,
        "most": RESULTS_A_PAGE + 1,
    }
    if connection.vendor == "postgresql":
        return _by_stretches(community_id, words, given)
    quoted = " ".join(f'"{word}"' for word in words)
    given["words"] = f'words : ({quoted}) AND community : "{index.community_term(community_id)}"'
    with connection.cursor() as cursor:
        cursor.execute(SQLITE, given)
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def _by_stretches(community_id: int, words: tuple[str, ...], given: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        # Whatever the statistics say of a word: along the index, and one stretch after the other.
        cursor.execute(ALONG_THE_INDEX)
        top = min(cursor.fetchone()[0] + 1, given["before"])
        given |= {"words": " ".join(words), "own": f"'{community_id}/'", "top": top, "newest": max(top - NEAR, 0)}
        for n, (markers, lowest) in enumerate(_stretches(community_id, given["newest"])):
            given |= {f"stretch_{n}": markers, f"from_{n}": lowest}
        cursor.execute(IN_STRETCHES, given)
        return [pk for (pk,) in cursor.fetchall()]


def _stretches(community_id: int, top: int) -> list[tuple[str, int]]:
    """Ever longer stretches below `top`, the newest first: the markers that stand for each, and its lowest number."""
    found = []
    for size in index.STRETCHES[1:]:
        last = max(top - 1, 0) >> size
        numbers = (last, last - 1) if last else (last,)
        markers = " | ".join(f"'{community_id}/{size}/{number}'" for number in numbers)
        found.append((markers, top := max(last - 1, 0) << size))
    return [*found, (f"'{community_id}/'", 0)]
