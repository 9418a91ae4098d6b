"""A large community for measuring: many members, threads and posts put in by the batch, one entry on the record."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction

from audit.commitments import commit
from audit.services import record
from boards import index
from boards.lifecycle import State
from boards.markdown import render
from boards.models import Post, PostVersion, Thread, committed_words
from communities.lifecycle import Office
from communities.lifecycle import State as Standing
from communities.models import Community, Membership, StateSince
from communities.services import create_community, start_term
from peernet.demo.people import PASSWORD
from people.models import Person

BATCH = 2000
SLUG = "large"
SPAN = timedelta(days=700)
WORDS = (
    "The kettle is on and the window is open. Somebody has left a coat behind in the big room, the green one. "
    "I walked the long way round by the river today and it took the edge off. How was it for you?"
)
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Size:
    """How much to make."""

    members: int
    threads: int
    posts: int


@transaction.atomic
def fill_large(size: Size, now: datetime) -> Community:
    """Make the community "large" of this size; `peernet demo --members --threads --posts`. Its posts are all alike.

    The first two members are caretakers. Raises ValidationError where it is there already.
    """
    community = create_community(
        name="Large", slug=SLUG, preset="day_community", founder="a", caretakers=["b"], staff="c", is_demo=True
    ).community
    members = _members(community, size.members, now)
    for member in members[:2]:
        start_term(membership=member, office=Office.CARETAKER, by="site", ends_at=None)
    threads = _threads(community, members, size.threads)
    _posts(members, threads, size.posts, now)
    _tally(community)
    facts = {"members": size.members, "threads": size.threads, "posts": size.posts}
    record(
        chain=community.chain, verb="fill for measuring", actor="operator", subject=community.chain, at=now, facts=facts
    )
    return community


def _store(rows: Iterable[Row], manager: "models.Manager[Row]") -> list[Row]:
    stored: list[Row] = []
    source = iter(rows)
    while batch := list(islice(source, BATCH)):
        stored += manager.bulk_create(batch)
    return stored


def _members(community: Community, count: int, now: datetime) -> list[Membership]:
    hashed = make_password(PASSWORD)
    joined = now - SPAN
    shared = {"password": hashed, "is_demo": True, "created_at": joined, "over_18_at": joined}
    people = _store((Person(sign_in_name=f"large-measure-member-{n}", **shared) for n in range(count)), Person.objects)
    memberships = (
        Membership(
            community=community,
            person=person,
            state=Standing.ACTIVE,
            display_name=f"Member {n}",
            name_key=f"member{n}",
            joined_at=joined,
            state_since=joined,
            welcomed_at=joined,
        )
        for n, person in enumerate(people)
    )
    stored = _store(memberships, Membership.objects)
    _store((StateSince(membership=one, state=one.state, since=joined) for one in stored), StateSince.objects)
    return stored


def _threads(community: Community, members: list[Membership], count: int) -> list[Thread]:
    rows = (Thread(community=community, author=members[n % len(members)]) for n in range(count))
    return _store(rows, Thread.objects)


def _posts(members: list[Membership], threads: list[Thread], count: int, now: datetime) -> None:
    # Known in advance, so that two runs of a benchmark measure the same.
    chance = random.Random(count)  # noqa: S311
    html, step = render(WORDS), SPAN / (count + 1)
    rows = (_post(n, members, threads, chance, html, now - SPAN + step * n) for n in range(count))
    while batch := list(islice(rows, BATCH)):
        posts = Post.objects.bulk_create(batch)
        PostVersion.objects.bulk_create(_version(post) for post in posts)
        index.put(posts)


def _post(  # noqa: PLR0917
    n: int, members: list[Membership], threads: list[Thread], chance: random.Random, html: str, at: datetime
) -> Post:
    """The n-th post: the first ones open the threads, the later ones answer, mostly in the same few."""
    opening = n < len(threads)
    thread = threads[n] if opening else threads[int(len(threads) * chance.random() ** 2)]
    return Post(
        community_id=thread.community_id,
        thread=thread,
        author=thread.author if opening else members[chance.randrange(len(members))],
        is_opening=opening,
        state=State.ACCEPTED,
        title=f"A thread about day {n}" if opening else "",
        text=WORDS,
        html=html,
        written_at=at,
        pause_ends_at=at,
        visible_at=at,
        changed_at=at,
        form_key=UUID(int=n),
        tallied=True,
    )


def _version(post: Post) -> PostVersion:
    commitment, salt = commit(committed_words(post.title, post.text))
    return PostVersion(
        post=post, number=1, at=post.written_at, title=post.title, text=post.text, commitment=commitment, salt=salt
    )


TALLY = """
UPDATE boards_thread SET
  shown_from = (SELECT p.visible_at FROM boards_post p WHERE p.thread_id = boards_thread.id AND p.is_opening),
  latest_at = (SELECT max(p.visible_at) FROM boards_post p WHERE p.thread_id = boards_thread.id),
  shown_posts = (SELECT count(*) FROM boards_post p WHERE p.thread_id = boards_thread.id),
  answered_at = (SELECT min(p.visible_at) FROM boards_post p
                 WHERE p.thread_id = boards_thread.id AND p.author_id <> boards_thread.author_id)
WHERE community_id = %s
"""


def _tally(community: Community) -> None:
    # What boards.tally.recount does, for all threads in one statement.
    with connection.cursor() as cursor:
        cursor.execute(TALLY, [community.pk])
