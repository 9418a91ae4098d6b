"""How the key store is, in numbers: for the operator's commands. No key and no word leaves this."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from crisisplans.keystore import given_up, key_files, key_ring, person_keys, renewal
from crisisplans.models import PlanKey


@dataclass(frozen=True)
class Found:
    """People by the state of their file: under the ring's first key, under another, `closed` to all of them, `lost`.

    `amiss_names`: the files that are closed or lost now. `given_up`: how many more an operator gave up for good;
    `back`: those of them that are no more amiss.
    """

    people: int
    newest: int
    older: int
    closed: int
    lost: int
    retired: int
    nobodys: int
    erasing: int
    renewing: str
    amiss_names: frozenset[str]
    given_up: int
    back: frozenset[str]

    def amiss(self) -> Iterator[str]:
        """What an operator must see to, a sentence each."""
        if self.lost:
            yield (
                f"Plans whose keys are not in the key store: {self.lost}. Put them back from the newest copy "
                "(`peernet plan-keys put-back`)."
            )
        if self.closed:
            yield f"Plans whose keys can't be opened: {self.closed}. The ring lacks a key, or they were changed."
        if self.erasing:
            yield f"Plans that are being erased, which is not done yet: {self.erasing}."


def look() -> Found:
    """Open every file and count. Takes a second for some ten thousand people. Raises `key_ring.RingUnfit`, OSError."""
    rows = dict(PlanKey.objects.values_list("name", "erasing_at"))
    found = {name: _state(name) for name, erasing_at in rows.items() if erasing_at is None}
    amiss = frozenset(name for name, state in found.items() if state in ("closed", "lost"))
    told = given_up.names()
    states = Counter(state for name, state in found.items() if name not in amiss & told)
    begun = renewal.under_way()
    return Found(
        people=len(rows),
        newest=states["newest"] + states["newest, retired"],
        older=states["older"] + states["older, retired"],
        closed=states["closed"],
        lost=states["lost"],
        retired=states["newest, retired"] + states["older, retired"],
        nobodys=sum(name not in rows for name in key_files.names()),
        erasing=sum(erasing_at is not None for erasing_at in rows.values()),
        renewing=begun.isoformat(timespec="seconds") if begun else "",
        amiss_names=amiss - told,
        given_up=len(amiss & told),
        back=told - amiss,
    )


def _state(name: str) -> str:
    try:
        ring_id, keys = person_keys.opened(name)
    except key_files.NoSuchFile:
        return "lost"
    except key_ring.RingLacks:
        return "closed"
    return ("newest" if ring_id == key_ring.newest_id() else "older") + (", retired" if len(keys.keys) > 1 else "")
