"""Becoming a person here, and the few things one says about oneself."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit import services as audit
from helpnow.nations import Nation
from helpnow.queries import areas_in
from people import sign_in_names
from people.decisions import Refused
from people.models import Person
from people.services.codes import new_codes

# With 10 to the power of 11 names a second draw is already rare.
DRAWS = 20


@dataclass(frozen=True)
class NewPerson:
    """A person and what is shown to them once: the sign-in name and the recovery codes."""

    person: Person
    sign_in_name: str
    recovery_codes: list[str]


def sign_up(*, password: str, over_18: bool, now: datetime, nation: str = "", is_demo: bool = False) -> NewPerson:
    """Make a person, with a sign-in name nobody has, and eight recovery codes.

    Called by the communities' join page once its link is known to be good; the form has already looked at the
    password. `is_demo`: they join a community of the demo, beside its people. Raises `Refused` without the tick for
    18 or over (domain, section 1).
    """
    if not over_18:
        raise Refused(_("This place is for people who are 18 or over."))
    person = Person(nation=_known(nation), created_at=now, over_18_at=now, is_demo=is_demo)
    # Slow on purpose, so before the transaction: others may be waiting to write.
    person.set_password(password)
    with transaction.atomic():
        _save_under_a_new_name(person)
        codes = new_codes(person=person, now=now)
        audit.record(
            chain=audit.PEOPLE, verb="signed up", actor=str_of(person), subject=str_of(person), at=now, facts={}
        )
    return NewPerson(person, person.sign_in_name, codes)


def choose_nation(*, person: Person, nation: str, now: datetime, area: str = "") -> None:
    """Choose whose help is shown first, by nation and area; "" shows all. Only areas that the site's contacts name.

    By the person themselves; nobody else sees it, nor the record.
    """
    here = area if area in areas_in(_known(nation)) else ""
    Person.objects.filter(pk=person.pk).update(nation=_known(nation), area=here)


def str_of(person: Person) -> str:
    """Return how the record calls a person."""
    return f"person:{person.pk}"


def _save_under_a_new_name(person: Person) -> None:
    for _draw in range(DRAWS):
        person.sign_in_name = sign_in_names.make()
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError:  # somebody has it
            continue
        return
    raise RuntimeError("no free sign-in name was found")


def _known(nation: str) -> str:
    return nation if nation in Nation.values else ""
