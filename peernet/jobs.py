"""Which jobs run when, and whether anybody is there to run them."""

from importlib import import_module
from importlib.util import find_spec
from threading import Event
from typing import Any

from django.apps import apps

# Set while this very process runs a worker (peernet.embedded); the in-memory queue is seen by no other process.
worker_is_here = Event()


def queue_is_served(conf: Any) -> bool:
    """Whether a task put in the queue from this process can ever be taken out of it."""
    return conf.task_always_eager or not conf.broker_url.startswith("memory:") or worker_is_here.is_set()


def entries() -> dict[str, dict[str, Any]]:
    """Return what is to run regularly: every app's `schedule.ENTRIES`, in the shape of Celery's beat_schedule."""
    found: dict[str, dict[str, Any]] = {}
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.schedule"):
            found |= import_module(f"{config.name}.schedule").ENTRIES
    return found
