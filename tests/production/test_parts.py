"""The small parts of an installation by themselves: the pages' worker at its end, calling a command again and again."""

import selectors
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from gunicorn.workers.gthread import ThreadWorker

from peernet.pages_worker import PagesWorker
from tests.ground.test_embedded import ROOT
from tests.production.machine import until


def taken_in_at_the_end(kind: type[ThreadWorker]) -> int:
    """How many of three who had connected are taken in by a worker that was told to end."""
    worker = kind.__new__(kind)
    taken = []
    with socket.socket() as listener, selectors.DefaultSelector() as poller:
        listener.bind(("127.0.0.1", 0))
        listener.listen(8)
        listener.setblocking(False)
        poller.register(listener, selectors.EVENT_READ)
        worker.alive, worker.sockets, worker.poller, worker._accepting = False, [listener], poller, True
        worker.accept = lambda there: taken.append(there.accept()[0])
        clients = [socket.create_connection(listener.getsockname()) for _ in range(3)]
        worker.set_accept_enabled(False)
        for line in (*clients, *taken):
            line.close()
    return len(taken)


def test_a_worker_at_its_end_takes_in_whoever_had_connected() -> None:
    assert taken_in_at_the_end(PagesWorker) == 3


def test_the_stock_worker_leaves_them_standing() -> None:
    assert taken_in_at_the_end(ThreadWorker) == 0


@pytest.mark.kill
@pytest.mark.parametrize(("command", "touched"), [("import sys", True), ("import sys; sys.exit(1)", False)])
def test_a_command_is_called_again_and_its_success_is_seen(tmp_path: Path, command: str, touched: bool) -> None:
    seen, pulse = tmp_path / "seen", tmp_path / "pulse"
    call = f"open({str(seen)!r}, 'a').write('x'); {command}"
    words = [sys.executable, str(ROOT / "deploy" / "again.py"), "0.1", str(pulse), sys.executable, "-c", call]
    with subprocess.Popen(words) as process:
        assert until(lambda: seen.exists() and len(seen.read_text()) >= 2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    assert pulse.exists() == touched


def test_an_old_pulse_is_no_pulse(tmp_path: Path) -> None:
    alive = [sys.executable, str(ROOT / "deploy" / "alive.py"), "younger", str(tmp_path / "pulse"), "60"]
    assert subprocess.run(alive, check=False).returncode == 1
    (tmp_path / "pulse").touch()
    assert subprocess.run(alive, check=False).returncode == 0
    assert subprocess.run([*alive[:-1], "0"], check=False).returncode == 1
