"""The keys of people's plans: apart from the database and from their ring, and all there."""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from crisisplans.keystore import inventory
from crisisplans.keystore.key_ring import RingUnfit, newest_id
from peernet.fitness.secrets import open_to_others


def keys_lie_apart() -> Iterator[str]:
    """Whoever finds database, key store and ring in one place can read every plan (safety checks, 1.3)."""
    folder = Path(settings.PLAN_KEYS)
    if not os.environ.get("PEERNET_PLAN_FOLDER"):
        yield (
            "PEERNET_PLAN_FOLDER is not set, so the key store of plans lies in the data folder, beside the data: "
            "a copy of the data takes it along."
        )
    ring = os.environ.get("PEERNET_PLAN_KEY_FILE")
    if ring and folder.resolve() in Path(ring).resolve().parents:
        yield "The key ring of plans lies in the key store that it wraps: put it into another place."
    if folder.is_dir():
        yield from open_to_others(folder)
    try:
        newest_id()
    except RingUnfit as unfit:
        yield str(unfit)
    except OSError as fault:
        yield f"The key ring of plans can't be read ({fault.strerror}): look at PEERNET_PLAN_KEY_FILE."


def keys_are_all_there() -> Iterator[str]:
    """A plan without its key is lost to its owner, so an operator hears of it before they do."""
    try:
        yield from inventory.look().amiss()
    except (RingUnfit, OSError, DatabaseError):
        return  # said by another check
