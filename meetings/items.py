"""What may come of each kind of item, and who is told of it: the apps above register their own kinds here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle import ItemKind, Outcome
from meetings.models import AgendaItem, CopiedPost


def _nothing(item: AgendaItem, now: datetime) -> None:
    pass


def _nobody(item: AgendaItem) -> Collection[int]:
    return ()


def _nowhere(item: AgendaItem, reader: Membership, is_own: bool) -> str:
    return ""


@dataclass(frozen=True)
class Way:
    """How a kind of item goes on.

    `on_outcome`: called in the transaction that notes the outcome, once. `outcomes`: those it may have. `keeps_out`:
    memberships that may not write the outcome down: it is about them, or they are in conflict. `leads_to`: the
    address of a page where this reader finds more, "" for none, told whether it is their own case; no query. `own`: of
    what has these numbers, what is this reader's own case, as rows with a `case_number`; a part of one question about
    a whole agenda, so that a page need not ask item by item.
    """

    on_outcome: Callable[[AgendaItem, datetime], None] = _nothing
    outcomes: tuple[Outcome, ...] = (Outcome.TALKED, Outcome.AGREED)
    keeps_out: Callable[[AgendaItem], Collection[int]] = _nobody
    leads_to: Callable[[AgendaItem, Membership, bool], str] = _nowhere
    own: Callable[[Collection[int], Membership], QuerySet[Any]] | None = None


def _its_authors(item: AgendaItem) -> Collection[int]:
    """Whose words somebody else brought does not write down what came of them. One query."""
    pieces = CopiedPost.objects.filter(copy__item=item)
    return set(pieces.values_list("author", flat=True)) - {item.by_id}


def _own_copies(numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    pieces = CopiedPost.objects.filter(copy__item__in=numbers, author=reader).exclude(copy__item__by=reader)
    return pieces.annotate(case_number=F("copy__item_id")).values("case_number")


def _to_letters(item: AgendaItem, reader: Membership, is_own: bool) -> str:
    reads = reader.is_staff or reader.state == State.ACTIVE
    return "" if not reads else reverse("meetings:group_letters", args=[reader.community.slug])


# What meetings put there themselves; the apps above add theirs.
_ways: dict[str, Way] = {
    ItemKind.COPY: Way(keeps_out=_its_authors, own=_own_copies),
    ItemKind.ABSENCE: Way(leads_to=_to_letters),
}
_ORDINARY = Way()


def register(kind: str, way: Way) -> None:
    """Say how items of this kind go on; called once by the app that puts them on the agenda, as the site starts."""
    _ways[kind] = way


def way_of(item: AgendaItem) -> Way:
    """How this item goes on: talked about, or agreed on, where nobody said anything else."""
    return _ways.get(item.kind, _ORDINARY)


def number_of(item: AgendaItem) -> int:
    """The 4 of "objection:4"; of an item that names nothing its own number; 0 where there is none."""
    number = item.ref.rpartition(":")[2] if item.ref else str(item.pk)
    return int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0


def own_among(items: Iterable[AgendaItem], reader: Membership) -> set[int]:
    """Which of these items are about the reader, by the item's number: not theirs to write down. One query at most.

    For a page; whoever writes an outcome down is asked by `keeps_out`, which knows of conflicts too.
    """
    by_kind: dict[str, dict[int, int]] = {}
    for item in items:
        if way_of(item).own is not None:
            by_kind.setdefault(item.kind, {})[number_of(item)] = item.pk
    asked = [_asked(kind, numbers, reader) for kind, numbers in by_kind.items()]
    if not asked:
        return set()
    first, *others = asked
    return {by_kind[kind][int(number)] for kind, number in (first.union(*others) if others else first)}


def _asked(kind: str, numbers: Collection[int], reader: Membership) -> QuerySet[Any]:
    own = _ways[kind].own
    assert own is not None
    rows = own(list(numbers), reader).order_by()
    named = rows.annotate(case_kind=Value(str(kind)), case_text=Cast("case_number", CharField()))
    return named.values_list("case_kind", "case_text")
