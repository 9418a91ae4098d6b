"""What crisisplans does regularly."""

from celery import shared_task

import clock
from clock.models import note_sweep
from crisisplans.keystore import given_up, inventory
from crisisplans.services.dates import remind_due
from crisisplans.services.erasing import go_on_with_erasings
from crisisplans.services.renewing import tidy_all
from crisisplans.services.settling import settle_openings

# Noted when every plan's key was there and could be opened: an alarm asks how long ago that was.
KEYS_WHOLE = "crisisplans.keys_whole"
ENTRIES = {
    "crisisplans.settle": {"task": "crisisplans.schedule.settle", "schedule": 60.0},
    "crisisplans.remind": {"task": "crisisplans.schedule.remind", "schedule": 3600.0},
    "crisisplans.erase": {"task": "crisisplans.schedule.erase", "schedule": 600.0},
    "crisisplans.look_at_keys": {"task": "crisisplans.schedule.look_at_keys", "schedule": 1800.0},
    "crisisplans.tidy": {"task": "crisisplans.schedule.tidy", "schedule": 24 * 3600.0},
}


@shared_task
def erase() -> int:
    """Go on with plans that are being erased, and destroy erased keys that an older key store brought back."""
    done = go_on_with_erasings()
    note_sweep("crisisplans.erase", clock.now())
    return done


@shared_task
def look_at_keys() -> int:
    """Look whether every plan's key is there and opens, and note when it was so; returns how many do not.

    Those that an operator gave up for good do not count, until they are back.
    """
    found = inventory.look()
    given_up.forget(found.back)
    amiss = found.lost + found.closed
    if not amiss:
        note_sweep(KEYS_WHOLE, clock.now())
    note_sweep("crisisplans.look_at_keys", clock.now())
    return amiss


@shared_task
def remind() -> int:
    """Remind those whose chosen day to look at their plan has come; returns how many."""
    reminded = remind_due()
    note_sweep("crisisplans.remind", clock.now())
    return reminded


@shared_task
def tidy() -> int:
    """Drop keys of plans that have been of no use for 36 days; returns how many."""
    dropped = tidy_all()
    note_sweep("crisisplans.tidy", clock.now())
    return dropped


@shared_task
def settle() -> int:
    """End for good what has lost its reason; returns how many openings were closed. The doors refuse it anyway."""
    closed = settle_openings()
    note_sweep("crisisplans.settle", clock.now())
    return closed
