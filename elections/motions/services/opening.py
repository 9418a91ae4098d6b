"""The vote on a motion opens by itself when the time to talk it over has passed (safety checks, 4.7)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import clock
from audit.services import record
from communities.models import Community, Membership
from communities.queries import Rules, rules_of
from elections.counting import Measure
from elections.lifecycle import Majority
from elections.models import Motion
from elections.motions import agenda
from elections.motions.asking import why_not
from elections.motions.lifecycle import MOTION_STEPS, URGENT, MotionKind, WhyNot
from elections.motions.notifications import end_notices, tell_of
from elections.motions.policies import has_begun
from elections.motions.queries import due_to_open, lock_motion
from elections.motions.rules import QUORUM
from elections.queries import electorate_of
from elections.services import open_poll
from people.transitions import target

PURPOSE = "motion"
SITE = "site"
# The first two are yes and no (elections.counting).
OPTIONS = (gettext_noop("Yes"), gettext_noop("No"), gettext_noop("I leave it to the others"))
# What weighs more takes a majority of its own: a place taken from somebody, or an office.
EVERY_VOTE = frozenset({"all"})
WEIGHS_MORE = frozenset({MotionKind.SUSPENSION, MotionKind.RECALL})


def open_due(community: Community | None = None) -> int:
    """Open the vote on each motion whose time to talk is over; returns how many. Run by the sweep, asked by pages.

    Safe at any time and twice at once.
    """
    due = due_to_open(clock.now(), community)
    for pk in due:
        open_motion(pk)
    return len(due)


@transaction.atomic
def open_motion(pk: int) -> None:
    """Open the vote on one motion if its time has come: who votes is settled now. What can't be any more falls away."""
    motion = lock_motion(pk)
    now = clock.now()
    if not has_begun(motion, now):
        return
    rules = rules_of(motion.community)
    voters = who_votes(motion, rules)
    why = why_not(motion, now) or (None if voters else WhyNot.NOBODY)
    if why is not None:
        _fall_away(motion, why, now)
        return
    motion.state = target(MOTION_STEPS, "open", motion.state, said="")
    motion.poll = open_poll(
        community=motion.community,
        purpose=PURPOSE,
        subject=motion.ref,
        secret=is_secret(motion, rules),
        options=[_(option) for option in OPTIONS],
        electorate=voters,
        closes_at=now + timedelta(days=rules.motion_urgent_days if motion.kind in URGENT else rules.motion_vote_days),
        most=1,
        by=SITE,
        now=now,
        measure=measure_of(motion, rules),
    )
    motion.save(update_fields=["state", "poll"])
    tell_of(motion, "vote", voters, now)


def who_votes(motion: Motion, rules: Rules) -> list[Membership]:
    """The roll: members who take part, but not the one it is about; staff on admissions where the rules let them and
    members outnumber them (domain, sections 2, 4.3 and 5). At most two queries."""
    staff = motion.kind == MotionKind.ADMISSION and rules.staff_vote
    return electorate_of(motion.community, staff=staff, but_not=[motion.about_id] if motion.about_id else [])


def is_secret(motion: Motion, rules: Rules) -> bool:
    """Whether the vote should be secret: about a person always, on other things by rule."""
    return motion.about_id is not None or rules.motion_secret in EVERY_VOTE


def measure_of(motion: Motion, rules: Rules) -> Measure:
    """How many must vote, and how many must say yes."""
    majority = rules.motion_majority_person if motion.kind in WEIGHS_MORE else rules.motion_majority
    return Measure(Majority(majority), QUORUM[rules.motion_quorum])


def _fall_away(motion: Motion, why: WhyNot, now: datetime) -> None:
    motion.state = target(MOTION_STEPS, "fall_away", motion.state, said="")
    motion.decided_at, motion.why_not = now, why
    motion.save(update_fields=["state", "decided_at", "why_not"])
    end_notices(motion, now)
    agenda.take_off(motion, by=SITE, now=now)
    tell_of(motion, "decided", [motion.proposed_by], now)
    facts = {"why": str(why)}
    record(chain=motion.community.chain, verb="motion fell away", actor=SITE, subject=motion.ref, at=now, facts=facts)
