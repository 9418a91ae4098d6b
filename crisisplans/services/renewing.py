"""New keys for everybody's plans: first another key of the ring around the files, or other data keys inside them.

Each can be ended at any moment, by a kill too, and begun again: a file is the old one or the new one, and a person's
rows are sealed anew all together or not at all. No key goes while a row is sealed under it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

import clock
from audit.services import OPERATOR, record
from crisisplans.keystore import key_files, key_ring, person_keys
from crisisplans.keystore.person_keys import PersonKeys
from crisisplans.models import PlanKey
from crisisplans.sealed_rows import Sealed, rows_of
from crisisplans.sealing import Box, Unreadable, box_to_read, key_id_of

A_PAGE = 500


class Done(NamedTuple):
    """How far it went: files or people that are under the newest key now, and what could not be opened."""

    done: int
    unread: int


def rewrap_all() -> Done:
    """Wrap every file under the newest key of the ring. Called by the operator's command.

    Raises `key_ring.RingUnfit`, OSError.
    """
    done = unread = 0
    for name in key_files.names():
        try:
            done += person_keys.rewrap(name)
        except key_ring.RingLacks:
            unread += 1
    _on_record("wrapped the keys of plans anew", done)
    return Done(done, unread)


def renew_all(since: datetime) -> Done:
    """Give everybody whose newest key is older than `since` another, and seal their words anew.

    Called by the operator's command. Raises OSError.
    """
    done = unread = 0
    for pk in _everybody():
        try:
            left = renew_person(pk, since)
            tidy_person(pk)
        except Unreadable:
            unread += 1
            continue
        done += 1
        unread += left
    _on_record("renewed the keys of plans", done)
    return Done(done, unread)


@transaction.atomic
def renew_person(pk: int, since: datetime) -> int:
    """Do it for one person, by the key of their row; return how many rows could not be opened and stay as they are.

    Whoever writes words of this person waits until it is done. Raises `Unreadable` where their file can't be opened.
    """
    held = PlanKey.objects.select_for_update().filter(pk=pk, erasing_at=None).first()
    if held is None:
        return 0
    now = clock.now()
    box = box_to_read(held.person_id, held.name)
    if box.keys.newest.made_at < since:
        box = Box(held.person_id, _changed(held.name, lambda keys: keys.with_new(now)))
    return sum(not _sealed_anew(box, kind, row) for kind, row in rows_of(held.person_id))


def _sealed_anew(box: Box, kind: Sealed, row: Any) -> bool:
    """Seal a row under the newest key; False for one that can't be opened, which is left alone with its key."""
    ref = str(row.ref)
    try:
        if key_id_of(row.sealed) == box.keys.newest.id:
            return True
        sealed = box.seal(ref, kind.field, box.unseal(ref, kind.field, row.sealed))
    except Unreadable:
        return False
    kind.model._default_manager.filter(pk=row.pk).update(sealed=sealed)
    return True


@transaction.atomic
def tidy_person(pk: int) -> int:
    """Mark the keys of one person that no row is sealed under any more, and drop those marked 36 days ago.

    Returns how many were dropped. Safe at any time. Raises `Unreadable` where the file can't be opened.
    """
    held = PlanKey.objects.select_for_update().filter(pk=pk, erasing_at=None).first()
    if held is None:
        return 0
    before = box_to_read(held.person_id, held.name).keys
    if len(before.keys) == 1:
        return 0
    used, now = _used(held.person_id), clock.now()
    after = _changed(held.name, lambda keys: keys.settled(used, now))
    return len(before.keys) - len(after.keys)


def tidy_all() -> int:
    """Tidy everybody's keys, as the sweep does; return how many were dropped. What can't be opened is left alone."""
    return sum(_tidied(pk) for pk in _everybody())


def _tidied(pk: int) -> int:
    try:
        return tidy_person(pk)
    except Unreadable:
        return 0


def _used(person_id: int) -> set[str]:
    found = set()
    for _kind, row in rows_of(person_id):
        try:
            found.add(key_id_of(row.sealed))
        except Unreadable:
            continue
    return found


def _changed(name: str, change: Callable[[PersonKeys], PersonKeys]) -> PersonKeys:
    with key_files.held():
        before = person_keys.read(name)
        after = change(before)
        if after != before:
            person_keys.write(name, after)
    return after


def _everybody() -> Iterator[int]:
    last = 0
    while page := list(PlanKey.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:A_PAGE]):
        yield from page
        last = page[-1]


@transaction.atomic
def _on_record(verb: str, how_many: int) -> None:
    record(chain=OPERATOR, verb=verb, actor=OPERATOR, subject=OPERATOR, at=clock.now(), facts={"how many": how_many})
