"""Keys of plans that no copy brings back: an operator says so, and how many, and the alarm is free for the next."""

from django.db import transaction

import clock
from audit.services import OPERATOR, record
from crisisplans.keystore import given_up, inventory


class OtherNumber(Exception):
    """So many are missing or closed now, and not as many as were named."""


def give_up_lost_keys(how_many: int) -> None:
    """Say of all keys that are missing or closed that they are lost for good; no file and no row is changed.

    Called by the operator's command. `how_many` must be their number, so that a folder or a ring that is only not
    mounted is not given up by somebody who knows of one. Should one come back, it is as if nothing had been said.
    Raises `OtherNumber`, `key_ring.RingUnfit`, OSError.
    """
    names = inventory.look().amiss_names
    if len(names) != how_many:
        raise OtherNumber(len(names))
    if names:
        given_up.note(names)
        _on_record(len(names))


@transaction.atomic
def _on_record(how_many: int) -> None:
    facts = {"how many": how_many}
    record(chain=OPERATOR, verb="gave up keys of plans", actor=OPERATOR, subject=OPERATOR, at=clock.now(), facts=facts)
