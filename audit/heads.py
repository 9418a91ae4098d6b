"""What this machine remembers of the record, in a file beside the database: how far each chain had come, and its head.

A database that was put back from a backup has come less far. That is no crime, but it must be said in the record
itself (domain, section 4.12); a tail that somebody cut off shows in the same way.
"""

import json
from pathlib import Path
from typing import NamedTuple

from audit.models import Chain, Entry


class Head(NamedTuple):
    """How far a chain had come, and the seal of its last entry then."""

    length: int
    seal: str


def remember(path: Path) -> None:
    """Write down how far every chain has come. Safe to call often; a reader never finds half a file."""
    heads = {row.name: Head(row.length, row.head) for row in Chain.objects.exclude(length=0)}
    part = path.with_suffix(".part")
    part.write_text(json.dumps(heads))
    part.replace(path)


def remembered(path: Path) -> dict[str, Head]:
    """What was written down last; nothing where the file is missing or is not ours."""
    try:
        found = json.loads(path.read_text())
        return {str(name): Head(int(length), str(seal)) for name, (length, seal) in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def fallen_back(path: Path) -> dict[str, Head]:
    """The chains that no longer hold the head that is remembered of them."""
    return {
        name: head
        for name, head in remembered(path).items()
        if not Entry.objects.filter(chain=name, number=head.length, seal=head.seal).exists()
    }
