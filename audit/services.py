"""Adding to the record, in the transaction of what it records."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from audit import heads, seals
from audit.models import Chain, Entry

OPERATOR = "operator"
PEOPLE = "people"


class OutsideTransaction(RuntimeError):
    """An entry was written apart from what it records; both or neither must happen (safety checks 7.3)."""


def record(
    *, chain: str, verb: str, actor: str, subject: str, at: datetime, facts: dict[str, Any] | None = None
) -> Entry:
    """Append one entry to `chain` and return it.

    Called by services only, inside their transaction, as the last lock they take. `actor` and `subject` are opaque
    ("membership:5", "post:7", "operator", "site"); `facts` never holds content, a name or an address.
    Raises `OutsideTransaction` outside `transaction.atomic`. Three queries.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction(verb)
    row = _locked_chain(chain)
    fields: dict[str, Any] = {
        "key_id": seals.sealing_key_id(),
        "chain": chain,
        "number": row.length + 1,
        "at": at,
        "verb": verb,
        "actor": actor,
        "subject": subject,
        "facts": seals.canonical(facts or {}),
        "before": row.head,
    }
    entry = Entry.objects.create(**fields, seal=seals.seal_entry(**fields))
    head_seal = seals.seal_head(chain=chain, length=entry.number, head=entry.seal)
    Chain.objects.filter(pk=row.pk).update(length=entry.number, head=entry.seal, head_seal=head_seal)
    return entry


@transaction.atomic
def note_restore(path: Path, now: datetime) -> list[str]:
    """Say in every chain that has come less far than this machine remembers that it was put back; return their names.

    Called as the site is made ready, by the operator's commands. Afterwards what is remembered is what there is.
    """
    behind = heads.fallen_back(path)
    for name, head in behind.items():
        has = Chain.objects.filter(name=name).values_list("length", flat=True).first() or 0
        facts = {"had": head.length, "head": head.seal, "has": has}
        record(chain=name, verb="restored", actor=OPERATOR, subject=name, at=now, facts=facts)
    if behind:
        names = sorted(behind)
        record(chain=OPERATOR, verb="restored", actor=OPERATOR, subject=OPERATOR, at=now, facts={"chains": names})
    heads.remember(path)
    return sorted(behind)


def _locked_chain(name: str) -> Chain:
    locked = Chain.objects.select_for_update().filter(name=name).first()
    if locked is None:
        Chain.objects.get_or_create(name=name)
        locked = Chain.objects.select_for_update().get(name=name)
    return locked
