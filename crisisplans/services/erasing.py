"""Erasing one's plans: the person's keys are destroyed, and with them every copy of what they sealed (domain, 6).

Always the same order (audit.erasures): put on the erasure list, the list onto the disk, the keys destroyed, then the
rows. What is broken off is gone on with by the sweep; done twice, it changes nothing. Copies of the key store are kept
for seven days; after that no backup of the database can be opened either (safety checks, 2.8).
"""

import json
import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

import clock
from audit import erasures
from audit.models import Entry
from audit.services import PEOPLE, record
from crisisplans.keystore import key_files
from crisisplans.models import Opening, Plan, PlanKey, PlanVersion
from crisisplans.refusals import PlanClosed
from crisisplans.services.opening import close_opening
from people.models import Person

PLANS_OF = "erase plans of"

log = logging.getLogger(__name__)


def register() -> None:
    """Say how it is done again after a restore; called once, as the site starts."""
    erasures.register(PLANS_OF, _replay)


def erase_plans(*, person: Person) -> bool:
    """Erase both plans of this person, every version and draft, all openings, and their keys.

    Whoever it is about, in every state but died; by nobody else. Not in a transaction: the asking is kept first, and
    nothing is read any more from then on. Returns whether all of it is done; else the sweep goes on. Raises
    `PlanClosed` while the plans stay shut after a way back.
    """
    key = _ask(person)
    if key is None:
        return True
    try:
        _finish(key)
    except (OSError, erasures.ListAmiss):
        # Without the list on the disk nothing may go. The asking stands, and `peernet check` says what is amiss.
        log.exception("an erasing of plans waits for the erasure list or the key store")
        return False
    return True


@transaction.atomic
def _ask(person: Person) -> PlanKey | None:
    owner = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    key = PlanKey.objects.select_for_update().filter(person=owner).first()
    now = clock.now()
    if owner.plan_closed_until is not None and owner.plan_closed_until > now:
        raise PlanClosed(owner.plan_closed_until)
    if key is not None and key.erasing_at is not None:
        return key
    me = f"person:{owner.pk}"
    for opening in Opening.objects.open_at(now).filter(plan__person=owner).order_by("plan_id", "pk"):
        close_opening(opening=opening, by=me, why="erased")
    facts = {"versions": PlanVersion.objects.filter(plan__person=owner).count()}
    record(chain=PEOPLE, verb="erase plans", actor=me, subject=me, at=now, facts=facts)
    if key is None:  # begun, and never a word written
        _rows_go(owner.pk)
        return None
    key.erasing_at = now
    key.save(update_fields=["erasing_at"])
    # The file's name is drawn by chance: it tells nobody who, and no other plan is ever meant by it.
    erasures.note(verb=PLANS_OF, subject=me, at=now, facts={"key": key.name})
    return key


def _finish(key: PlanKey) -> None:
    erasures.write_out(settings.ERASURE_FILE)
    _destroy(key.name)
    _end(key.name)


@transaction.atomic
def _end(name: str) -> None:
    key = PlanKey.objects.select_for_update().filter(name=name).first()
    if key is not None:
        _rows_go(key.person_id)
        key.delete()


def _rows_go(person_id: int) -> None:
    plans = Plan.objects.filter(person=person_id)
    plans.update(latest=None)
    # Everything that hangs on a plan goes with it; that a review happened stays, without what was read.
    plans.delete()


def _destroy(name: str) -> None:
    with key_files.held():
        key_files.destroy(name)


def go_on_with_erasings() -> int:
    """Go on with every erasing that is not done, and destroy again what an older key store brought back.

    Run by the sweep; safe at any time. Returns how many files and people it had to do with. A file that can't be
    destroyed holds nobody else's up: raises what was amiss with the first of them once all the others are done.
    """
    waiting = list(PlanKey.objects.exclude(erasing_at=None))
    back = [name for name in erased_names() if key_files.exists(name)]
    faults = [fault for key in waiting if (fault := _fault_of(_finish, key))]
    faults += [fault for name in back if key_files.exists(name) and (fault := _fault_of(_destroy, name))]
    if faults:
        raise faults[0]
    return len({*back, *(key.name for key in waiting)})


def _fault_of(act: Callable[[Any], None], one: Any) -> OSError | erasures.ListAmiss | None:
    try:
        act(one)
    except (OSError, erasures.ListAmiss) as fault:
        return fault
    return None


def erased_names() -> list[str]:
    """The names of all files that were ever destroyed: none of them may come back."""
    entries = Entry.objects.filter(chain=erasures.CHAIN, verb=PLANS_OF).values_list("facts", flat=True)
    return [str(json.loads(facts)["key"]) for facts in entries.iterator()]


def _replay(line: erasures.Line) -> None:
    """Before the site serves again: the keys are destroyed and the rows of the older database go."""
    name = str(line.told["key"])
    _destroy(name)
    _end(name)
