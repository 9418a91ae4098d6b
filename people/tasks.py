"""Clearing away what counts no more; safe to run twice."""

from importlib import import_module

from celery import shared_task
from django.conf import settings

from clock import now
from people import tries


@shared_task
def clear_old() -> int:
    """Delete counters of tries that count no more, and sittings that have ended. Returns how many counters went."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    return tries.clear_old(now=now())
