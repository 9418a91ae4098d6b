"""Reading elections, who stands, and who could step in."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404

from communities.lifecycle import DECIDING_OFFICES, Kind, Office, State
from communities.models import Community, Membership, TermOfOffice
from communities.queries import everybody
from elections.lifecycle import RUNNING, ElectionKind, ElectionState, StandingState, WhyEnded
from elections.models import Election, Nomination, Poll, StandIn
from elections.seats.bench import Bench
from elections.seats.policies import may_follow_elections


def access_election(membership: Membership, pk: int) -> Election:
    """An election of the member's own community. Raises Http404. One query."""
    if not may_follow_elections(membership):
        raise Http404
    election = get_object_or_404(Election.objects.select_related("poll"), community_id=membership.community_id, pk=pk)
    election.community = membership.community
    return election


def election_of(poll: Poll) -> Election:
    """The election that a vote belongs to. One query."""
    return Election.objects.select_related("community").get(poll=poll)


def access_nomination(membership: Membership, pk: int) -> Nomination:
    """The member's own name, put forward in their own community. Raises Http404."""
    own = Nomination.objects.filter(candidate=membership, election__community_id=membership.community_id)
    return get_object_or_404(own, pk=pk)


def access_own_term(membership: Membership, pk: int, now: datetime) -> TermOfOffice:
    """A term of the member's own that is not over. Raises Http404."""
    return get_object_or_404(TermOfOffice.objects.not_over(now), membership=membership, pk=pk)


def lock_seats(community: Community) -> None:
    """One at a time reckons who holds which seat in a community. After votes and elections, before the record."""
    Community.objects.select_for_update(no_key=True).get(pk=community.pk)


def lock_election(pk: int) -> Election:
    """The election read anew under its row's lock. In a transaction only; after the vote's lock, if that is needed."""
    return Election.objects.select_for_update(of=("self",)).select_related("community").get(pk=pk)


def elections_of(community: Community) -> QuerySet[Election]:
    """A community's elections, running ones first, then the newest."""
    ended_last = F("ended_at").desc(nulls_first=True)
    return Election.objects.filter(community=community).select_related("poll").order_by(ended_last, "-opened_at", "-pk")


def running(community: Community) -> Election | None:
    """The election for seats that goes on. One query."""
    on = Election.objects.filter(community=community, state__in=RUNNING).exclude(kind=ElectionKind.CONFIRMATION)
    return on.first()


def last_confirmation(community: Community) -> Election | None:
    """The newest vote on the caretakers, running or over. One query."""
    votes = Election.objects.filter(community=community, kind=ElectionKind.CONFIRMATION)
    return votes.order_by("-opened_at").first()


def had_election_since(community: Community, moment: datetime) -> bool:
    """Whether an election for seats has been opened since. One query."""
    rows = Election.objects.filter(community=community, opened_at__gte=moment)
    return rows.exclude(kind=ElectionKind.CONFIRMATION).exists()


def due_nominations(now: datetime, community: Community | None = None) -> list[int]:
    """Elections whose time to stand is over. One query."""
    due = Election.objects.filter(state=ElectionState.NOMINATING, nominations_close_at__lte=now)
    return list((due.filter(community=community) if community else due).order_by("pk").values_list("pk", flat=True))


def standing_in(election: Election) -> list[Nomination]:
    """Those who stand, in the order of the voting paper where there is one, else by name. One query."""
    rows = election.nominations.filter(Q(state=StandingState.STANDING) | Q(option__isnull=False))
    return list(rows.select_related("candidate__person").order_by("option", "candidate__display_name"))


def own_nomination(election: Election, membership: Membership) -> Nomination | None:
    """The member's own name in this election. One query."""
    return election.nominations.filter(candidate=membership).first()


def nominations_of(membership: Membership) -> QuerySet[Nomination]:
    """Where the member's own name was put forward, newest first."""
    return Nomination.objects.filter(candidate=membership).select_related("election").order_by("-made_at", "-pk")


def nominations_by(membership: Membership) -> QuerySet[Nomination]:
    """Whom the member put forward, newest first; not themselves."""
    made = Nomination.objects.filter(proposed_by=membership).exclude(candidate=membership)
    return made.select_related("candidate", "election").order_by("-made_at", "-pk")


def could_be_put_forward(membership: Membership, bench: Bench) -> list[Membership]:
    """Whom a member could put forward: active members without a seat that goes on, but themselves. One query."""
    here = everybody(bench.community).filter(kind=Kind.MEMBER, state=State.ACTIVE).exclude(pk=membership.pk)
    return [other for other in here.order_by("display_name") if not bench.seat_that_goes_on(other.pk)]


@dataclass(frozen=True)
class Former:
    """Somebody who could step in: they decided here before, and were not recalled."""

    membership: Membership
    ended_at: datetime | None
    is_willing: bool


def formers(bench: Bench) -> list[Former]:
    """Active members who hold or held an office that decides, whoever's office ended last first. Two queries."""
    held = TermOfOffice.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=F("starts_at")),
        membership__community=bench.community,
        membership__state=State.ACTIVE,
        office__in=DECIDING_OFFICES,
        starts_at__lte=bench.now,
    )
    held = held.annotate(over_at=Coalesce("ended_at", "ends_at")).order_by(F("over_at").desc(nulls_first=True), "-pk")
    willing = StandIn.objects.filter(membership__community=bench.community, ended_at=None)
    # Said before a break or a suspension it no longer holds.
    says = set(willing.filter(since__gt=F("membership__state_since")).values_list("membership_id", flat=True))
    found: dict[int, Former | None] = {}
    for term in held.select_related("membership__person", "membership__community", "early_end"):
        if term.membership_id not in found:
            early = getattr(term, "early_end", None)
            recalled = early is not None and early.why == WhyEnded.RECALLED
            found[term.membership_id] = (
                None if recalled else Former(term.membership, term.over_at, term.membership_id in says)
            )
    return [former for former in found.values() if former]


def could_step_in(bench: Bench, at: datetime, known: list[Former]) -> list[Membership]:
    """Who steps in at a moment, in order: alternates by their rank, then former officers who are willing. No query."""
    deciding = bench.deciding(at)
    alternates = [term.membership for term in bench.held(Office.ALTERNATE, at=at)]
    willing = [former.membership for former in known if former.is_willing]
    found = {member.pk: member for member in [*alternates, *willing] if member.pk not in deciding}
    return list(found.values())
