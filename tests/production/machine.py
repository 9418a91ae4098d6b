"""An installation as docker-compose.yml describes it, without Docker: the same commands, on paths and ports of a test.

Commands, settings and the proxy's configuration are read from the files that are handed to operators; only paths, ports
and the addresses of other services are put in their place. Every process is started and ended by its own number.
"""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.ground.test_embedded import ROOT, bare_environment
from tests.notices.mail_server import free_port

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("web-1", "web-2", "sockets-1", "sockets-2", "worker", "beat", "metrics")
HOST = "morning.example"


@dataclass
class Machine:
    """Where everything is on this machine, and what runs."""

    folder: Path
    database_url: str
    redis_url: str
    mail_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.https, self.http, self.up, self.figures = (free_port() for _ in range(4))
        for name in ("run", "state", "logs", "tmp", "backups", "key-backups", "secrets"):
            (self.folder / name).mkdir()
        # As an operator makes them; here one account reads them all.
        make = [sys.executable, str(ROOT / "deploy" / "make_secrets.py"), str(self.folder / "secrets")]
        subprocess.run(make, check=True, capture_output=True)
        make_certificate(self.folder / "secrets")
        self.places = {
            "/run/peernet": str(self.folder / "run"),
            "/var/lib/peernet": str(self.folder / "state"),
            "/run/secrets": str(self.folder / "secrets"),
            "/key-backups": str(self.folder / "key-backups"),
            "/backups": str(self.folder / "backups"),
            "/election-keys": str(self.folder / "election-keys"),
            "/plan-keys": str(self.folder / "plan-keys"),
            "/tmp": str(self.folder / "tmp"),
            "0.0.0.0:9464": f"127.0.0.1:{self.figures}",
        }

    def put_in_place(self, text: str, own: str = "") -> str:
        """Return a command or value with this machine's paths; what lies in /tmp is each process's own."""
        # In one go, so that a path of this machine, which lies in /tmp, is not taken for one of theirs.
        names = "|".join(re.escape(name) for name in self.places)

        def here(found: re.Match[str]) -> str:
            return self.places[found[1]] + (f"/{own}-" if found[1] == "/tmp" and found[2] else found[2])

        return re.sub(rf"(?<![\w./-])({names})(?![\w.-])(/?)", here, text)

    def environment(self, name: str) -> dict[str, str]:
        """The settings of a service, as the compose file has them."""
        given = {
            "PEERNET_HOSTS": HOST,
            "PEERNET_ADDRESS": f"https://{HOST}",
            "PEERNET_MAIL_HOST": "127.0.0.1",
            "PEERNET_MAIL_FROM": "post@morning.example",
        }
        told = {}
        for variable, value in SERVICES[name]["environment"].items():
            filled = re.sub(r"\$\{(\w+):?[-?]?([^}]*)\}", lambda found: given.get(found[1], found[2]), str(value))
            told[variable] = self.put_in_place(filled, name)
        told |= {
            "PEERNET_DATABASE_URL": self.database_url,
            "PEERNET_REDIS_URL": self.redis_url,
            "PEERNET_MAIL_PORT": str(self.mail_port),
            "PEERNET_MAIL_TLS": "none",
            "PEERNET_DATA": str(self.folder / "state"),
            "PEERNET_STATIC": str(self.folder / "static"),
            "DJANGO_SETTINGS_MODULE": "peernet.settings",
            "PYTHONPATH": str(ROOT),
            "WEB_CONCURRENCY": "1",
            # Celery warns, in lines of its own, of being root; in the image nobody is.
            "PYTHONWARNINGS": "ignore",
        }
        told.pop("PEERNET_MAIL_PASSWORD_FILE", None)
        if "@" in self.database_url and ":@" not in self.database_url:
            told.pop("PEERNET_DATABASE_PASSWORD_FILE", None)
        return {**bare_environment(), **told}

    def command(self, name: str) -> list[str]:
        """A service's command, run by this Python."""
        program, *words = shlex.split(self.put_in_place(SERVICES[name]["command"], name))
        if program in ("python", "nginx"):
            return [sys.executable if program == "python" else program, *words]
        return [sys.executable, "-m", {"peernet": "peernet.cli"}.get(program, program), *words]

    def python(self, *words: str) -> list[str]:
        return [sys.executable, *words]

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.txt"

    def call(self, name: str, *command: str) -> str:
        """Run a command to its end with a service's settings; return what it said."""
        done = subprocess.run(
            command or self.command(name),
            cwd=ROOT,
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self, name: str) -> None:
        """Start a service of ours, without waiting for it."""
        with self.log(name).open("ab") as said:
            self.processes[name] = subprocess.Popen(
                self.command(name), cwd=ROOT, env=self.environment(name), stdout=said, stderr=said
            )

    def end_all(self) -> None:
        """End everything; all of them are told first, so that the slow ones are slow together."""
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for name in list(self.processes):
            self.end(name)

    def end(self, name: str, number: int = signal.SIGTERM) -> int:
        """End a service and wait for it; return its exit code."""
        process = self.processes.pop(name)
        process.send_signal(number)
        try:
            return process.wait(45)
        except subprocess.TimeoutExpired:
            process.kill()
            raise

    def is_healthy(self, name: str) -> bool:
        """Ask a service's own health check."""
        test = SERVICES[name]["healthcheck"]["test"][1:]
        words = [self.put_in_place(word, name).replace(":9464", f":{self.figures}") for word in test]
        words[0] = sys.executable if words[0] == "python" else words[0]
        asked = subprocess.run(words, cwd=ROOT, env=self.environment(name), capture_output=True, check=False)
        return asked.returncode == 0

    def wait_for(self, name: str, seconds: float = 60) -> None:
        """Return when a service is healthy by its own check. Raises AssertionError if it ends or takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.is_healthy(name):
                return
            ended = self.processes[name].poll()
            assert ended is None, f"{name} ended with {ended}: {self.log(name).read_text()[-3000:]}"
            time.sleep(0.1)
        raise AssertionError(f"{name} is not healthy: {self.log(name).read_text()[-3000:]}")

    def restart(self, name: str) -> None:
        """As a rolling restart does it: end one, start it anew, wait until it is healthy."""
        self.end(name)
        self.start(name)
        self.wait_for(name)

    def said(self) -> dict[str, str]:
        """Every log, by its service."""
        return {path.stem: path.read_text(errors="replace") for path in (self.folder / "logs").iterdir()}

    def start_proxy(self) -> None:
        """Render the operators' own nginx.conf for this machine's paths and ports, and start it."""
        text = (ROOT / "deploy" / "nginx.conf").read_text()
        for there, here in {
            "/tmp/": f"{self.folder}/tmp/",  # first: this machine's own paths may lie there
            "listen 8443": f"listen 127.0.0.1:{self.https}",
            "listen 8080": f"listen 127.0.0.1:{self.http}",
            "listen 127.0.0.1:8081": f"listen 127.0.0.1:{self.up}",
            "/run/peernet/": f"{self.folder}/run/",
            "/run/secrets/": f"{self.folder}/secrets/",
            "/etc/peernet/pages": str(ROOT / "deploy" / "pages"),
            "/dev/stdout": str(self.log("proxy")),
        }.items():
            assert there in text, there
            text = text.replace(there, here)
        rendered = self.folder / "nginx.conf"
        # Here nginx may be called by root, whose helpers would then be somebody else.
        rendered.write_text(("user root;\n" if os.geteuid() == 0 else "") + text)
        with self.log("proxy-errors").open("ab") as said:
            command = ["nginx", "-c", str(rendered), "-g", "daemon off;"]
            self.processes["proxy"] = subprocess.Popen(command, stdout=said, stderr=said)
        wait_for_port(self.https, log=self.log("proxy-errors"))


def make_certificate(folder: Path) -> None:
    """A throwaway certificate for the test's own name."""
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj"
    names = [f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", str(folder / "tls_key"), "-out", str(folder / "tls_certificate")]
    subprocess.run([*command.split(), *names, *files], check=True, capture_output=True)


def wait_for_port(port: int, seconds: float = 30, log: Path | None = None) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"nothing listens on {port}: {log.read_text() if log else ''}")


class Redis:
    """A Redis of one's own, by the compose file's command, that can be taken away and brought back."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = shlex.split(SERVICES["redis"]["command"])
        with (self.folder / "redis.txt").open("ab") as said:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port), "--bind", "127.0.0.1"], cwd=self.folder, stdout=said
            )
        wait_for_port(self.port)

    def say(self, *words: str) -> str:
        command = ["redis-cli", "-h", "127.0.0.1", "-p", str(self.port), *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def end(self, number: int = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait(10)


def until(what: Callable[[], bool], seconds: float = 180) -> bool:
    """Ask again and again until it is so. The outbox's own sweep runs every 20 seconds, on a busy machine later."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.2)
    return False


def lines_of(text: str) -> list[dict[str, Any]]:
    """The log's lines as objects; raises ValueError for one that is none."""
    return [json.loads(line) for line in text.splitlines() if line]
