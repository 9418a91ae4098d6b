"""The site made ready for a command: its data folder, its settings, its database; each trouble one clear line."""

import os
import tempfile
from pathlib import Path

from peernet.commands import Stop


def open_site() -> None:
    """Load the settings and the apps. Raises `Stop` if the data folder or a key file can't be used."""
    import django

    need_data_folder()
    try:
        django.setup()
    except OSError as fault:  # a key or password file named in the settings
        raise Stop(f"{fault.filename}: {fault.strerror}. Look at the PEERNET_…_FILE settings.") from None


def need_database() -> None:
    """Raise `Stop` unless the database answers."""
    from django.conf import settings
    from django.db import Error, connection

    try:
        connection.ensure_connection()
    except Error:
        place = settings.DATABASES["default"]
        name = place["NAME"] if connection.vendor == "sqlite" else f"{place['HOST'] or 'this machine'}"
        raise Stop(f"The database can't be reached ({name}). Look at PEERNET_DATABASE_URL.") from None


def need_tables() -> None:
    """Raise `Stop` unless the database answers and is as this version wants it."""
    need_database()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Stop("The database is not up to date yet. First: peernet migrate")


def need_data_folder() -> Path:
    """Return the folder of this site's own data, as the settings find it. Raises `Stop` if it can't be written in."""
    beside_the_code = Path(__file__).resolve().parent.parent.parent / "var"
    folder = Path(os.environ.get("PEERNET_DATA") or beside_the_code).resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as fault:
        raise Stop(
            f"Nothing can be written in {folder} ({fault.strerror}). "
            "Choose a folder that is yours: PEERNET_DATA=/some/folder"
        ) from None
