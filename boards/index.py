"""The search's words, kept in step with the posts: called where a post changes, in the same transaction.

Only accepted posts are in it. What is held, hidden, returned, removed, taken back or erased has no words here, so that
no search could come upon them, whatever its query forgot to ask (safety checks, 1.5).
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from boards.lifecycle import State
from boards.models import Post, PostWords
from boards.plain_words import text_of, words_of

# PostgreSQL's search can't go through an index from the newest: each post also has a marker for its stretch of
# numbers, in four sizes of stretch, so that a search looks through the newest stretch first and stops when it has
# enough (boards.queries.search). The smallest is for the release before, which may search beside this one: now the
# newest posts are read without an index. A slash stands in no word that somebody wrote.
STRETCHES = (8, 12, 16, 20)

PUT = {
    "postgresql": "INSERT INTO boards_postwords (rowid, words) VALUES (%s, strip(to_tsvector('english', %s)) "
    "|| array_to_tsvector(%s)) ON CONFLICT (rowid) DO UPDATE SET words = excluded.words",
    "sqlite": "INSERT OR REPLACE INTO boards_postwords (rowid, words, community) VALUES (%s, %s, %s)",
}


def keep(post: Post) -> None:
    """Put a post's words in, or take them out, as its state is now. One query.

    Whatever erases calls `forget` as well, once for all that it erases.
    """
    if post.state == State.ACCEPTED:
        put([post])
    else:
        take_out([post.pk])


def put(posts: Sequence[Post]) -> None:
    """Put the words of these posts in, in place of older ones. In a transaction with whatever changed them."""
    rows = [(post.pk, " ".join(words_of(f"{post.title}\n{text_of(post.html)}")), _place(post)) for post in posts]
    with connection.cursor() as cursor:
        cursor.executemany(PUT[connection.vendor], rows)


def take_out(posts: Iterable[int]) -> None:
    """Take the words of these posts out, so that no search finds them. One query."""
    PostWords.objects.filter(rowid__in=list(posts)).delete()


def forget(posts: Iterable[int]) -> None:
    """Take the words of these posts out for good, as their texts are blanked: nothing of them stays in the index.

    Called by whatever erases, in its transaction, once for all the posts of a batch.
    """
    take_out(posts)
    if connection.vendor == "sqlite":
        # FTS5 only marks words as gone until it merges its parts: merge them now.
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO boards_postwords (boards_postwords) VALUES ('optimize')")


@transaction.atomic
def mend(*, newest: int = 2000) -> int:
    """Put in and take out what a release that knew no search has left undone among the newest posts; return how many.

    While a site is brought up to date, both releases write. Run by a sweep; running it twice changes nothing.
    """
    last = Post.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    here = Post.objects.filter(pk__gt=last - newest)
    known = PostWords.objects.filter(rowid__gt=last - newest)
    accepted = here.filter(state=State.ACCEPTED)
    # Under their locks: what is erased meanwhile is not put back.
    lacking = accepted.exclude(pk__in=known.values("rowid")).select_for_update(of=("self",), skip_locked=True)
    put(missing := list(lacking))
    stale = set(known.values_list("rowid", flat=True)) - set(accepted.values_list("pk", flat=True))
    if stale:
        forget(stale)
    return len(missing) + len(stale)


def markers(community_id: int, post_pk: int) -> list[str]:
    """What PostgreSQL's index holds of a post beside its words: its community, and its stretches."""
    return [f"{community_id}/", *(f"{community_id}/{size}/{post_pk >> size}" for size in STRETCHES)]


def _place(post: Post) -> list[str] | str:
    if connection.vendor == "postgresql":
        return markers(post.community_id, post.pk)
    return community_term(post.community_id)


def community_term(community_id: int) -> str:
    """A community's posts in FTS5, in a column of its own where nobody's words are."""
    return f"c{community_id}"
