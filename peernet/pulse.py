"""A file that the worker and its clock touch as they go round, so that one that hangs is seen (PEERNET_PULSE_FILE)."""

import os
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import PersistentScheduler

# Seconds.
EVERY = 15.0


def beat() -> None:
    """Touch the file, where one is named."""
    if named := os.environ.get("PEERNET_PULSE_FILE"):
        Path(named).touch()


class Pulse(bootsteps.StartStopStep):
    """Part of the worker's loop: a worker that no longer takes jobs no longer touches the file."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, parent: Any, **options: Any) -> None:
        self.timer: Any = None
        super().__init__(parent, **options)

    def start(self, parent: Any) -> None:
        beat()
        self.timer = parent.timer.call_repeatedly(EVERY, beat)

    def stop(self, parent: Any) -> None:
        if self.timer:
            self.timer.cancel()


class Scheduler(PersistentScheduler):
    """Celery's own clock of the regular jobs, with a pulse."""

    max_interval = EVERY

    def tick(self, *args: Any, **kwargs: Any) -> float:
        beat()
        return super().tick(*args, **kwargs)
