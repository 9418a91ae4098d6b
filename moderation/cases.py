"""What a member may object to: each kind of decision about a person says here how it is found and undone.

A case is named as the record names the thing: "post:5", "suspension:3", "copy:7". Each kind is registered once, in its
app's `ready()`, by whoever takes such decisions; objections know no kind by name (domain, section 4.11).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from communities.models import Membership


@dataclass(frozen=True)
class Case:
    """A decision about somebody, as it is explained to them, and who took it."""

    ref: str
    # Whom it is about: the only one who may object.
    about: Membership
    # What was decided, in words to them: “Your post was taken off the board.”
    what: str
    at: datetime
    by_role: str
    # Those who took part in it, by membership: none of them hears the objection.
    decided_by: frozenset[int]
    why: str = ""
    words: str = ""
    until: datetime | None = None
    # Whether it took two: then it takes two to undo it.
    took_two: bool = False
    # What everybody decided (a motion) only everybody can undo: it goes to the community meeting at once.
    for_the_meeting: bool = False
    # Others who must not hear it: whoever stepped aside, the one whose thread it is.
    not_by: frozenset[int] = frozenset()
    # The page where they read it, for the way back.
    back_to: str = ""
    # What those who hear it need to read: (what it is, words). Staff never see it.
    shown: tuple[tuple[str, str], ...] = ()


class Undo(Protocol):
    """Undo what was decided, in the transaction that hears the objection; the case's own rows are locked.

    `by` heard it, after `first` where it took two; what it came to, as words for the record, is returned or nothing.
    Must not fail where there is nothing left to undo: then it does nothing.
    """

    def __call__(
        self, case: Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime
    ) -> None: ...


@dataclass(frozen=True)
class CaseKind:
    """One kind of decision. `find`: by its number and community, None where there is none to object to.

    `lock` takes the locks that `undo` needs (a post's); called after memberships' locks, before the objection's.
    `begun` and `ended`: called in the transaction in which an objection is made, and in which it ends or is taken back,
    whatever came of it.
    """

    name: str
    # For the meeting's agenda, without a name or a word of it: “An objection about a post”.
    title: Any
    find: Callable[[int, int, datetime], Case | None]
    undo: Undo
    lock: Callable[[int], object] = lambda number: None
    begun: Callable[[Case, datetime], None] = lambda case, now: None
    ended: Callable[[Case, str, datetime], None] = lambda case, outcome, now: None


_kinds: dict[str, CaseKind] = {}


def register(kind: CaseKind) -> None:
    """Add a kind of case; each app its own, once."""
    _kinds[kind.name] = kind


def kind_of(ref: str) -> CaseKind | None:
    """The kind of case that “post:5” is; None for one nobody registered."""
    return _kinds.get(ref.partition(":")[0])


def number_of(ref: str) -> int | None:
    """The 5 of “post:5”; None where there is none."""
    number = ref.partition(":")[2]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None


def find(community_id: int, ref: str, now: datetime) -> Case | None:
    """The case of this name in this community, or None. The queries of its kind."""
    kind, number = kind_of(ref), number_of(ref)
    return kind.find(community_id, number, now) if kind and number is not None else None
