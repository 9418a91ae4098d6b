"""Whatever is kept of votes, as somebody finds it who has the database's files, its log and every backup there was."""

from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from elections.models import Box, Poll

ON_POSTGRES = connection.vendor == "postgresql"


@dataclass
class Kept:
    """`boxes`: the box as each of the successive backups has it. `files`: the database's bytes, old rows and all."""

    boxes: list[bytes] = field(default_factory=list)
    files: bytes = b""

    def backed_up(self, poll: Poll) -> None:
        """One more backup is made."""
        self.boxes.append(bytes(Box.objects.get(poll=poll).sealed))

    def taken(self) -> "Kept":
        """The disk is taken away."""
        self.files = of_postgres() if ON_POSTGRES else of_sqlite()
        return self


def keep_the_whole_log() -> None:
    """Let SQLite's write-ahead log grow without an end, so that every version of every page is still in it."""
    if not ON_POSTGRES:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint=0")


def of_sqlite() -> bytes:
    """The file and its write-ahead log."""
    name = str(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in (Path(name), Path(f"{name}-wal")) if path.exists())


def of_postgres() -> bytes:
    """The tables' files, dead rows in them, and the whole write-ahead log."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        for table in ("elections_box", "elections_elector", "elections_poll", "audit_entry"):
            cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath(%s))", [table])
            found.append(bytes(cursor.fetchone()[0]))
        cursor.execute("SELECT name FROM pg_ls_waldir() ORDER BY name")
        for (name,) in cursor.fetchall():
            cursor.execute("SELECT pg_read_binary_file(%s, 0, 33554432, true)", [f"pg_wal/{name}"])
            found.append(bytes(cursor.fetchone()[0] or b""))
    return b"".join(found)


def rows_in_order(table: str, poll: Poll, column: str = "membership_id") -> list[int]:
    """One column of a vote's rows in the order in which they were last written, as the database itself numbers them."""
    # The lines of the roll are written anew as their members vote; rowids and transactions tell when.
    order = "xmin::text::bigint, ctid" if ON_POSTGRES else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE poll_id = %s ORDER BY {order}", [poll.pk])
        return [row[0] for row in cursor.fetchall()]
