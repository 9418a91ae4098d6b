"""What elections do regularly. The job says nothing but "look": what is due stands in rows."""

from celery import shared_task

import clock
from clock.models import note_sweep
from elections.motions.services import happen_due, open_due
from elections.seats.services import follow_up_seats
from elections.services import close_due
from elections.services.closing import destroy_spent_keys, hold_again_without_key

# Seconds. A vote is closed by the clock for whoever votes; the sweep is how soon it is counted.
ENTRIES = {"elections.follow_up": {"task": "elections.schedule.follow_up", "schedule": 30.0}}


@shared_task
def follow_up() -> int:
    """Count what has closed, hold again what lost its key, destroy keys that are spent; returns how many closed.

    Then the seats: let elections go on, open those that are needed, and see to it that two can decide.
    """
    closed = close_due()
    hold_again_without_key()
    destroy_spent_keys()
    open_due()
    happen_due()
    follow_up_seats()
    note_sweep("elections.follow_up", clock.now())
    return closed
