"""The second step: an authenticator app, passkeys, and spare codes for a day without the phone."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from django.db import transaction

from audit import services as audit
from people import telling, totp
from people.decisions import Refused
from people.models import Person, UsedCode

Type = Authenticator.Type


def use_second_step(*, person: Person, code: str, now: datetime) -> Authenticator | None:
    """Use a code of the authenticator app, or a spare code, up; return what it belongs to, or None if it fits nothing.

    No code works twice, not even two at once: the step is taken by one conditional UPDATE (safety checks 1.9). The
    caller counts the tries.
    """
    for authenticator in Authenticator.objects.filter(user=person).exclude(type=Type.WEBAUTHN):
        if authenticator.type == Type.TOTP:
            fits = take_step(person=person, secret=decrypt(authenticator.data["secret"]), code=code, now=now)
        else:
            fits = authenticator.wrap().validate_code(code)
        if fits:
            # The sitting asks for its person again; no need for another query.
            authenticator.user = person
            return authenticator
    return None


def take_step(*, person: Person, secret: str, code: str, now: datetime) -> bool:
    """Whether the code fits and is newer than every code used before; from now on it is used."""
    step = totp.matching_step(secret, code, now)
    if step is None:
        return False
    UsedCode.objects.bulk_create([UsedCode(person=person)], ignore_conflicts=True)
    return bool(UsedCode.objects.filter(person=person, time_step__lt=step).update(time_step=step))


def second_factor_changed(*, person: Person, verb: str, now: datetime) -> None:
    """Record that a second step was added or taken away, and tell its owner. Inside the caller's transaction.

    By the person themselves, on pages that have asked who they are again.
    """
    who = f"person:{person.pk}"
    telling.tell_owner(person=person, kind="sign_in_changed", about="second step", now=now)
    audit.record(chain=audit.PEOPLE, verb=verb, actor=who, subject=who, at=now)


def remove_second_factor(*, person: Person) -> int:
    """Take every second step and spare code away; return how many there were. Inside the caller's transaction.

    Only by a way back that two others made face to face (`use_way_back`), which records it.
    """
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    return removed


def give_demo_second_factor(*, person: Person, secret: str) -> None:
    """Give a demo person a known authenticator secret; their codes go through the ordinary check.

    Raises `Refused` for anybody who is not of the demo.
    """
    if not person.is_demo:
        raise Refused("only for people of the demo")
    with transaction.atomic():
        Authenticator.objects.filter(user=person, type=Type.TOTP).delete()
        TOTP.activate(person, secret)
