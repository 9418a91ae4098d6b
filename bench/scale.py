"""The hot questions with 10,000, 100,000 and 1,000,000 posts: the same ways to the rows, at most 1.2 times the buffers.

`python bench/scale.py [POSTS ...]`. A PostgreSQL of its own; half of the posts in the community that asks, the others
in nine more. Prints, writes bench/results/scale.json, and ends with 1 where a plan or its buffers grew.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import json

import psycopg

from bench.measuring.postgres import Cluster, cluster
from bench.measuring.results import keep
from bench.measuring.sites import Site

BASE = 10_000
SIZES = (10_000, 100_000, 1_000_000)
MOST = 1.2
ROUNDS = 7
# Each further ten thousand posts are the first ones again, some minutes earlier, every second time in another
# community; they are numbered in the order in which they were written, as on a site where everybody writes.
OTHERS = """
INSERT INTO communities_community (slug, name, about, preset, nation, is_demo, created_at)
SELECT 'other-' || n, 'Other ' || n, '', preset, nation, is_demo, created_at
FROM communities_community, generate_series(0, 8) n WHERE slug = 'large'
"""
PLACES = """
CREATE TEMP TABLE places AS SELECT i, CASE WHEN i %% 2 = 0 THEN l.id ELSE o.id END AS community, l.id AS large,
  %(more)s AS more
FROM generate_series(1, %(more)s) i, communities_community l, communities_community o
WHERE l.slug = 'large' AND o.slug = 'other-' || (i / 2) %% 9
"""
THREADS = """
INSERT INTO boards_thread (id, shown_from, latest_at, shown_posts, answered_at, author_id, community_id)
SELECT 20000 + t.id * more + i, shown_from - i * interval '1 min', latest_at - i * interval '1 min', shown_posts,
  answered_at - i * interval '1 min', author_id, community
FROM boards_thread t, places WHERE t.community_id = large ORDER BY 1
"""
POSTS = """
INSERT INTO boards_post (id, is_opening, state, title, text, html, version, written_at, pause_ends_at, visible_at,
  changed_at, was_held, urgency, form_key, tallied, author_id, community_id, thread_id, cover)
SELECT 20000 + p.id * more + i, is_opening, state, CASE WHEN is_opening THEN 'A thread about day ' || p.id * more + i
  ELSE '' END, text, html, version, written_at, pause_ends_at, visible_at - i * interval '1 min', changed_at, was_held,
  urgency, gen_random_uuid(), tallied, author_id, community, 20000 + thread_id * more + i, cover
FROM boards_post p, places WHERE p.community_id = large ORDER BY 1
"""
WORDS = """
INSERT INTO boards_postwords (rowid, words)
SELECT p.id, strip(to_tsvector('english', title || ' ' || text)) || array_to_tsvector(ARRAY[community_id || '/',
  community_id || '/8/' || (p.id >> 8), community_id || '/12/' || (p.id >> 12), community_id || '/16/' || (p.id >> 16),
  community_id || '/20/' || (p.id >> 20)])
FROM boards_post p WHERE NOT EXISTS (SELECT 1 FROM boards_postwords w WHERE w.rowid = p.id) ORDER BY 1
"""
# Forty posts of each community wait for somebody to decide.
HELD = """
INSERT INTO boards_post (is_opening, state, title, text, html, version, written_at, pause_ends_at, held_at, changed_at,
  was_held, urgency, form_key, tallied, author_id, community_id, thread_id, cover)
SELECT false, 'held', '', text, html, version, written_at, pause_ends_at, now(), changed_at, true, 1, gen_random_uuid(),
  false, author_id, community_id, thread_id, cover
