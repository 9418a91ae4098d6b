"""The jobs: one Celery app, as threads beside the pages (embedded) or as processes of their own with Redis."""

import os
import sys
import threading
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import beat_init, setup_logging, worker_init
from django.db import transaction

from peernet import jobs, pulse, task_lines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peernet.settings")


class Hint(DjangoTask):
    """A task that is only ever a hint: the intent itself is a row that a sweep finds (docs/adr/0002)."""

    abstract = True

    def apply_async(self, *args: Any, **kwargs: Any) -> Any:
        """Queue it, unless nobody in this process would ever take it out of the queue."""
        if not jobs.queue_is_served(self.app.conf):
            return None
        return super().apply_async(*args, **kwargs)

    def delay_on_commit(self, *args: Any, **kwargs: Any) -> None:
        """Queue it after the commit; a dead broker never fails what was already stored."""

        def queue() -> None:  # a partial would do, but Django's log line of a failed one needs a name
            self.delay(*args, **kwargs)

        transaction.on_commit(queue, robust=True)


class Jobs(Celery):
    task_cls = Hint


app = Jobs("peernet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(related_name="schedule")


app.steps["worker"].add(pulse.Pulse)
task_lines.listen()


@setup_logging.connect
def keep_our_log_lines(**_: Any) -> None:
    """Being here keeps Celery's own logging, which would print task arguments, from being put over ours."""


@worker_init.connect
@beat_init.connect
def ask_before_the_first_job(**_: Any) -> None:
    """End a worker or a clock, with the reason, where nothing may be served: as pages and sockets do (ADR 0017)."""
    if threading.current_thread() is not threading.main_thread():
        return  # the clock inside `peernet run`, which has asked
    from django.db import connections

    from peernet import serving

    try:
        refused = serving.refusal()
    except Exception as fault:  # Celery would log it and go on, and nobody would have asked
        sys.exit(f"Whether jobs may run here can't be found out ({type(fault).__name__}): is the database there?")
    # Before the worker divides into processes, which must not share one connection.
    connections.close_all()
    if refused:
        sys.exit(refused)
