"""What meetings do regularly. No page waits for it: what is open follows from the time (meetings.timing)."""

from celery import shared_task

import clock
from clock.models import note_sweep
from meetings.services import settle_all

ENTRIES = {"meetings.settle": {"task": "meetings.schedule.settle", "schedule": 300.0}}


@shared_task
def settle() -> int:
    """Note which meetings were forgotten while open, and which nobody opened; returns how many."""
    settled = settle_all()
    note_sweep("meetings.settle", clock.now())
    return settled
