"""The figures for Prometheus: what the processes counted, and what the database says as it is asked.

None of them points at a person, a community or a thread. Of holds there is none at all: with its time, one alone says
that somebody wrote something alarming. What an operator can mend about holds is whether the jobs that tell of them run.
"""

import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import Error, connections
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from clock import now
from clock.models import Sweep
from elections.queries import held_again_often
from elections.queries import oldest_due as oldest_vote_due
from helpnow.book import book
from helpnow.checks import unchecked
from notices.overdue import oldest_due
from peernet.backups.manifest import ENDING


class Counted:
    """What the processes counted, each kind of process in a folder of its own below this one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def collect(self) -> Iterable[Metric]:
        files = [str(path) for path in sorted(self.folder.glob("*/*.db"))]
        return MultiProcessCollector.merge(files)


class Asked:
    """What the database says: how long the oldest mail has waited, when each regular job ran, whose clock is off."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from self._ask()
            answers = 1
        except Error:
            answers = 0
        finally:
            connections.close_all()
        yield _one("peernet_database_answers", "Whether the database answers", answers)

    def _ask(self) -> list[Metric]:
        at = now()
        jobs = GaugeMetricFamily("peernet_job_age_seconds", "Since a regular job last ran", labels=["job"])
        for sweep in Sweep.objects.order_by("name"):
            jobs.add_metric([sweep.name], _age(sweep.ran_at, at))
        waited = _age(oldest_due(at) or at, at)
        uncounted = _age(oldest_vote_due(at) or at, at)
        ahead = time.time() - at.timestamp()
        return [
            jobs,
            _one("peernet_outbox_oldest_seconds", "How long the oldest mail or push has been due", waited),
            _one("peernet_votes_uncounted_seconds", "How long the oldest vote has waited for its count", uncounted),
            _one("peernet_votes_held_again", "Votes going on whose key was lost more than once", held_again_often()),
            _one("peernet_contacts_unchecked", "Crisis contacts nobody has looked at for six months", old_contacts(at)),
            _one("peernet_clock_off_seconds", "This machine's clock against the database's", ahead),
        ]


def old_contacts(at: datetime) -> int:
    """How many of the site's crisis contacts are due for a look."""
    return len(unchecked(book(), today=at.date()))


class Backups:
    """How old the newest backup is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def collect(self) -> Iterator[Metric]:
        made = [path.stat().st_mtime for path in self.folder.glob(f"*{ENDING}")]
        age = time.time() - max(made) if made else float("inf")
        yield _one("peernet_backup_age_seconds", "Since the newest backup was made", age)


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _age(since: datetime, at: datetime) -> float:
    return max(0.0, (at - since).total_seconds())
