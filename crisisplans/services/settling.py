"""What is over stays over: the sweep writes down what the doors refuse already (`crisisplans.queries.readings_at`)."""

from django.db import transaction
from django.db.models import Exists, F, OuterRef

import clock
from communities.apart import people_apart
from communities.lifecycle import State
from communities.models import Membership
from crisisplans.models import Opening, OpeningReader
from crisisplans.queries.opened import owners_here
from crisisplans.services.opening import close_opening

SITE = "site"


def settle_openings() -> int:
    """End for good what has lost its reason: so that nobody reads again by an old leave after they come back.

    Readers who are away, suspended, gone or kept apart from the owner; openings whose owner has left, died or is
    suspended from everything. Returns how many openings were closed. Run by the beat; safe at any time, and twice.
    """
    now = clock.now()
    still = OpeningReader.objects.filter(ended_at=None, opening__closed_at=None)
    away = still.exclude(membership__state=State.ACTIVE, membership__state_since__lte=F("opening__opened_at"))
    apart = still.filter(Exists(people_apart(OuterRef("opening__plan__person"), OuterRef("membership__person"))))
    for rows in (away, apart):
        OpeningReader.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(ended_at=now)
    open_now = Opening.objects.open_at(now)
    died = Membership.objects.filter(person=OuterRef("plan__person"), state=State.DIED)
    over = open_now.filter(Exists(died)) | open_now.filter(~Exists(owners_here("")), community__isnull=False)
    closed = [close_opening(opening=row, by=SITE, why="owner") for row in over.distinct()]
    return len(closed)


@transaction.atomic
def end_with(member: Membership, *, died: bool) -> None:
    """End for good what a member opened here (everything of theirs, where they have died) and what they read here.

    Called by whatever ends a membership, in its transaction and before it records that.
    """
    OpeningReader.objects.filter(membership=member, ended_at=None).update(ended_at=clock.now())
    own = Opening.objects.filter(plan__person=member.person_id, closed_at=None)
    own = own if died else own.filter(community=member.community_id)
    # All their locks before the first entry of the record; people's chain before a community's.
    rows = list(own.select_for_update(of=("self",)).order_by("pk"))
    for row in sorted(rows, key=lambda row: row.community_id is not None):
        close_opening(opening=row, by=SITE, why="owner")


@transaction.atomic
def close_all(*, why: str) -> int:
    """Close every opening, as the site: after a backup was put back, for what was taken back since is open in it again.

    Called by the operator's commands before anything serves. Returns how many there were.
    """
    return len([close_opening(opening=row, by=SITE, why=why) for row in Opening.objects.filter(closed_at=None)])
