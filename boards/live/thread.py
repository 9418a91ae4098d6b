"""What an open thread is sent: each post that appeared or changed, as this reader meets it.

Fetched and rendered for one look and thrown away with it. Readers for whom a post is the same share its bytes for that
one look; who they are was asked in the same look.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from boards.models import Post
from boards.queries import NOTHING_MUTED, Mutes, mutes_of_each
from boards.queries.feed import Entry
from boards.views.shown import differs_by, for_reader
from communities.models import Membership


class ThreadMessages:
    """The messages about some entries, for many readers."""

    def __init__(self, entries: Iterable[Entry], readers: Iterable[Membership], now: datetime) -> None:
        self.now = now
        wanted = {entry.post_id for entry in entries}
        posts = Post.objects.with_a_place(now).filter(pk__in=wanted).select_related("author").defer("text")
        self.posts: Mapping[int, Post] = {post.pk: post for post in posts} if wanted else {}
        self.mutes: Mapping[int, Mutes] = mutes_of_each({reader.pk for reader in readers}) if wanted else {}
        self.made: dict[tuple[object, ...], str] = {}

    def of(self, entry: Entry, reader: Membership) -> str:
        """The message for this reader; "" for a post that has no place on the reader's board."""
        post = self.posts.get(entry.post_id)
        if post is None or post.community_id != reader.community_id:
            return ""
        mutes = self.mutes.get(reader.pk, NOTHING_MUTED)
        if mutes.hides(post):
            return ""
        # Within one community: offices and addresses are the same for all its readers.
        kind = (entry.key, *differs_by(post, reader, mutes))
        if kind not in self.made:
            self.made[kind] = self._message(entry, post, for_reader(post, reader, mutes), reader)
        return self.made[kind]

    def any_by(self, reader: Membership, entries: Iterable[Entry]) -> bool:
        """Whether one of these is about a post of this reader's own."""
        posts = (self.posts.get(entry.post_id) for entry in entries)
        return any(post is not None and post.author_id == reader.pk for post in posts)

    def _message(self, entry: Entry, post: Post, row: dict[str, Any], reader: Membership) -> str:
        context = {"row": row, "post": post, "now": self.now, "community": reader.community}
        return json.dumps(
            {
                "kind": "post",
                "key": entry.key,
                "id": post.pk,
                "place": str(entry.place),
                "own": row["own"],
                "html": render_to_string("boards/post.html", context).strip(),
            }
        )
