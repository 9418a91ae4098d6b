"""What a member has muted for themselves, and from whom they asked to be kept apart: loaded once for a page, asked of
each post on it. What was muted is folded; the posts of somebody they are kept apart from are not there at all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, Q, QuerySet, Value
from django.shortcuts import get_object_or_404

from boards.lifecycle import State
from boards.models import Mute, Post
from boards.plain_words import text_of, words_of
from boards.policies import may_read_board
from communities.entry import or_404
from communities.models import KeepApart, Membership


@dataclass(frozen=True)
class Mutes:
    """Somebody's mutes, by kind. Words are folded, each as the words it is made of."""

    people: frozenset[int] = frozenset()
    threads: frozenset[int] = frozenset()
    words: tuple[tuple[str, ...], ...] = ()
    # From whom they asked to be kept apart (domain, section 8).
    apart: frozenset[int] = frozenset()

    def hides(self, post: Post) -> bool:
        """Whether this reader does not meet the post at all."""
        return post.author_id in self.apart

    def folds(self, post: Post, reader: Membership) -> str:
        """Why this reader finds the post folded: "person", "word" or "" for not at all. One's own never is."""
        if post.author_id == reader.pk:
            return ""
        if post.author_id in self.people:
            return "person"
        return "word" if self.words and self._has_a_word(f"{post.title}\n{text_of(post.html)}") else ""

    def folds_title(self, post: Post, reader: Membership) -> str:
        """The same, by title and author alone: for a list, which has no more of a post."""
        if post.author_id == reader.pk:
            return ""
        if post.author_id in self.people:
            return "person"
        return "word" if self.words and self._has_a_word(post.title) else ""

    def _has_a_word(self, text: str) -> bool:
        there = words_of(text)
        once = set(there)
        return any(word[0] in once and _in_a_row(word, there) for word in self.words)


NOTHING_MUTED = Mutes()


def _in_a_row(wanted: tuple[str, ...], there: list[str]) -> bool:
    size = len(wanted)
    return size == 1 or any(tuple(there[at : at + size]) == wanted for at in range(len(there) - size + 1))


def mutes_of(membership: Membership) -> Mutes:
    """Everything the member has muted, and whom they do not meet. One query."""
    return mutes_of_each({membership.pk}).get(membership.pk, NOTHING_MUTED)


def mutes_of_each(members: Collection[int]) -> dict[int, Mutes]:
    """What each of these members has muted, by membership; nothing for whoever muted nothing. One query.

    For what is shown to many at once (sockets); each meets their own only.
    """
    found: dict[int, list[tuple[int | None, int | None, str]]] = {}
    apart: dict[int, list[int]] = {}
    for member, person, thread, word, is_apart in _rows_of(members):
        if is_apart:
            apart.setdefault(member, []).append(person)
        else:
            found.setdefault(member, []).append((person, thread, word))
    return {member: mutes_from(found.get(member, ()), apart.get(member, ())) for member in found.keys() | apart.keys()}


def _rows_of(members: Collection[int]) -> QuerySet[Any]:
    muted = Mute.objects.filter(membership_id__in=members).annotate(is_apart=Value(False))
    no_thread, no_word = Value(None, output_field=BigIntegerField()), Value("", output_field=CharField())
    apart = KeepApart.objects.in_force().filter(asker_id__in=members)
    apart = apart.annotate(no_thread=no_thread, no_word=no_word, is_apart=Value(True))
    return muted.values_list("membership_id", "person_id", "thread_id", "word", "is_apart").union(
        apart.values_list("asker_id", "other_id", "no_thread", "no_word", "is_apart"), all=True
    )


def mutes_from(found: Iterable[tuple[int | None, int | None, str]], apart: Iterable[int] = ()) -> Mutes:
    """Mutes from their rows (person, thread, word, one of them in each) and those whom the reader does not meet."""
    rows = list(found)
    return Mutes(
        people=frozenset(person for person, _thread, _word in rows if person),
        threads=frozenset(thread for _person, thread, _word in rows if thread),
        words=tuple(folded for _person, _thread, word in rows if (folded := tuple(words_of(word)))),
        apart=frozenset(apart),
    )


@dataclass(frozen=True)
class Muted:
    """What one's own page of mutes shows, newest first in each part."""

    people: list[Mute] = field(default_factory=list)
    threads: list[tuple[Mute, str]] = field(default_factory=list)
    words: list[Mute] = field(default_factory=list)


def muted_by(membership: Membership, now: datetime) -> Muted:
    """What the member has muted, for their own page; a thread with its title where that stands. Two queries."""
    or_404(may_read_board(membership))
    rows = list(Mute.objects.filter(membership=membership).select_related("person").order_by("-since", "-pk"))
    threads = [row for row in rows if row.thread_id]
    openings = Post.objects.on_board(now).filter(thread_id__in=[row.thread_id for row in threads], is_opening=True)
    titles = dict(openings.values_list("thread_id", "title")) if threads else {}
    return Muted(
        people=[row for row in rows if row.person_id],
        threads=[(row, titles.get(row.thread_id, "")) for row in threads if row.thread_id],
        words=[row for row in rows if row.word],
    )


def access_mute(membership: Membership, pk: int) -> Mute:
    """One of one's own mutes. Raises Http404 for anybody else's."""
    or_404(may_read_board(membership))
    return get_object_or_404(Mute.objects.filter(membership=membership), pk=pk)


def access_others_post(membership: Membership, pk: int, now: datetime) -> Post:
    """Somebody else's post with a place on the member's own board, to do something about its author. Raises Http404."""
    or_404(may_read_board(membership))
    shown = Post.objects.with_a_place(now).filter(
        ~Q(author=membership), community_id=membership.community_id, thread__shown_from__lte=now
    )
    return get_object_or_404(shown.exclude(state=State.ERASED).select_related("author", "thread"), pk=pk)
