"""Things of standing for the walk of every address: put there without asking the services."""

from datetime import timedelta

import clock
from communities.models import KeepApart, Membership
from moderation.models import Death, Suspension


def make_suspension(about: Membership, by: Membership) -> Suspension:
    """One that waits for its second voice."""
    now = clock.now()
    return Suspension.objects.create(
        community=about.community,
        membership=about,
        suspended_from="board",
        how="two",
        why="Some words",
        by=by.ref,
        by_role="",
        state="proposed",
        begun_at=now,
        lasts=timedelta(hours=24),
        first_by=by,
        first_at=now,
    )


def make_apart(asker: Membership, other: Membership) -> KeepApart:
    """Asked for, and waiting."""
    now = clock.now()
    return KeepApart.objects.create(
        community=asker.community, asker=asker, other=other, begun_by=asker, words="Some words", asked_at=now
    )


def make_death(about: Membership) -> Death:
    """Begun, and waiting for the others."""
    return Death.objects.create(community=about.community, membership=about, begun_at=clock.now())
