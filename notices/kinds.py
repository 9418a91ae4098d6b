"""What a notice can be about: each app says its kinds, with the sentence shown in the site and its last question."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notices.models import Notice

type_of_question = Callable[["Notice"], bool]


@dataclass(frozen=True)
class Kind:
    """A kind of notice. Its sentence never holds content or a name."""

    name: str
    # A lazy translation: it is read in the language of whoever looks.
    sentence: object
    still_wanted: type_of_question | None = None


_kinds: dict[str, Kind] = {}


def register(name: str, sentence: object, still_wanted: type_of_question | None = None) -> None:
    """Add a kind, in an app's `ready()`.

    `still_wanted` is asked when a mail's time has come: may and need this person still be told? (Permissions may
    have ended meanwhile: safety checks, 5.2.)
    """
    _kinds[name] = Kind(name, sentence, still_wanted)


def get(name: str) -> Kind:
    """Return a kind; one that is no more (its app was taken away) is told of without words of its own."""
    return _kinds.get(name) or Kind(name, "", lambda notice: False)


def known(name: str) -> bool:
    """Whether an app has registered this kind."""
    return name in _kinds
