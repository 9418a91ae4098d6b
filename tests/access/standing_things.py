"""Things of standing for the walk of every address: put there without asking the services."""

from datetime import timedelta

import clock
from communities.models import KeepApart, Membership
from moderation.models import Death, Suspension


def make_suspension(about: Membership, by: Membership) -> Suspension:
    """One that waits for its second voice."""
    now = clock.now()
    facts = {
        "community": about.community,
        "suspended_from": "board",
        "how": "two",
        "why": "Some words",
        "by": by.ref,
        "begun_at": now,
        "lasts": timedelta(hours=24),
        "first_by": by,
        "first_at": now,
    }
    return Suspension.objects.get_or_create(membership=about, state="proposed", defaults=facts)[0]


def make_apart(asker: Membership, other: Membership) -> KeepApart:
    """Asked for, and waiting."""
    facts = {"community": asker.community, "begun_by": asker, "words": "Some words", "asked_at": clock.now()}
    return KeepApart.objects.get_or_create(asker=asker, other=other, defaults=facts)[0]


def make_death(about: Membership) -> Death:
    """Begun, and waiting for the others."""
    facts = {"community": about.community, "begun_at": clock.now()}
    return Death.objects.get_or_create(membership=about, state="begun", defaults=facts)[0]
