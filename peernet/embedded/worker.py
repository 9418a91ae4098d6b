"""The jobs inside the server's process: a real Celery worker and its clock, each a thread."""

import threading

from celery import beat
from celery.worker import WorkController, state

from peernet import jobs
from peernet.celery import app
from peernet.embedded import queue

THREADS = 4
PATIENCE = 15.0


class Worker(WorkController):
    """A worker that says when it has begun to take tasks."""

    def __init__(self, **options: object) -> None:
        self.begun = threading.Event()
        super().__init__(**options)

    def on_consumer_ready(self, consumer: object) -> None:
        self.begun.set()


class JobThreads:
    """The worker and the clock; `start` before the first page, `stop` after the last."""

    def __init__(self) -> None:
        app.finalize()
        app.set_default()
        queue.use()
        self.worker = Worker(
            app=app,
            pool="threads",
            concurrency=THREADS,
            hostname="embedded",
            loglevel="WARNING",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        self.clock = beat.EmbeddedService(app, thread=True, scheduler_cls="celery.beat:Scheduler")
        self.thread = threading.Thread(target=self.worker.start, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin; everything that runs regularly runs once at once, for the time the site was down."""
        self.thread.start()
        if not self.worker.begun.wait(PATIENCE):
            raise RuntimeError("the jobs did not start")
        jobs.worker_is_here.set()
        for entry in app.conf.beat_schedule.values():
            app.send_task(entry["task"])
        self.clock.start()

    def begin_to_stop(self) -> None:
        """Take no more tasks; called at the first signal, while the last pages are still being answered."""
        jobs.worker_is_here.clear()
        state.should_stop = 0

    def stop(self) -> None:
        """Let the tasks that run finish, and end both threads."""
        self.begin_to_stop()
        self.clock.stop()
        self.thread.join(PATIENCE)
        self.clock.join(PATIENCE)
