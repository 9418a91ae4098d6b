"""The command line: what it understands, and one clear line for each thing that stands in the way."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from peernet import cli
from peernet.commands import Stop
from peernet.embedded import lock, port

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_no_command_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main([])
    assert ended.value.code == 2


@pytest.mark.parametrize("number", ["0", "65536", "-1", "eight", "٨", ""])
def test_run_with_a_port_that_is_none_is_not_understood(number: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["run", f"--port={number}"])
    assert ended.value.code == 2


def test_run_on_a_taken_port_says_so_in_one_line(
    taken_port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PEERNET_DATA", str(tmp_path))
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert cli.main(["run", "--port", str(taken_port)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [f"Port {taken_port} is taken by another program. Choose another one: make run PORT=8123"]


def test_run_where_nothing_can_be_written_says_so_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PEERNET_DATA", str(tmp_path / "file" / "below"))
    assert cli.main(["run", "--port", "8123"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "Nothing can be written in" in said[0]


def test_lock_of_a_folder_is_held_by_one(tmp_path: Path) -> None:
    held = lock.take(tmp_path, "http://localhost:8000")
    with pytest.raises(Stop, match=r"already running on this data .*http://localhost:8000"):
        lock.take(tmp_path, "http://localhost:8001")
    held.close()
    lock.take(tmp_path, "http://localhost:8001").close()


def test_port_is_listened_on_by_nobody_before_the_site_is_ready() -> None:
    with port.take(0) as listener, socket.socket() as caller:
        assert caller.connect_ex(listener.getsockname()) != 0


def test_keys_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    environment = {**os.environ, "PEERNET_DATA": str(tmp_path)}
    subprocess.run([sys.executable, "-c", "import peernet.settings"], cwd=ROOT, env=environment, check=True, timeout=60)
    for name in ("secret", "record"):
        assert stat.S_IMODE((tmp_path / "keys" / name).stat().st_mode) == 0o600


def test_a_named_key_file_that_is_missing_is_one_line_and_never_made(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PEERNET_DATA": str(tmp_path),
        "PEERNET_SECRET_KEY_FILE": str(tmp_path / "mistyped"),
    }
    done = subprocess.run(
        [sys.executable, "-m", "peernet.cli", "migrate"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "mistyped" in done.stderr
    assert not (tmp_path / "mistyped").exists()
