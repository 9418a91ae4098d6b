"""New passwords: changed by their owner, after a mailed code, or after a recovery code.

None of them touches the second step (safety checks 1.9).
"""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from audit import services as audit
from people import telling
from people.models import Person
from people.services.codes import use_code
from people.services.sittings import end_all


def password_fits(person: Person | None, password: str) -> bool:
    """Whether this is the person's password. One hash in any case, also for nobody (safety checks 1.11)."""
    if person is None or not person.has_usable_password():
        make_password(password)
        return False
    return person.check_password(password)


def change_password(*, person: Person, password: str, now: datetime) -> None:
    """Give this person a new password and end all their sittings. By themselves, after giving the old one.

    The caller starts a new sitting for the device in hand.
    """
    _replace(person, make_password(password), "changed the password", now)


def reset_password(*, person: Person, password: str, now: datetime) -> None:
    """Give a new password to somebody who has shown a code that was mailed to their proved e-mail.

    The second step stays as it was: the next sign-in asks for it (safety checks 1.9).
    """
    _replace(person, make_password(password), "reset the password by e-mail", now)


def way_back_by_code(*, person: Person | None, code: str, password: str, now: datetime) -> bool:
    """Give a new password for a recovery code and use the code up; return whether it fitted.

    `person` is None when nobody has the name that was typed: the same one hash and one look-up are done, so that the
    answer comes as late (safety checks 1.11). The second step stays as it was.
    """
    encoded = make_password(password)
    with transaction.atomic():
        fits = use_code(person=person, code=code, now=now)
        if fits and person:
            _replace(person, encoded, "used a recovery code", now)
    return fits


def replace_password(*, person: Person, encoded: str) -> None:
    """Store a new password and end every sitting of this person. Inside the caller's transaction."""
    person.password = encoded
    person.save(update_fields=["password"])
    end_all(person)


def _replace(person: Person, encoded: str, verb: str, now: datetime) -> None:
    with transaction.atomic():
        replace_password(person=person, encoded=encoded)
        who = f"person:{person.pk}"
        telling.tell_owner(person=person, kind="sign_in_changed", about="password", now=now)
        audit.record(chain=audit.PEOPLE, verb=verb, actor=who, subject=who, at=now)
