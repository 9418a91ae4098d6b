"""gunicorn's threaded worker, but that it leaves nobody standing in the queue when it is told to end."""

import select

from gunicorn.workers.gthread import ThreadWorker


class PagesWorker(ThreadWorker):
    """Takes in whoever had connected before it stops taking in anybody.

    The server removes its path before it tells a worker to end, so nobody new comes to that queue; the proxy goes to
    the other instance. Without this, a form just handed over could end as "the connection was reset", and a proxy
    must not send a form twice to find out.
    """

    def set_accept_enabled(self, enabled: bool) -> None:
        """Called by gunicorn as the worker begins and ends, and when it has too much to do."""
        if not enabled and not self.alive:
            while waiting := select.select(self.sockets, [], [], 0)[0]:
                for listener in waiting:
                    self.accept(listener)
        super().set_accept_enabled(enabled)
