"""Seeing to it that two can decide: alternates, then willing former officers, step in as caretakers (domain, 2)."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction

import clock
from audit.services import record
from communities.handing_over import last_end
from communities.lifecycle import Office
from communities.models import Community, Membership, TermOfOffice
from communities.notifications import tell_too_few
from communities.queries import FEWEST_TO_OPEN
from communities.services import start_term
from elections.lifecycle import WhyEnded
from elections.models import EarlyEnd
from elections.seats.bench import Bench, bench_of
from elections.seats.notifications import ask_to_stand_in, tell_seats_changed, tell_standing_in
from elections.seats.queries import Former, could_step_in, formers, lock_seats

# Whoever steps in when a term runs out is known this long before, so that not a second is without two.
LOOK_AHEAD = timedelta(days=2)
SITE = "site"


@transaction.atomic
def see_to_two(community: Community, now: datetime) -> None:
    """Let caretakers go who are not needed any more, and let others step in for each moment that lacks two.

    Called in the transaction in which an office ended (`communities.handing_over`), after every count and by the
    sweep, before anything is recorded. Safe at any time: what is right already stays as it is.
    """
    lock_seats(community)
    # Whoever waited for the lock may look at a later moment than they were given.
    now = max(now, clock.now())
    bench = _let_go(bench_of(community, now))
    short = [moment for moment in bench.moments(LOOK_AHEAD) if len(bench.deciding(moment)) < FEWEST_TO_OPEN]
    if not short:
        return
    known = formers(bench)
    for moment in short:
        bench = _step_in(bench, moment, known)
    if not bench.is_safe:
        _ask_around(bench, known)


def _let_go(bench: Bench) -> Bench:
    kept = []
    for term in bench.terms:
        seated = {seat.membership_id for seat in bench.held(Office.TOP_THREE, at=max(bench.now, term.starts_at))}
        needed = len(seated) < FEWEST_TO_OPEN and term.membership_id not in seated
        if term.office == Office.CARETAKER and not needed:
            end_early(term, WhyEnded.NOT_NEEDED, bench.now)
        else:
            kept.append(term)
    return replace(bench, terms=tuple(kept))


def end_early(term: TermOfOffice, why: WhyEnded, now: datetime) -> None:
    """End a term of a caretaker who is not needed, and record it."""
    TermOfOffice.objects.filter(pk=term.pk).update(ended_at=now)
    EarlyEnd.objects.create(term=term, why=why, at=now)
    facts = {"office": str(term.office), "why": str(why)}
    chain, ref = term.membership.community.chain, term.membership.ref
    record(chain=chain, verb="end term", actor=SITE, subject=ref, at=now, facts=facts)


def _step_in(bench: Bench, moment: datetime, known: list[Former]) -> Bench:
    for member in could_step_in(bench, moment, known):
        if len(bench.deciding(moment)) >= FEWEST_TO_OPEN:
            break
        term = start_term(membership=member, office=Office.CARETAKER, by=SITE, ends_at=None, starts_at=moment)
        tell_standing_in(member, str(term.pk), bench.now)
        tell_seats_changed(bench.community, f"term-{term.pk}", bench.now)
        bench = replace(bench, terms=(*bench.terms, term))
    return bench


def _ask_around(bench: Bench, known: list[Former]) -> None:
    """Nobody is left who has said that they would: ask, and say that the board is closed for writing. Once a gap."""
    mark = last_end(bench.community, bench.now)
    if not mark:
        return  # Nobody has left an office: a place that is only just beginning.
    deciding = bench.deciding()
    people: list[Membership] = [former.membership for former in known if former.membership.pk not in deciding]
    ask_to_stand_in(bench.community, people, mark, bench.now)
    tell_too_few(bench.community, bench.now)
