"""The database's backend (settings: ENGINE)."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

# In any other state it has been left in the middle of something, or broken.
AT_REST = (TransactionStatus.IDLE, TransactionStatus.INTRANS)


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks a kept connection `SELECT 1` before each page. A server that has gone away has said so first."""

    def is_usable(self) -> bool:
        """Whether the connection lives: a silent socket has had no goodbye. A talking one is really asked."""
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status not in AT_REST:
            return super().is_usable()
        watched = select.poll()
        watched.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if watched.poll(0) else True
