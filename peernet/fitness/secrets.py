"""The keys: each in a file that only the site can read, and never beside the database."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

KEY_FILES = {
    "PEERNET_SECRET_KEY_FILE": "keys/secret",
    "PEERNET_RECORD_KEY_FILE": "keys/record",
    "PEERNET_PUSH_KEY_FILE": "keys/push",
    "PEERNET_PLAN_KEY_FILE": "keys/plan",
}
# Keys that may lie in the environment, where there is no file to look at.
INSTEAD = {"PEERNET_PLAN_KEY_FILE": "PEERNET_PLAN_KEY"}


def keys_are_kept_apart() -> Iterator[str]:
    """A key that others can read, or that the site made by itself, is none."""
    for variable, default in KEY_FILES.items():
        if os.environ.get(INSTEAD.get(variable, "")):
            continue
        named = os.environ.get(variable)
        path = Path(named) if named else Path(settings.DATA_DIR) / default
        if not named:
            yield f"{variable} is not set, so the key lies in the data folder, where a copy of the data takes it along."
        # The ring of plans is made when the first word is sealed.
        if path.exists():
            yield from open_to_others(path)
    for variable in ("PEERNET_MAIL_PASSWORD_FILE", "PEERNET_DATABASE_PASSWORD_FILE"):
        if named := os.environ.get(variable):
            yield from open_to_others(Path(named))


def election_keys_are_in_no_backup() -> Iterator[str]:
    """A copy of a vote's key, with any copy of its box, tells who voted how (safety checks, 4.1)."""
    folder = Path(settings.ELECTION_KEYS)
    if not os.environ.get("PEERNET_ELECTION_FOLDER"):
        yield (
            "PEERNET_ELECTION_FOLDER is not set, so the keys of votes lie in the data folder, "
            "where a copy of the data takes them along."
        )
    if folder.is_dir():
        yield from open_to_others(folder)


def open_to_others(path: Path) -> Iterator[str]:
    """A finding where others on this machine can read a file or folder."""
    mode = path.stat().st_mode
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        theirs = "700" if stat.S_ISDIR(mode) else "600"
        yield f"{path} can be read by others on this machine: chmod {theirs} {path}"
