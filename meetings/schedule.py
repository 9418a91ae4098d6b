"""What meetings do regularly. No page waits for it: what is open follows from the time (meetings.timing)."""

from celery import shared_task

import clock
from clock.models import note_sweep
from meetings.services import settle_all
from meetings.services.local_asking import ask_about_local

ENTRIES = {
    "meetings.settle": {"task": "meetings.schedule.settle", "schedule": 300.0},
    "meetings.local": {"task": "meetings.schedule.ask_about_local_life", "schedule": 86400.0}}


@shared_task
def settle() -> int:
    """Note which meetings were forgotten while open, and which nobody opened; returns how many."""
    settled = settle_all()
    note_sweep("meetings.settle", clock.now())
    return settled


@shared_task
def ask_about_local_life() -> int:
    """Ask somebody to look over what nobody has looked over for half a year; returns in how many communities."""
    asked = ask_about_local()
    note_sweep("meetings.local", clock.now())
    return asked
