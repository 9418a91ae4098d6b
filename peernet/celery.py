"""The jobs: one Celery app, as threads beside the pages (embedded) or as processes of their own with Redis."""

import os
from typing import Any

from celery import Celery
from celery.contrib.django.task import DjangoTask
from celery.signals import setup_logging
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
