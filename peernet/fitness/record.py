"""The record: whole, and still holding the head that somebody wrote down."""

from collections.abc import Iterator

from audit import queries


def record_is_whole(head: str = "") -> Iterator[str]:
    """Every break found in the record (safety checks, 7.1 and 7.2)."""
    for found in queries.verify(shown_head=head):
        place = f" ({found.chain}, entry {found.number})" if found.chain else ""
        yield f"The record: {found.what}{place}."
