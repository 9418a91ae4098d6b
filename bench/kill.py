"""kill -9 on the real server while members post over HTTP (safety checks 5.1): 200 kills, or as many as are named.

`python bench/kill.py [KILLS]`. After each start the forms that had no answer are sent once more, as a browser would.
Prints the figures, writes them to bench/results/kill.json, and ends with 1 if anything acknowledged was lost, is there
in part or twice, or the record broke.
"""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(__file__).parent / "results" / "kill.json"
MEMBERS = ("heron", "moss", "fern", "clover")
NEW = "/c/fellside/board/new/"
SEED = 51
LOOK = """
import django, json; django.setup()
from boards.models import Post
from tests.boards.whole import in_part
rows = Post.objects.filter(title__startswith="Round ").values_list("title", "text")
print(json.dumps({"posts": list(rows), "in_part": in_part()}))
"""


@dataclass
class Form:
    """A form as it was filled in; the same again is the same post."""

    number: int
    fields: dict[str, str]
    acknowledged: bool = False


@dataclass
class Member:
    """Somebody's browser, which keeps its sign-in over every restart."""

    name: str
    address: str
    jar: CookieJar = field(default_factory=CookieJar)
    forms: list[Form] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open

    def get(self, path: str) -> str:
        with self._open(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Send a form with this browser's token; return where it led."""
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken") or ""
        body = urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        request = urllib.request.Request(self.address + path, body, {"Referer": self.address + path})
        with self._open(request, timeout=20) as answer:
            answer.read()
            return answer.url

    def sign_in(self, login: str, password: str) -> None:
        self.get("/accounts/login/")
        self.post("/accounts/login/", {"login": login, "password": password})

    def write(self, number: int) -> None:
        """Fill in a new form and send it."""
        key = re.search(r'name="form_key" value="([^"]+)"', self.get(NEW))
        if not key:
            raise RuntimeError("the writing page has no form")
        words = f"Round {number} by {self.name}"
        self.forms.append(Form(number, {"title": words, "text": words, "form_key": key[1]}))
        self.send(self.forms[-1])

    def send(self, form: Form) -> None:
        form.acknowledged = "/waiting/" in self.post(NEW, form.fields)

    def go_on(self, stop: threading.Event) -> None:
        """Send again what had no answer, then new ones, until the server is gone."""
        try:
            for form in self.forms:
                if not form.acknowledged:
                    self.send(form)
            while not stop.is_set():
                self.write(len(self.forms))
        except (urllib.error.URLError, OSError):
            return  # killed


class Site:
    """The real server in a folder of its own."""

    def __init__(self, folder: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = Path(folder) / "said.txt"
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
        self.environment |= {
            "PEERNET_DATA": folder,
            "DJANGO_SETTINGS_MODULE": "peernet.settings",
            "PYTHONPATH": str(ROOT),
        }

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def ask(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout

    @contextmanager
    def served(self) -> Iterator[subprocess.Popen[bytes]]:
        """A running server, killed without warning at the end."""
        command = [sys.executable, "-m", "peernet.cli", "run", "--port", str(self.port)]
        with (
            self.log.open("wb") as said,
            subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=said, stderr=said) as process,
        ):
            try:
                self._wait(process)
                yield process
            finally:
                process.send_signal(signal.SIGKILL)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        for _ in range(1200):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}: {self.log.read_text()}")
            try:
                urllib.request.urlopen(f"{self.address}/healthz", timeout=5).close()
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
            else:
                return
        raise RuntimeError("the server did not answer within two minutes")


def members_of(site: Site) -> list[Member]:
    """Sign everybody in, by the demo's own names and password."""
    demo = json.loads(site.ask("-m", "peernet.cli", "demo", "--json"))
    known = {person["key"]: person for person in demo["people"]}
    members = [Member(name, site.address) for name in MEMBERS]
    for member in members:
        member.sign_in(known[member.name]["sign_in_name"], known[member.name]["password"])
        if "<h1>" not in member.get(NEW):
            raise RuntimeError(f"{member.name} is not signed in")
    return members


def post_until_killed(members: list[Member], server: subprocess.Popen[bytes], seconds: float) -> None:
    """Let everybody post at once, and kill the server after so long."""
    stop = threading.Event()
    threads = [threading.Thread(target=member.go_on, args=(stop,)) for member in members]
    for thread in threads:
        thread.start()
    stop.wait(seconds)
    server.send_signal(signal.SIGKILL)
    for thread in threads:
        thread.join()


def faults(site: Site, members: list[Member]) -> list[str]:
    there = json.loads(site.ask("-c", LOOK))
    found = list(there["in_part"])
    texts = [text for title, text in there["posts"] if title == text]
    found += [f"title and text of different posts: {row}" for row in there["posts"] if row[0] != row[1]]
    found += [f"doubled: {text}" for text in set(texts) if texts.count(text) > 1]
    stored = set(texts)
    for member in members:
        for form in member.forms:
            if form.acknowledged and form.fields["text"] not in stored:
                found.append(f"lost: {form.fields['text']}")
    return found


def main(kills: int) -> int:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(folder)
        with site.served():
            members = members_of(site)
        for _ in range(kills):
            with site.served() as server:
                post_until_killed(members, server, chance.uniform(0.05, 1.5))
        found = faults(site, members)
    sent = sum(len(member.forms) for member in members)
    stored = sum(form.acknowledged for member in members for form in member.forms)
    figures = {"kills": kills, "forms_sent": sent, "acknowledged": stored, "faults": found}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(figures, indent=2) + "\n")
    print(f"{kills} kills, {sent} forms sent, {stored} acknowledged, {len(found)} faults")
    print(*found, sep="\n")
    return 1 if found or stored < kills else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
