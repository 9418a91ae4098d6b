"""What may come of each kind of item, and who is told of it: the apps above register their own kinds here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from communities.models import Membership
from meetings.lifecycle import ItemKind, Outcome
from meetings.models import AgendaItem, CopiedPost


def _nothing(item: AgendaItem, now: datetime) -> None:
    pass


def _nobody(item: AgendaItem) -> Collection[int]:
    return ()


def _nowhere(item: AgendaItem, reader: Membership) -> str:
    return ""


@dataclass(frozen=True)
class Way:
    """How a kind of item goes on.

    `on_outcome`: called in the transaction that notes the outcome, once. `outcomes`: those it may have. `keeps_out`:
    memberships that may not write the outcome down: it is about them, or they are in conflict. `leads_to`: the
    address of a page where this reader finds more, "" for none.
    """

    on_outcome: Callable[[AgendaItem, datetime], None] = _nothing
    outcomes: tuple[Outcome, ...] = (Outcome.TALKED, Outcome.AGREED)
    keeps_out: Callable[[AgendaItem], Collection[int]] = _nobody
    leads_to: Callable[[AgendaItem, Membership], str] = _nowhere


def _its_authors(item: AgendaItem) -> Collection[int]:
    """Whose words somebody else brought does not write down what came of them. One query."""
    pieces = CopiedPost.objects.filter(copy__item=item)
    return set(pieces.values_list("author", flat=True)) - {item.by_id}


# What meetings put there themselves; the apps above add theirs.
_ways: dict[str, Way] = {ItemKind.COPY: Way(keeps_out=_its_authors)}
_ORDINARY = Way()


def register(kind: str, way: Way) -> None:
    """Say how items of this kind go on; called once by the app that puts them on the agenda, as the site starts."""
    _ways[kind] = way


def way_of(item: AgendaItem) -> Way:
    """How this item goes on: talked about, or agreed on, where nobody said anything else."""
    return _ways.get(item.kind, _ORDINARY)
