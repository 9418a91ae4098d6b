"""What lies beside each backup and says what it is: a small JSON file, without a word or a name of anybody."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FORMAT = 1
ENDING = ".manifest.json"
READ = 1024 * 1024


class NoManifest(Exception):
    """There is no manifest that could be read; says why in one line."""


@dataclass(frozen=True)
class Manifest:
    """One backup: its file, what it holds, and how far the record and the erasure list had come."""

    file: str
    made_at: str
    database: str  # "sqlite" or "postgresql"
    version: str
    migrations: list[str]
    length: int
    sha256: str
    sealed_with: str  # the key's id, "" for a plain one
    heads: dict[str, list[int | str]]
    erasures: int
    server: str = ""
    format: int = FORMAT

    @property
    def at(self) -> datetime:
        """When it was made, UTC."""
        return datetime.fromisoformat(self.made_at)

    def written(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode() + b"\n"


def stem(at: datetime) -> str:
    """How the files of a backup made at this time are called, but for their ending."""
    return f"peernet-{at.astimezone(UTC):%Y%m%dT%H%M%S}Z"


def read(path: Path) -> tuple[Manifest, Path]:
    """The manifest and the backup's own file, given either of the two. Raises `NoManifest`."""
    if not path.name.endswith(ENDING):
        path = path.with_name(path.name.split(".")[0] + ENDING)
    try:
        told = json.loads(path.read_text())
        if told.get("format") != FORMAT:
            raise NoManifest(f"{path} is of another format: it takes a newer release of Peernet.")
        manifest = Manifest(**told)
    except FileNotFoundError:
        raise NoManifest(f"There is no {path}: a backup is its file and the manifest beside it.") from None
    except (OSError, ValueError, TypeError, AttributeError):
        raise NoManifest(f"{path} can't be read as a manifest.") from None
    return manifest, path.with_name(Path(manifest.file).name)


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with file.open("rb") as opened:
        while part := opened.read(READ):
            found.update(part)
    return found.hexdigest()
