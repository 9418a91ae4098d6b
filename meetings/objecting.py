"""Where somebody objects to a copy of their own words. Objections are heard above; moderation says here where."""

from collections.abc import Callable

from meetings.models import CopiedPost

_where: list[Callable[[CopiedPost, str], str]] = []


def register(where: Callable[[CopiedPost, str], str]) -> None:
    """Say at which address of a community (its slug) one objects to a piece; called once, as the site starts."""
    _where[:] = [where]


def address(piece: CopiedPost, slug: str) -> str:
    """The address of the form, "" while nobody has said where."""
    return _where[0](piece, slug) if _where else ""
