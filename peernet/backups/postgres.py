"""Copying a PostgreSQL database out at one moment, and putting one in its place, with PostgreSQL's own programs.

A backup is put into a schema of its own, worked on there, and then changes names with the empty one in one step. From
the beginning to that step there is nothing in `public`, so a process that was left running can serve nothing.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from peernet.backups import PASSING

NAME = "postgresql"
READ = 256 * 1024
BEFORE, STAGED = "peernet_before", "peernet_restoring"


class Trouble(Exception):
    """One of PostgreSQL's programs is missing or failed; says which, in one line without content."""


def server_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0]


def program(name: str) -> str:
    """Return where a program of the server's own major version lies. Raises `Trouble`."""
    wanted = server_version().split(".")[0]
    for place in (shutil.which(name), f"/usr/lib/postgresql/{wanted}/bin/{name}"):
        if place and Path(place).exists() and _major(place) == wanted:
            return place
    raise Trouble(
        f"There is no {name} of PostgreSQL {wanted} here, as the server is (Debian: postgresql-client-{wanted})."
    )


def _major(path: str) -> str:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout  # noqa: S603
    found = re.search(r"\) (\d+)", said)
    return found.group(1) if found else ""


def _environment() -> dict[str, str]:
    """How these programs find the database: the password in the environment, not on the command line."""
    told = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    found = {variable: str(told[name]) for variable, name in names.items() if told[name]}
    if ssl := told["OPTIONS"].get("sslmode"):
        found["PGSSLMODE"] = ssl
    # Nothing of ours: the key ring of plans may lie in the environment.
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PEERNET_")}
    return {**bare, **found, "PGOPTIONS": ""}


@contextmanager
def one_moment() -> Iterator[str]:
    """Everything asked within sees the database as at one moment; gives that moment's name, for `dumped`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dumped(moment: str) -> Iterator[bytes]:
    """The whole database as of that moment, compressed, in pg_dump's custom format. Raises `Trouble`."""
    without = (f"--exclude-table-data=public.{table}" for table in PASSING)
    command = [program("pg_dump"), "-w", "-Fc", "-O", "-x", "-n", "public", *without, f"--snapshot={moment}"]
    with _running(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        while part := process.stdout.read(READ):
            yield part


@contextmanager
def _running(command: list[str], **pipes: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=_environment(), stderr=subprocess.PIPE, **pipes)  # noqa: S603
    said: list[bytes] = []
    assert process.stderr
    listener = threading.Thread(target=lambda: said.extend(process.stderr or ()))
    listener.start()
    try:
        yield process
    except BaseException:
        process.kill()
        raise
    finally:
        for pipe in (process.stdin, process.stdout):
            if pipe and not pipe.closed:
                _close(pipe)
        ended = process.wait()
        listener.join()
        process.stderr.close()
    if ended:
        # The first line names the trouble; what follows may quote rows.
        first = (said or [b""])[0].decode(errors="replace").strip()[:200]
        raise Trouble(f"{Path(command[0]).name} failed: {first}")


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


class Place:
    """Where the database lies, and how another one comes there."""

    def is_empty(self) -> bool:
        """Whether nobody is in the database, nor in what an unfinished restore has put aside."""
        return not any(_somebody_in(schema) for schema in ("public", BEFORE))

    def begin(self) -> None:
        """Put aside what is there, so that nothing is served from now on. Raises `Trouble`."""
        program("psql"), program("pg_restore")
        aside = _exists(BEFORE)
        if aside and _tables_in("public"):
            raise Trouble(f"There are tables both in public and in {BEFORE}: somebody has to look which are right.")
        steps = [f"DROP SCHEMA IF EXISTS {STAGED} CASCADE"]
        if not aside:
            steps += [f"ALTER SCHEMA public RENAME TO {BEFORE}", *_NEW_PUBLIC]
        _all_or_nothing(steps)

    def stage(self, parts: Iterable[bytes]) -> None:
        """Restore into a schema of its own and let this process work on it there. Raises `Trouble`."""
        script = [program("pg_restore"), "-O", "-x", "-n", "public", "-f", "-"]
        with (
            _running(
                [program("psql"), "-X", "-q", "-w", "-v", "ON_ERROR_STOP=1"],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
            ) as psql,
        ):
            assert psql.stdin
            # Without the last line nothing of it stays: an end that comes too early is no COMMIT.
            psql.stdin.write(b"BEGIN;\n")
            with _running(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as restore:
                _feed(restore, parts, psql.stdin)
            psql.stdin.write(f"ALTER SCHEMA public RENAME TO {STAGED};\n{';'.join(_NEW_PUBLIC)};\nCOMMIT;\n".encode())
        _use(STAGED)

    def put_in_place(self) -> None:
        """The staged one becomes the database, in one step."""
        _use("public")
        _all_or_nothing(
            [
                "DROP SCHEMA public CASCADE",
                f"ALTER SCHEMA {STAGED} RENAME TO public",
                "GRANT USAGE ON SCHEMA public TO PUBLIC",
                f"DROP SCHEMA IF EXISTS {BEFORE} CASCADE",
            ]
        )

    def give_up(self) -> None:
        """Leave the database as it was before."""
        steps = [f"DROP SCHEMA IF EXISTS {STAGED} CASCADE"]
        if _exists(BEFORE):
            if _tables_in("public"):
                raise Trouble(f"There are tables both in public and in {BEFORE}: somebody has to look which are right.")
            steps += ["DROP SCHEMA public CASCADE", f"ALTER SCHEMA {BEFORE} RENAME TO public"]
        _all_or_nothing(steps)


_NEW_PUBLIC = ["CREATE SCHEMA public", "GRANT USAGE ON SCHEMA public TO PUBLIC"]


def half_restored() -> bool:
    """Whether a restore was begun on this database and is not done: asked by every process before it serves."""
    return _exists(BEFORE) or _exists(STAGED)


def _feed(restore: "subprocess.Popen[bytes]", parts: Iterable[bytes], out: IO[bytes]) -> None:
    """Give pg_restore the backup and pass its script on, both at once: neither fits in memory."""
    faults: list[BaseException] = []

    def give() -> None:
        try:
            for part in parts:
                restore.stdin.write(part)  # type: ignore[union-attr]
        except BrokenPipeError:
            return  # it has ended, and says why itself
        except BaseException as fault:
            faults.append(fault)
            restore.kill()
        finally:
            _close(restore.stdin)  # type: ignore[arg-type]

    giver = threading.Thread(target=give)
    giver.start()
    assert restore.stdout
    shutil.copyfileobj(restore.stdout, out, READ)
    giver.join()
    if faults:
        raise faults[0]


def _exists(schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = %s)", [schema])
        return cursor.fetchone()[0]


def _tables_in(schema: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = %s", [schema])
        return cursor.fetchone()[0]


def _somebody_in(schema: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [f"{schema}.people_person"])
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {schema}.people_person)")  # noqa: S608 - our own two names
        return cursor.fetchone()[0]


@transaction.atomic
def _all_or_nothing(steps: list[str]) -> None:
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(step)


def _use(schema: str) -> None:
    connection.close()
    options = {k: v for k, v in connection.settings_dict["OPTIONS"].items() if k != "options"}
    connection.settings_dict["OPTIONS"] = {**options, "options": f"-c search_path={schema}"}
