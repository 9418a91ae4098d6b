"""Offices that end before their time, and saying that one would stand in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

import clock
from audit.services import record
from communities.lifecycle import DECIDING_OFFICES, State
from communities.models import Membership, TermOfOffice
from communities.queries import lock_membership
from communities.services import end_term
from elections.lifecycle import WhyEnded
from elections.models import EarlyEnd, StandIn
from elections.seats.bench import bench_of
from elections.seats.notifications import tell_seats_changed
from elections.seats.queries import access_own_term, formers
from elections.seats.services.minding import see_to_two
from people.decisions import Refused


@transaction.atomic
def step_down(*, term: TermOfOffice, by: Membership) -> None:
    """Give an office back, at any time and without a reason; whoever comes next steps in at once.

    Whoever holds it. Raises Http404 where it is not theirs or over.
    """
    member = lock_membership(by)
    own = access_own_term(member, term.pk, clock.now())
    _end(own, WhyEnded.STEPPED_DOWN, by.ref)


@transaction.atomic
def recall(*, membership: Membership, by: str, now: datetime) -> int:
    """End every office of a member, by a vote that passed; returns how many there were. They can be elected again.

    Called by the motion's outcome in its transaction, before it records. A by-election follows by itself; until then
    others step in, and the one recalled is not among them.
    """
    terms = list(TermOfOffice.objects.not_over(now).filter(membership=membership))
    StandIn.objects.filter(membership=membership, ended_at=None).update(ended_at=now)
    for term in terms:
        _end(term, WhyEnded.RECALLED, by)
    return len(terms)


def _end(term: TermOfOffice, why: WhyEnded, by: str) -> None:
    now = clock.now()
    # First, so that whoever steps in is chosen with this known.
    EarlyEnd.objects.create(term=term, why=why, at=now)
    end_term(term=term, by=by)
    if term.office in DECIDING_OFFICES:
        community = Membership.objects.select_related("community").get(pk=term.membership_id).community
        tell_seats_changed(community, f"term-{term.pk}-ended", now)


@transaction.atomic
def offer_to_stand_in(*, by: Membership, willing: bool) -> None:
    """Say that one would step in while fewer than two could decide, or that one would not any more.

    Active members who hold or held an office that decides, and were not recalled. Said while somebody is needed, one
    steps in at once. Raises `Refused`.
    """
    member = lock_membership(by)
    bench = bench_of(member.community, clock.now())
    could = {former.membership.pk for former in formers(bench)}
    if willing and (member.state != State.ACTIVE or member.pk not in could):
        raise Refused(_("Whoever held an office here before can stand in. For anybody else there are elections."))
    StandIn.objects.filter(membership=member, ended_at=None).update(ended_at=bench.now)
    if willing:
        StandIn.objects.create(membership=member, since=bench.now)
        see_to_two(member.community, bench.now)
    facts = {"willing": willing}
    record(
        chain=member.community.chain,
        verb="offer to stand in",
        actor=member.ref,
        subject=member.ref,
        at=bench.now,
        facts=facts,
    )
