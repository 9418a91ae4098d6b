"""Recovery codes: the way back on paper for somebody who has lost the password."""

import secrets
from datetime import datetime

from django.db import transaction

from audit import services as audit
from people.models import Person, RecoveryCode
from people.sealing import digest, digests

HOW_MANY = 8
# 59 bits, without letters and digits that look alike on paper: too many to try, so a keyed digest is enough
# where a password needs a slow hash, and finding one costs the same whether it is there or not.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP = 3, 4


def make_recovery_codes(*, person: Person, now: datetime) -> list[str]:
    """Make eight new recovery codes and return them, to be shown once; the old ones stop working.

    By the person themselves, who has just given their password again.
    """
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        Person.objects.filter(pk=person.pk).update(codes_kept_at=None)
        codes = new_codes(person=person, now=now)
        who = f"person:{person.pk}"
        audit.record(chain=audit.PEOPLE, verb="made recovery codes", actor=who, subject=who, at=now)
    return codes


def confirm_kept(*, person: Person, now: datetime) -> None:
    """Note that the person says they have put their codes somewhere safe."""
    Person.objects.filter(pk=person.pk).update(codes_kept_at=now)


def new_codes(*, person: Person, now: datetime) -> list[str]:
    """Store and return new codes, inside the transaction of whoever makes them."""
    codes = [_code() for _number in range(HOW_MANY)]
    rows = [RecoveryCode(person=person, digest=_digest_of(code), made_at=now) for code in codes]
    RecoveryCode.objects.bulk_create(rows)
    return codes


def use_code(*, person: Person | None, code: str, now: datetime) -> bool:
    """Use a recovery code up, if it is this person's and unused. One query, whether the person exists or not."""
    found = RecoveryCode.objects.filter(
        person_id=person.pk if person else 0, digest__in=digests("recovery code", _bare(code)), used_at=None
    )
    return bool(found.update(used_at=now))


def _code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(GROUP)) for _group in range(GROUPS))


def _bare(code: str) -> str:
    return "".join(sign for sign in code.lower() if sign in LETTERS)


def _digest_of(code: str) -> str:
    return digest("recovery code", _bare(code))
