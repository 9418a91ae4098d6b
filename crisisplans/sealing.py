"""Words of a plan, sealed under a key of their owner's own, bound to the person, the row and the field (ADR 0030).

Whoever holds the database or a backup without the key store and its ring has random bytes. A sealed text that is
moved to another row, field or person, or changed by a bit, opens nowhere (safety checks, 1.4).
"""

import base64
import binascii
import json
import logging
import os
from dataclasses import dataclass
from typing import NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.utils.translation import gettext as _

import clock
from crisisplans.keystore import key_files, key_ring, person_keys
from crisisplans.models import PlanKey
from people.decisions import Refused
from people.models import Person

FORM = "1"
NONCE = 12
HEAD = 4
# Every text fills whole blocks, so that its length tells next to nothing.
BLOCK = 1024

log = logging.getLogger(__name__)


class Unreadable(Refused):
    """A sealed text can't be opened. Neither it nor its keys stand in what this says."""

    def __init__(self) -> None:
        super().__init__(
            _("This can't be opened just now. Nothing was changed. If it stays so, tell whoever runs this site.")
        )


class KeyGone(Unreadable):
    """The key it was sealed under is not there any more: it was erased, or the key store is an older one."""


class Amiss(Unreadable):
    """It was changed or moved after it was sealed, or the ring does not open its owner's keys."""


class OutsideTransaction(RuntimeError):
    """Words were sealed with nothing to hold their key until they are stored."""


@dataclass(frozen=True)
class Box:
    """What seals and opens one person's words, while a request or a job has need of it. Never stored or passed on."""

    person_id: int
    keys: person_keys.PersonKeys

    def seal(self, row: str, field: str, text: str) -> str:
        """Seal a text for this field of this row, under the person's newest key."""
        key = self.keys.newest
        nonce = os.urandom(NONCE)
        sealed = AESGCM(key.key).encrypt(nonce, _padded(text), self._bound(row, field, key.id))
        return f"{FORM}.{key.id}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def unseal(self, row: str, field: str, sealed: str) -> str:
        """Return what was sealed for this field of this row. Raises `KeyGone`, `Amiss`."""
        key_id, body = _taken_apart(sealed)
        key = self.keys.of(key_id)
        if key is None:
            raise KeyGone
        try:
            return _unpadded(AESGCM(key).decrypt(body[:NONCE], body[NONCE:], self._bound(row, field, key_id)))
        except (InvalidTag, ValueError):
            raise Amiss from None

    def _bound(self, row: str, field: str, key_id: str) -> bytes:
        return json.dumps(["peernet plan", FORM, self.person_id, row, field, key_id]).encode()


def box_to_read(person_id: int, key_name: str | None) -> Box:
    """What opens this person's words, given the name of their file. No query. Raises `KeyGone`, `Amiss`."""
    if key_name is None:
        raise KeyGone
    try:
        return Box(person_id, person_keys.read(key_name))
    except key_files.NoSuchFile:
        log.error("the keys of a plan are not in the key store")
        raise KeyGone from None
    except (key_ring.RingLacks, key_ring.RingUnfit, OSError):
        # A key store that can't be reached is no reason for a page of the board to fail; but an operator must see it.
        log.error("the keys of a plan can't be opened")
        raise Amiss from None


def box_to_write(person_id: int) -> Box:
    """What seals this person's words; their key is made with the first of them.

    Called by services in the transaction that stores what is sealed: it holds the person's keys until then, so it
    comes right after the locks of people and memberships, before those of plans. Raises `KeyGone` while their plans
    are being erased or where the file is lost, `Amiss`, `OutsideTransaction`. One query; three the first time.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction
    held = PlanKey.objects.select_for_update().filter(person_id=person_id).first()
    if held is None:
        held = _first_key(person_id)
    if held.erasing_at is not None:
        raise KeyGone
    return box_to_read(person_id, held.name)


def _first_key(person_id: int) -> PlanKey:
    # The person's own row orders two firsts. A file whose transaction does not come about opens nothing.
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    held = PlanKey.objects.select_for_update().filter(person_id=person_id).first()
    if held is not None:
        return held
    now = clock.now()
    name, _keys = person_keys.make(now)
    return PlanKey.objects.create(person_id=person_id, name=name, made_at=now)


def seal(person_id: int, row: str, field: str, text: str) -> str:
    """Seal one text of this person for a field of a row, as `box_to_write` does; for several ask for the box once."""
    return box_to_write(person_id).seal(row, field, text)


def unseal(person_id: int, row: str, field: str, sealed: str) -> str:
    """Open one text of this person. Raises `KeyGone`, `Amiss`. One query; where a name is at hand, `box_to_read`."""
    name = PlanKey.objects.filter(person_id=person_id, erasing_at=None).values_list("name", flat=True).first()
    return box_to_read(person_id, name).unseal(row, field, sealed)


def key_id_of(sealed: str) -> str:
    """Under which of its owner's keys this was sealed. Raises `Amiss`."""
    return _taken_apart(sealed)[0]


def _taken_apart(sealed: str) -> tuple[str, bytes]:
    form, _dot, rest = sealed.partition(".")
    key_id, _dot, body = rest.partition(".")
    if form != FORM:
        _refuse()
    try:
        # Strictly: no second spelling of the same bytes opens.
        plain = base64.b64decode(body.encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        _refuse()
    if base64.urlsafe_b64encode(plain).decode() != body:
        _refuse()
    return key_id, plain


def _refuse() -> NoReturn:
    raise Amiss from None


def _padded(text: str) -> bytes:
    plain = text.encode()
    whole = len(plain).to_bytes(HEAD, "big") + plain
    return whole + bytes(-len(whole) % BLOCK)


def _unpadded(whole: bytes) -> str:
    length = int.from_bytes(whole[:HEAD], "big")
    return whole[HEAD : HEAD + length].decode()
