"""Ending sittings: one, all others, or every one."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction

from audit import services as audit
from people.models import Person


def end_sitting(*, person: Person, number: int) -> None:
    """End one of one's own sittings; a number that is not one's own does nothing."""
    for sitting in UserSession.objects.filter(user=person, pk=number):
        sitting.end()


def end_others(*, person: Person, but: str | None, now: datetime) -> None:
    """End all of one's own sittings but the one with this key, the one in hand."""
    with transaction.atomic():
        for sitting in UserSession.objects.filter(user=person).exclude(session_key=but):
            sitting.end()
        _record(person, "ended the other sittings", now)


def end_everywhere(*, person: Person, now: datetime) -> None:
    """End all of one's own sittings, this one too (safety checks 1.14)."""
    with transaction.atomic():
        end_all(person)
        _record(person, "ended every sitting", now)


def end_all(person: Person) -> None:
    """End every sitting of this person, inside the transaction of whoever has a reason to."""
    for sitting in UserSession.objects.filter(user=person):
        sitting.end()


def _record(person: Person, verb: str, now: datetime) -> None:
    who = f"person:{person.pk}"
    audit.record(chain=audit.PEOPLE, verb=verb, actor=who, subject=who, at=now)
