"""One line for each job that ran: its name and how long it took; never what it was called with."""

import logging
from time import perf_counter
from typing import Any

from celery.signals import task_failure, task_postrun, task_prerun

from peernet import counting
from peernet.log_lines import request_id

log = logging.getLogger("peernet.jobs")


def listen() -> None:
    """Note every job of this process from now on."""
    task_prerun.connect(begun)
    task_failure.connect(failed)
    task_postrun.connect(ended)


def begun(*, task_id: str, task: Any, **_: Any) -> None:
    """Called by Celery before a job."""
    task.request.update(begun_at=perf_counter(), failed=False, token=request_id.set(task_id))


def failed(*, sender: Any, exception: BaseException, **_: Any) -> None:
    """Called by Celery for a job that raised: the place and the kind, as with a page's fault."""
    sender.request.update(failed=True)
    log.error("a job failed: %s", sender.name, exc_info=exception)


def ended(*, task: Any, **_: Any) -> None:
    """Called by Celery after a job, however it ended. Jobs that went well are seen with Prometheus, or at INFO."""
    seconds = perf_counter() - getattr(task.request, "begun_at", perf_counter())
    outcome = "failed" if getattr(task.request, "failed", False) else "done"
    counting.task_ran(task.name, outcome, seconds)
    log.info("job %s", outcome, extra={"facts": {"task": task.name, "ms": round(1000 * seconds)}})
    request_id.set("")
