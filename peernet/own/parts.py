"""Every part of what is held about one person, collected from the apps (safety checks, 2.7)."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from audit.models import Chain, Entry
from audit.services import PEOPLE
from clock.models import Sweep
from communities.queries import memberships_of
from people.models import Person
from people.own import NUMBER, OTHERS, TWICE, Part

APPS = (
    "people",
    "notices",
    "communities",
    "crisisplans",
    "boards",
    "meetings",
    "moderation",
    "outofhours",
    "elections",
)
_FRAMEWORK = _("Of the software under this site, which keeps nothing of one person in it here.")
_SEALS = _("What holds the record together; it tells nothing about anybody.")


def all_parts() -> list[Part]:
    """Every app's parts, and the record's, in the order of the apps."""
    return [part for app in APPS for part in import_module(f"{app}.own_data").PARTS] + [RECORD]


def not_own() -> dict[type[Model], Any]:
    """The models that hold nothing of one person's own, with the reason."""
    found: dict[type[Model], Any] = dict(_NOT_OWN)
    for app in APPS:
        found |= import_module(f"{app}.own_data").NOT_OWN
    return found


def left_out() -> Iterator[tuple[Part, str, str]]:
    """Each field that is not given out, with the reason."""
    for part in all_parts():
        for name, why in part.left_out.items():
            yield part, name, str(why)


def _entries(person: Person) -> QuerySet[Entry]:
    """What the record says that they did, or that was done about them."""
    belongs = list(memberships_of(person))
    me = [f"person:{person.pk}", *(one.ref for one in belongs)]
    chains = [PEOPLE, *(one.community.chain for one in belongs)]
    return Entry.objects.filter(Q(actor__in=me) | Q(subject__in=me), chain__in=chains)


RECORD = Part(
    key="record",
    title=_("What the record says you did, or what was done about you"),
    model=Entry,
    mine=_entries,
    fields={"at": _("When"), "verb": _("What"), "number": _("Entry")},
    left_out={
        "id": NUMBER,
        "chain": TWICE,
        "actor": OTHERS,
        "subject": OTHERS,
        "facts": OTHERS,
        "before": _SEALS,
        "key_id": _SEALS,
        "seal": _SEALS,
    },
    also={"about": (_("Kind of thing"), lambda row: row.subject.partition(":")[0])},
)

_NOT_OWN: dict[type[Model], Any] = {
    Chain: _SEALS,
    Sweep: _FRAMEWORK,
    Session: _("Your sitting itself: where you are signed in stands in its own part."),
    Permission: _FRAMEWORK,
    Group: _FRAMEWORK,
    ContentType: _FRAMEWORK,
}
