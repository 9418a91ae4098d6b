"""Being told on a phone: turned on there by its owner, turned off there or anywhere, ended with the sitting."""

from datetime import datetime

from django.db import transaction

from notices import endpoints
from notices.models import Phone
from people.models import Person

MOST_PHONES = 10


@transaction.atomic
def add_phone(
    *, person: Person, endpoint: str, label: str, sitting: str, sitting_ends_at: datetime, now: datetime
) -> Phone | None:
    """Push to this browser from now on; return its row. By the person themselves, in this browser.

    One browser is one row: used by somebody else before, it is theirs no longer. With more than ten, the one that was
    heard of longest ago goes. None for an address that is no push service's (safety checks, 1.15).
    """
    if not endpoints.is_known(endpoint):
        return None
    Person.objects.select_for_update().get(pk=person.pk)
    Phone.objects.filter(mark__in=endpoints.marks(endpoint)).delete()
    others = list(Phone.objects.filter(person=person).order_by("made_at", "pk"))
    others.sort(key=lambda phone: phone.last_ok_at or phone.made_at)
    for phone in others[: max(0, len(others) - MOST_PHONES + 1)]:
        phone.delete()
    return Phone.objects.create(
        person=person,
        mark=endpoints.marks(endpoint)[0],
        sealed_endpoint=endpoints.sealed(endpoint),
        label=label,
        made_at=now,
        sitting=sitting,
        sitting_ends_at=sitting_ends_at,
    )


def forget_phone(*, phone: Phone) -> None:
    """Push there no more. Called by its owner's page, or when it is no longer there to be reached."""
    Phone.objects.filter(pk=phone.pk).delete()


def move_sitting(
    *, phone_pk: int, old: str | None, new: str | None = None, person_pk: int = 0, ends_at: datetime | None = None
) -> None:
    """Follow a browser's sitting from one key to another (signed in again, new password), or end with it.

    Called by the middleware when a form has changed the sitting of a browser that is one of somebody's phones. Only
    its owner's sitting counts: somebody else who signs in or out there ends nothing of theirs.
    """
    phones = Phone.objects.filter(pk=phone_pk)
    if new is None:
        phones.filter(sitting=old).delete()
    elif ends_at is not None:
        phones.filter(person_id=person_pk).update(sitting=new, sitting_ends_at=ends_at)
