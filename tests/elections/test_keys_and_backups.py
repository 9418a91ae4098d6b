"""No backup of the site holds an election key, nor anything that opens a box (safety checks, 4.1)."""

import os
import zlib
from pathlib import Path

import pytest
from django.conf import settings

import clock
from elections import keys
from peernet.backups import making
from peernet.fitness.secrets import KEY_FILES
from tests.cast import Cast
from tests.elections.votes import fresh, opened, votes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with everything in its default place, the election keys among it."""
    folder = tmp_path / "data"
    (folder / "keys").mkdir(parents=True)
    for variable, default in KEY_FILES.items():
        monkeypatch.delenv(variable, raising=False)
        (folder / default).write_text(f"{variable}-of-a-test")
    monkeypatch.setattr(settings, "DATA_DIR", folder)
    monkeypatch.setattr(settings, "ELECTION_KEYS", folder / "election-keys")
    return folder


def test_copies_of_keys_leave_the_election_keys_where_they_are(cast: Cast, data: Path, tmp_path: Path) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]))
    key = keys.read(poll.key_name)
    place = making.copy_keys(tmp_path / "copies", clock.now())
    copied = [path for path in place.rglob("*") if path.is_file()]
    assert {path.name for path in copied} == {
        *(Path(name).name for name in KEY_FILES.values()),
        "plan-keys",
        "erasures",
    }
    assert not [path for path in copied if key in path.read_bytes()]
    assert (data / "election-keys" / f"{poll.key_name}.key").exists()


@pytest.mark.sqlite_only
def test_backup_of_an_open_vote_holds_its_box_and_not_its_key(cast: Cast, data: Path, tmp_path: Path) -> None:
    poll = opened(cast)
    votes(poll, (cast.heron, [0]))
    key = keys.read(poll.key_name)
    making.make(tmp_path / "backups", None, clock.now())
    [file] = (tmp_path / "backups").glob("*.backup")
    held = zlib.decompress(file.read_bytes(), wbits=31)
    assert bytes(fresh(poll).box.sealed) in held
    assert key not in held
    assert key.hex().encode() not in held


def test_no_file_that_a_backup_takes_lies_in_the_folder_of_the_election_keys() -> None:
    folder = Path(settings.ELECTION_KEYS)
    taken = [Path(os.environ.get(variable) or settings.DATA_DIR / name) for variable, name in KEY_FILES.items()]
    assert not [path for path in [*taken, Path(settings.ERASURE_FILE)] if folder in path.parents]
