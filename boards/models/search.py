"""What the search looks in: the words of accepted posts, folded, beside the posts and never instead of them."""

from typing import Any

from django.db import models


class Words(models.Field):
    """Words as each database looks them up: a `tsvector` in PostgreSQL, the text of an FTS5 table in SQLite."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"


class PostWords(models.Model):
    """The words of one accepted post. Written only by boards.index, in the transaction that changes the post.

    `rowid` is the post's number: SQLite's own name for it, since an FTS5 table has no other key.
    """

    rowid = models.BigIntegerField(primary_key=True)
    words = Words()

    def __str__(self) -> str:
        return f"words of post {self.rowid}"