FROM (SELECT *, row_number() OVER (PARTITION BY community_id ORDER BY id DESC) AS n FROM boards_post) p WHERE n <= 40
"""
NUMBERS = "SELECT setval(pg_get_serial_sequence('boards_post', 'id'), (SELECT max(id) FROM boards_post))"
# Ten members, and the one who asks is among them, have read all but the latest post of the latest hundred threads.
MARKS = """
INSERT INTO boards_readmark (membership_id, thread_id, at, post_pk)
SELECT m.id, t.id, t.latest_at - interval '1 second', 0 FROM communities_community c, communities_membership m,
  LATERAL (SELECT id, latest_at FROM boards_thread WHERE community_id = c.id ORDER BY latest_at DESC LIMIT 100) t
WHERE c.slug = 'large' AND m.community_id = c.id AND m.display_name ~ '^Member [0-9]$'
"""


def filled(database: Cluster, posts: int, folder: str) -> Site:
    """Make a database with so many posts."""
    name = f"posts_{posts}"
    with psycopg.connect(database.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    url = f"{database.url.rpartition('/')[0]}/{name}"
    site = Site(folder, [], PEERNET_DATABASE_URL=url)
    site.ask("-m", "peernet.cli", "demo", "--members", "110", "--threads", "1000", "--posts", str(BASE))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(OTHERS)
        connection.execute(PLACES, {"more": posts // BASE - 1})
        for statement in (THREADS, POSTS, WORDS, NUMBERS, HELD, MARKS):
            connection.execute(statement)
        connection.execute("VACUUM ANALYZE")
    return site


def asked(sites: dict[int, Site]) -> dict[int, dict]:
    """What the questions cost on each board. They are asked in rounds, board by board: what else a machine does is the
    same to all, and what a time is worth shows in how far it lies from round to round."""
    rounds = [
        {posts: json.loads(site.ask("-m", "bench.measuring.plans")) for posts, site in sites.items()}
        for _ in range(ROUNDS)
    ]
    found = rounds[-1]
    for posts, rows in found.items():
        for name, row in rows.items():
            times = sorted(each[posts][name]["ms"] for each in rounds)
            row |= {"ms": times[len(times) // 2], "ms_least": times[0], "ms_most": times[-1]}
    return found


def ways(plans: list[list[str]]) -> list[list[str]]:
    """How each statement comes to its rows: its scans. How two handfuls are then joined is not compared."""
    return [sorted(step for step in steps if "Scan" in step and not step.startswith("Subquery")) for steps in plans]


def compare(found: dict[int, dict]) -> list[str]:
    """What grew, as sentences: another way to the rows, more than 1.2 times the buffers of the smallest board, or a
    time that was longer in every round than in any of that board's."""
    smallest, *larger = sorted(found)
    faults = []
    for posts in larger:
        for name, row in found[posts].items():
            before = found[smallest][name]
            if ways(row["plans"]) != ways(before["plans"]):
                faults.append(f"{name}: another way to the rows with {posts} posts")
            if row["buffers"] > MOST * before["buffers"]:
                faults.append(f"{name}: {row['buffers']} buffers with {posts} posts, {before['buffers']} at first")
            if row["ms_least"] > before["ms_most"]:
                faults.append(f"{name}: {row['ms']} ms with {posts} posts, {before['ms']} at first")
    return faults


def show(found: dict[int, dict], faults: list[str]) -> None:
    for name in found[min(found)]:
        cells = (
            f"{posts:>9,}: {row[name]['buffers']:>5} buffers {row[name]['ms']:>6} ms"
            f" ({row[name]['ms_least']} to {row[name]['ms_most']})"
            for posts, row in found.items()
        )
        print(f"{name:<44}", " | ".join(cells))
    print(*faults, sep="\n")


def main(sizes: tuple[int, ...]) -> int:
    machine = round(os.getloadavg()[0], 2)
    with cluster("max_wal_size=8GB") as database, tempfile.TemporaryDirectory() as folder:
        found = asked({posts: filled(database, posts, folder) for posts in sizes})
    faults = compare(found)
    keep("scale", {"machine_load": machine, "posts": found, "faults": faults})
    show(found, faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
