"""Short ways to pieces of local life."""

from uuid import uuid4

from communities.models import Membership
from meetings.lifecycle.local import LocalKind
from meetings.models import LocalChange, LocalPiece
from meetings.services.local import LocalWords, add_piece


def a_piece(by: Membership, *, kind: str = LocalKind.SERVICE, **says: str) -> LocalPiece:
    """A piece that this member put on the page."""
    return add_piece(by=by, kind=kind, says=LocalWords(**({"title": "The drop-in"} | says)), form_key=uuid4())


def first_text(piece: LocalPiece) -> LocalChange:
    """The first text of it in its history."""
    return piece.changes.get(edition=1, done="written")
