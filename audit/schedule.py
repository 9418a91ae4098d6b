"""What the record does regularly: lets this machine remember how far it has come."""

from celery import shared_task
from django.conf import settings

import clock
from audit import heads
from clock.models import note_sweep

ENTRIES = {"audit.remember": {"task": "audit.schedule.remember", "schedule": 60.0}}


@shared_task
def remember() -> None:
    """Write down the heads of every chain beside the database."""
    heads.remember(settings.HEADS_FILE)
    note_sweep("audit.remember", clock.now())
