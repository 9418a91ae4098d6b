"""The figures that the processes count as they work, for Prometheus: no label points at a person, community or thread.

Each process writes to files of its own in a folder in memory (`PEERNET_METRICS_FOLDER`); `peernet metrics` adds up.
Without that folder nothing is counted, and every function here does nothing.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

# Seconds. A page is to be there within a tenth of one; a proxy gives up after sixty.
BOUNDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Counts(NamedTuple):
    """What is counted."""

    requests: Any
    seconds: Any
    tasks: Any
    task_seconds: Any
    database_errors: Any
    sockets: Any


@cache
def counts() -> Counts | None:
    """Return the counters of this process, made at the first use; None where nothing is to be counted."""
    if not settings.METRICS_FOLDER:
        return None
    Path(settings.METRICS_FOLDER).mkdir(parents=True, exist_ok=True)
    # The package looks at this as it is imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = settings.METRICS_FOLDER
    from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

    own: dict[str, Any] = {"registry": CollectorRegistry()}
    return Counts(
        Counter("peernet_requests", "Answered requests", ["route", "status"], **own),
        Histogram("peernet_request_seconds", "Time to answer", ["app"], buckets=BOUNDS, **own),
        Counter("peernet_tasks", "Jobs that ran", ["task", "outcome"], **own),
        Histogram("peernet_task_seconds", "Time a job took", ["task"], buckets=BOUNDS, **own),
        Counter("peernet_database_errors", "Times the database did not answer a page", **own),
        Gauge("peernet_open_sockets", "Live pages that are open", multiprocess_mode="livesum", **own),
    )


def answered(route: str, status: int, seconds: float) -> None:
    """Count one answered request by its route's name and the first digit of its status."""
    if counted := counts():
        counted.requests.labels(route, f"{status // 100}xx").inc()
        counted.seconds.labels(route.partition(":")[0]).observe(seconds)


def task_ran(task: str, outcome: str, seconds: float) -> None:
    """Count one job that ended: "done" or "failed"."""
    if counted := counts():
        counted.tasks.labels(task, outcome).inc()
        counted.task_seconds.labels(task).observe(seconds)


def database_was_away() -> None:
    """Count a page that could not be made because the database did not answer."""
    if counted := counts():
        counted.database_errors.inc()


def sockets_open(many: int) -> None:
    """Say how many live pages are open in this process."""
    if counted := counts():
        counted.sockets.set(many)
