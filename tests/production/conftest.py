"""One whole installation for all tests here: a database and a Redis of their own, every process, the proxy in front."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.notices.mail_server import MailServer, free_port
from tests.production.browser import Browser
from tests.production.machine import OURS, SERVICES, Machine, Redis, wait_for_port

BIN = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))[-1:]


def let_through(folder: Path) -> None:
    """Let the database's account come as far as its own folder."""
    for path in (folder, *folder.parents):
        if path.stat().st_uid == os.geteuid() and not path.stat().st_mode & 0o001:
            path.chmod(path.stat().st_mode | 0o011)


class Cluster:
    """PostgreSQL with the compose file's settings, that can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        folder.mkdir(mode=0o700)
        # PostgreSQL refuses to run as root.
        is_root = os.geteuid() == 0
        self.as_owner = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if is_root else []
        if is_root:
            let_through(folder.parent)
            shutil.chown(folder, "postgres", "postgres")
        data = str(folder / "data")
        self.call("initdb", "-D", data, "-U", "peernet", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8")
        self.log = folder.parent / "database.txt"
        self.process: subprocess.Popen[bytes] | None = None
        self.start()
        self.call("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "peernet", "peernet")

    @property
    def url(self) -> str:
        return f"postgres://peernet@127.0.0.1:{self.port}/peernet"

    def call(self, program: str, *words: str) -> str:
        command = [*self.as_owner, str(BIN[0] / program), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd="/").stdout

    def start(self) -> None:
        told = SERVICES["database"]["command"].split()[1:]
        where = ["-D", str(self.folder / "data"), "-h", "127.0.0.1", "-p", str(self.port), "-k", ""]
        # Nothing here has to outlive the run, so nothing waits for the disk.
        quick = ["-c", "fsync=off", "-c", "synchronous_commit=off"]
        with self.log.open("ab") as said:
            command = [*self.as_owner, str(BIN[0] / "postgres"), *where, *told, *quick]
            self.process = subprocess.Popen(command, stdout=said, stderr=said, cwd="/")
        wait_for_port(self.port)
        while "accepting" not in self._ready():
            pass

    def _ready(self) -> str:
        command = [str(BIN[0] / "pg_isready"), "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    def end(self) -> None:
        """At once, as a restart does: whoever is in the middle of something is cut off."""
        assert self.process
        self.process.send_signal(2)
        self.process.wait(30)

    def sql(self, words: str) -> str:
        return self.call(
            "psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", "peernet", "-d", "peernet", "-Atc", words
        ).strip()


@dataclass
class Installation:
    """Everything that runs."""

    machine: Machine
    cluster: Cluster
    mail: MailServer
    redis: Redis

    def browser(self) -> Browser:
        return Browser(self.machine.https, self.machine.folder / "secrets" / "tls_certificate")

    def signed_in(self, key: str) -> Browser:
        from tests.cast import PASSWORD

        browser = self.browser()
        answer = browser.sign_in(f"{key}-of-the-cast-10", PASSWORD)
        assert answer.status == 200, answer.body[:2000]
        return browser


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    cluster, mail, redis = Cluster(folder / "postgres"), MailServer(), Redis(folder)
    machine = Machine(folder, cluster.url, redis.url, mail.port)
    try:
        machine.call("migrate")
        machine.call("web-1", *machine.python("-m", "django", "collectstatic", "--noinput"))
        machine.call("web-1", *machine.python("-m", "tests.production.people"))
        for name in OURS:
            machine.start(name)
        for name in OURS:
            machine.wait_for(name)
        machine.start_proxy()
        yield Installation(machine, cluster, mail, redis)
        machine.end_all()
    finally:
        for process in machine.processes.values():
            process.kill()
            process.wait()
        redis.end()
        cluster.end()
        mail.end()
