"""Reading the record: its heads, its entries about one thing, and whether it is whole."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from audit import seals
from audit.models import Chain, Entry


@dataclass(frozen=True)
class Break:
    """A place where the record does not hold together."""

    chain: str
    number: int
    what: str


def head_of(chain: str) -> str:
    """The chain's head, 64 hex digits to be shown or mailed ("" while it is empty)."""
    return Chain.objects.filter(name=chain).values_list("head", flat=True).first() or ""


def entries_about(chain: str, subject: str) -> QuerySet[Entry]:
    """What happened to one thing, oldest first. The caller's policy says who may read it."""
    return Entry.objects.filter(chain=chain, subject=subject).order_by("number")


def verify(*, shown_head: str = "") -> list[Break]:
    """Walk every chain and return each break found; an empty list means the record is whole.

    `shown_head`: a head somebody wrote down earlier; it must still stand in a chain (safety checks 7.2).
    """
    breaks = [found for chain in _chain_names() for found in _walk(chain)]
    if shown_head and not Entry.objects.filter(seal=shown_head).exists():
        breaks.append(Break("", 0, "the head that was shown stands in no chain: a part was cut off or rewritten"))
    return breaks


def _chain_names() -> list[str]:
    # The operator's chain says which others were begun: one taken away whole is missed here.
    begun = Entry.objects.filter(chain="operator", verb="create community").values_list("subject", flat=True)
    named = set(Chain.objects.values_list("name", flat=True)) | set(begun)
    return sorted(named | set(Entry.objects.values_list("chain", flat=True).distinct()))


def _walk(chain: str) -> Iterator[Break]:
    last, expected, before = -1, 1, ""
    while True:
        start = last
        for entry in Entry.objects.filter(chain=chain, number__gt=last).order_by("number").iterator(chunk_size=2000):
            if not isinstance(entry.number, int):  # SQLite would take a word for a number, and puts it last
                yield Break(chain, expected, "an entry is missing or was put in")
                continue
            if entry.number != expected:
                yield Break(chain, expected, "an entry is missing or was put in")
            if entry.before != before:
                yield Break(chain, entry.number, "it does not follow the entry before it")
            if not _seal_holds(entry):
                yield Break(chain, entry.number, "its seal does not fit what it says")
            before, last, expected = entry.seal, entry.number, entry.number + 1
        row = Chain.objects.filter(name=chain).first()
        # On a site that runs, the chain grows while it is walked: what was added meanwhile is walked too.
        if row is None or last == start or not isinstance(row.length, int) or row.length < expected:
            break
    yield from _head_breaks(row, chain, length=expected - 1, head=before)


def _seal_holds(entry: Entry) -> bool:
    try:
        return entry.seal == seals.seal_entry(
            key_id=entry.key_id,
            chain=entry.chain,
            number=entry.number,
            at=entry.at,
            verb=entry.verb,
            actor=entry.actor,
            subject=entry.subject,
            facts=entry.facts,
            before=entry.before,
        )
    except (KeyError, AttributeError, TypeError, ValueError):  # a key we have not, or a field that holds no such thing
        return False


def _head_breaks(row: Chain | None, chain: str, *, length: int, head: str) -> Iterator[Break]:
    if row is None:
        yield Break(chain, length, "the chain's head is gone")
        return
    if (row.length, row.head) != (length, head):
        yield Break(chain, length, "the last entries do not reach the chain's head")
    # An empty chain has no seal either: a chain's row is made together with its first entry.
    if row.head_seal not in seals.head_seals(chain=chain, length=row.length, head=row.head):
        yield Break(chain, row.length, "the head's seal does not fit")
