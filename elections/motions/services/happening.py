"""What follows when the vote on a motion closes: it happens by itself, once, and says so."""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

import clock
from audit.services import record
from communities.models import Community, Membership
from elections.counting import Result
from elections.models import Elector, Motion, Poll
from elections.motions import agenda
from elections.motions.asking import why_not
from elections.motions.lifecycle import MOTION_STEPS, Effect, MotionKind, MotionState, WhyNot
from elections.motions.notifications import end_notices, tell_of, tell_whom_it_is_about
from elections.motions.queries import due_to_happen, lock_motion
from elections.motions.services.effects import EFFECTS
from people.decisions import Conflict, Refused
from people.transitions import target

SITE = "site"
log = logging.getLogger("peernet.elections")


def on_closed(poll: Poll, result: Result) -> None:
    """Decide a motion by the count of its vote, and let it happen, in the transaction of the count.

    Whoever was on the roll is told, and the one it is about.
    """
    motion = lock_motion(Motion.objects.values_list("pk", flat=True).get(poll=poll))
    now = clock.now()
    verb = "carry" if result.passed else "lose" if result.quorate else "fall_short"
    motion.state = target(MOTION_STEPS, verb, motion.state, said="")
    motion.decided_at = now
    motion.save(update_fields=["state", "decided_at"])
    agenda.take_off(motion, by=SITE, now=now)
    if motion.state == MotionState.CARRIED:
        _happen(motion, now)
    facts = {"kind": motion.kind, "state": motion.state, "effect": motion.effect}
    record(chain=motion.community.chain, verb="decide motion", actor=SITE, subject=motion.ref, at=now, facts=facts)
    end_notices(motion, now)
    on_roll = Elector.objects.filter(poll=poll).values("membership")
    tell_of(motion, "decided", list(Membership.objects.filter(pk__in=on_roll)), now)
    tell_whom_it_is_about(motion, "decided_you", now)


def happen_due(community: Community | None = None) -> int:
    """Let happen what was carried and could not yet, because something on the site was amiss; returns how many.

    Run by the sweep. Safe at any time and twice at once.
    """
    due = due_to_happen(community)
    for pk in due:
        _happen_now(pk)
    return len(due)


@transaction.atomic
def _happen_now(pk: int) -> None:
    motion = lock_motion(pk)
    if motion.state == MotionState.CARRIED and not motion.effect:
        _happen(motion, clock.now())


def _happen(motion: Motion, now: datetime) -> None:
    """Let it happen, or say why it cannot. A fault of ours is neither: the count stands, and the sweep tries again."""
    try:
        with transaction.atomic():
            why = why_not(motion, now)
            if why is None:
                EFFECTS[MotionKind(motion.kind)](motion, now)
    except (Refused, Conflict, Http404, ValidationError):
        why = WhyNot.CHANGED
    except Exception as fault:
        facts = {"motion": motion.pk, "fault": type(fault).__name__}
        log.error("what was voted could not happen yet", extra={"facts": facts})
        return
    motion.effect = Effect.NOT_POSSIBLE if why else Effect.DONE
    motion.why_not = why or ""
    motion.save(update_fields=["effect", "why_not"])
    facts = {"kind": motion.kind, "effect": motion.effect, "why": motion.why_not}
    record(chain=motion.community.chain, verb="motion took effect", actor=SITE, subject=motion.ref, at=now, facts=facts)
