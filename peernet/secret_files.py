"""Keys of the site, each in a file of its own outside the database."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_or_make(variable: str, default: Path) -> str:
    """Return the key in the file that `variable` names; without one, in `default`, made at the first start.

    A file named by the operator must exist: a mistyped path must not quietly make a second key.
    """
    named = os.environ.get(variable)
    if named:
        return Path(named).read_text().strip()
    try:
        return default.read_text().strip()
    except FileNotFoundError:
        return _make(default)


def named(variable: str) -> str:
    """Return what is in the file that `variable` names, or "" where it names none."""
    path = os.environ.get(variable)
    return Path(path).read_text().strip() if path else ""


def ring(variable: str, default: Path) -> list[str]:
    """Return the keys in that file, one a line: the first makes, the others still open what they made.

    Raises ImproperlyConfigured for a file without a key.
    """
    if keys := read_or_make(variable, default).split():
        return keys
    raise ImproperlyConfigured(f"{os.environ.get(variable) or default} holds no key.")


def later(variable: str, default: Path, *, or_in: str) -> Callable[[], str]:
    """Return what reads the keys in that file when they are needed: a process that needs none need not have them.

    Where the environment has them itself, in `or_in`, no file is looked for.
    """
    return lambda: os.environ.get(or_in, "").strip() or read_or_make(variable, default)


def _make(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_urlsafe(48)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker: one key for both
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key)
    return key
