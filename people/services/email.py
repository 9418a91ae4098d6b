"""The one e-mail a person may have here: proved by a code before it can do anything."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import services as audit
from people import telling
from people.models import Person


def send_code(*, address: str, code: str, now: datetime) -> None:
    """Mail a code, or without one (nobody to send it for) a mail that says so: one mail in any case.

    The mail says neither what this site is nor a name; whoever else reads this mailbox learns nothing.
    """
    with transaction.atomic():
        telling.mail(address=address, subject=_("Your code"), body=_code_body(code), now=now)


def _code_body(code: str) -> str:
    if not code:
        return _(
            "Somebody asked for a code for this e-mail.\n\n"
            "There is no code this time: the e-mail can't be used for what they asked. Nothing was changed.\n"
            "If it was not you, there is nothing to do."
        )
    return _(
        "Your code is: %(code)s\n\n"
        "It works once, for 15 minutes, on the page where you asked for it.\n"
        "If you did not ask for it, there is nothing to do. Please give it to nobody."
    ) % {"code": code}


def prove_email(*, person: Person, address: str, now: datetime) -> bool:
    """Make `address` this person's e-mail in place of any before, after its code was given; return whether it worked.

    By the person themselves, who gave their password when they asked for the code. It does not work when somebody
    else has proved the address meanwhile: to the person that looks like a code that does not fit. The owner of an
    address that is replaced is told there.
    """
    try:
        with transaction.atomic():
            _tell_if_there_was_one(person, now)
            EmailAddress.objects.filter(user=person).delete()
            EmailAddress.objects.create(user=person, email=address.lower(), verified=True, primary=True)
            _record(person, "proved an e-mail", now)
    except IntegrityError:
        return False
    return True


def remove_email(*, person: Person, now: datetime) -> None:
    """Forget this person's e-mail. By the person themselves, who has just given their password again."""
    with transaction.atomic():
        _tell_if_there_was_one(person, now)
        EmailAddress.objects.filter(user=person).delete()
        _record(person, "removed the e-mail", now)


def _tell_if_there_was_one(person: Person, now: datetime) -> None:
    if EmailAddress.objects.filter(user=person, verified=True).exists():
        telling.tell_owner(person=person, kind="sign_in_changed", about="e-mail", now=now)


def _record(person: Person, verb: str, now: datetime) -> None:
    who = f"person:{person.pk}"
    audit.record(chain=audit.PEOPLE, verb=verb, actor=who, subject=who, at=now)
