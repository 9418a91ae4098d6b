"""Which files are lost for good, as an operator said: they ring no alarm, so that the next one that is lost does.

A note in the key store itself, beside the files. It holds their names, which tell nobody who, and no key.
"""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from crisisplans.keystore import key_files

NOTE = ".lost-for-good"


def names() -> frozenset[str]:
    """The names that were given up. Raises OSError."""
    with suppress(FileNotFoundError):
        return frozenset(_path().read_text().split())
    return frozenset()


def note(more: Collection[str]) -> None:
    """Give these up as well. Called by the operator's command. Raises OSError."""
    with key_files.held():
        _write(names() | frozenset(more))


def forget(some: Collection[str]) -> None:
    """Let these ring the alarm again: their files came back, or their plans were erased. Raises OSError."""
    if not names().isdisjoint(some):
        with key_files.held():
            _write(names() - frozenset(some))


def _write(all_of_them: Collection[str]) -> None:
    key_files.put_whole(_path(), "\n".join(sorted(all_of_them)).encode())


def _path() -> Path:
    return Path(settings.PLAN_KEYS) / NOTE
