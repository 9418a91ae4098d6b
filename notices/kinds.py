"""What a notice can be about: each app says its kinds, with the sentence shown in the site and its last questions.

Kinds stand in groups. A person chooses by group how to be told; a group may be for some people only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from notices.models import Notice
    from people.models import Person

type_of_question = Callable[["Notice"], bool]
type_of_line = Callable[[list["Notice"]], str]


@dataclass(frozen=True)
class Group:
    """Kinds that a person chooses about together. `can_wait`: they may go out once a day instead of one by one.

    `is_for`: whether it concerns this person at all (None: everybody).
    """

    name: str
    title: object
    note: object = ""
    can_wait: bool = True
    is_for: Callable[["Person", datetime], bool] | None = None


OTHER = Group("other", _("Everything else"), _("Such as your sign-in, or becoming a member."))


@dataclass(frozen=True)
class Kind:
    """A kind of notice. Its sentence never holds content or a name."""

    name: str
    # A lazy translation: it is read in the language of whoever looks.
    sentence: object
    still_wanted: type_of_question | None = None
    group: str = OTHER.name
    in_quiet_hours: type_of_question | None = None
    opens: type_of_question | None = None
    mail_adds: type_of_line | None = None


_kinds: dict[str, Kind] = {}
_groups: dict[str, Group] = {}


def register(
    name: str,
    sentence: object,
    still_wanted: type_of_question | None = None,
    *,
    group: str = OTHER.name,
    in_quiet_hours: type_of_question | None = None,
    opens: type_of_question | None = None,
    mail_adds: type_of_line | None = None,
) -> None:
    """Add a kind, in an app's `ready()`.

    `still_wanted` is asked when its time has come: may and need this person still be told? (Permissions may have
    ended meanwhile: safety checks, 5.2.) `in_quiet_hours` is asked of whoever is in their quiet hours: may it go out
    all the same, because they are on duty? (Domain, section 8.) `opens` is asked as somebody opens it: is the page it
    points at open to them as they stand now? (None: always.) `mail_adds` is what a mail about these notices has
    besides, no more telling than the rest: links that do one thing without signing in (None: nothing). It is given all
    that go out as one.
    """
    _kinds[name] = Kind(name, sentence, still_wanted, group, in_quiet_hours, opens, mail_adds)


def register_group(group: Group) -> None:
    """Add a group, in an app's `ready()`. It stands on the page of choices in the order of adding."""
    _groups[group.name] = group


def get(name: str) -> Kind:
    """Return a kind; one that is no more (its app was taken away) is told of without words of its own."""
    return _kinds.get(name) or Kind(name, "", lambda notice: False)


def leads_on(notice: "Notice") -> bool:
    """Whether the page that a notice points at is open to its person now: they may be away, or out of office."""
    opens = get(notice.kind).opens
    return opens is None or opens(notice)


def known(name: str) -> bool:
    """Whether an app has registered this kind."""
    return name in _kinds


def group_of(kind: str) -> Group:
    """The group of a kind; what nobody put elsewhere is everything else."""
    return _groups.get(get(kind).group, OTHER)


def groups() -> list[Group]:
    """Every group there is, everything else last."""
    return [*_groups.values(), OTHER]
