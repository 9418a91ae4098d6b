"""The installation of docker-compose.yml, process by process, driven through the proxy."""

import asyncio
import re
import socket
import ssl
import subprocess
import urllib.request
from pathlib import Path

import pytest
import websockets

from tests.production.conftest import Installation
from tests.production.machine import HOST, OURS, SERVICES

pytestmark = pytest.mark.production
# The cast is put in by hand, without its entries on the record, and without second steps.
OF_THE_CAST = re.compile(r"second step|caretaker|[Tt]he record: chain \S+ is gone")
THREAT = "I have the tablets here and I am going to kill myself tonight"


def curl(installation: Installation, *words: str) -> str:
    """Return the HTTP version, the status and where it leads."""
    machine = installation.machine
    where = ["--resolve", f"{HOST}:{machine.https}:127.0.0.1", "--cacert", f"{machine.folder}/secrets/tls_certificate"]
    told = ["-o", "/dev/null", "-w", "%{http_version} %{http_code} %{redirect_url}"]
    return subprocess.run(["curl", "-sS", *where, *told, *words], check=True, capture_output=True, text=True).stdout


def test_every_service_is_healthy_by_its_own_check(installation: Installation) -> None:
    assert {name for name in OURS if not installation.machine.is_healthy(name)} == set()


def test_pages_come_by_http_2_and_a_plain_request_is_led_to_https(installation: Installation) -> None:
    page = curl(installation, "--http2", f"https://{HOST}:{installation.machine.https}/accounts/login/")
    assert page.startswith("2 200")
    plain = curl(installation, "-H", f"Host: {HOST}", f"http://127.0.0.1:{installation.machine.http}/accounts/login/")
    assert plain == f"1.1 301 https://{HOST}/accounts/login/"


def test_old_tls_is_refused(installation: Installation) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(installation.machine.folder / "secrets" / "tls_certificate")
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    # Old on purpose: warned of, and refused by the proxy.
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.maximum_version = context.minimum_version = ssl.TLSVersion.TLSv1_1
    with socket.create_connection(("127.0.0.1", installation.machine.https)) as plain, pytest.raises(ssl.SSLError):
        context.wrap_socket(plain, server_hostname=HOST)


def test_somebody_signs_in_reads_writes_and_it_appears(installation: Installation) -> None:
    heron = installation.signed_in("heron")
    key = heron.form_key("/c/fellside/board/new/")
    answer = heron.post("/c/fellside/board/new/", {"title": "Kettle", "text": "The kettle is on", "form_key": key})
    assert answer.status == 200
    assert "The kettle is on" in answer.body
    due_now(installation)
    board = installation.signed_in("moss").get("/c/fellside/board/")
    assert "Kettle" in board.body


def due_now(installation: Installation) -> None:
    """Let the pause of everything that waits be over: its times are moved, not the clock."""
    earlier = "interval '2 hours'"
    installation.cluster.sql(
        "BEGIN; ALTER TABLE boards_post DISABLE TRIGGER USER;"
        f"UPDATE boards_post SET visible_at = visible_at - {earlier}, pause_ends_at = pause_ends_at - {earlier},"
        f" written_at = written_at - {earlier} WHERE visible_at > now();"
        f"UPDATE boards_thread SET shown_from = shown_from - {earlier} WHERE shown_from > now();"
        "ALTER TABLE boards_post ENABLE TRIGGER USER; COMMIT;"
    )


def test_a_plan_is_written_and_its_key_lies_in_the_key_store(installation: Installation) -> None:
    store = installation.machine.folder / "plan-keys"
    before = set(store.glob("*.keys"))
    moss = installation.signed_in("moss")
    moss.post("/my-plan/parts/well/", {"text": "I keep bees", "agreed": "on", "version": "0", "edition": "1"})
    assert "I keep bees" in moss.get("/my-plan/").body
    [file] = set(store.glob("*.keys")) - before
    assert file.stat().st_mode & 0o077 == 0
    assert "I keep bees" not in installation.cluster.sql("SELECT sealed FROM crisisplans_planversion")


def test_a_held_post_is_told_to_whoever_is_on_duty_by_mail(installation: Installation) -> None:
    before = len(installation.mail.taken)
    moss = installation.signed_in("moss")
    key = moss.form_key("/c/fellside/board/new/")
    moss.post("/c/fellside/board/new/", {"title": "Tonight", "text": THREAT, "form_key": key})
    installation.mail.got_one.clear()
    assert len(installation.mail.taken) > before or installation.mail.wait_for_a_mail(30)
    assert installation.mail.recipients[-1] == "canary.address@example.org"


def test_a_live_page_connects_through_the_proxy_and_a_stranger_is_refused(installation: Installation) -> None:
    cookies = installation.signed_in("heron").cookies
    header = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    context = ssl.create_default_context(cafile=str(installation.machine.folder / "secrets" / "tls_certificate"))

    async def connect(headers: dict[str, str], origin: str) -> bool:
        try:
            async with websockets.connect(
                f"wss://{HOST}/live/c/fellside/board/",
                sock=socket.create_connection(("127.0.0.1", installation.machine.https)),
                ssl=context,
                server_hostname=HOST,
                origin=origin,
                additional_headers=headers,
            ) as line:
                await line.ping()
                return True
        except (websockets.InvalidStatus, websockets.ConnectionClosed):
            return False

    assert asyncio.run(connect(header, f"https://{HOST}"))
    assert not asyncio.run(connect(header, "https://elsewhere.example"))


def test_files_come_packed_and_keep_for_ever(installation: Installation) -> None:
    page = installation.browser().get("/accounts/login/")
    file = re.search(r'href="(/static/[^"]+\.css)"', page.body)
    assert file
    answer = installation.browser().ask("GET", file[1], **{"Accept-Encoding": "gzip"})
    assert answer.status == 200
    assert "immutable" in answer.header("cache-control")
    assert answer.header("content-encoding") == "gzip"


def test_headers_come_once(installation: Installation) -> None:
    for path in ("/accounts/login/", "/nowhere/", "/healthz"):
        names = [
            name.lower() for name, _ in installation.browser().ask("GET", path).headers if name.lower() != "set-cookie"
        ]
        assert sorted(names) == sorted(set(names)), path
        assert "strict-transport-security" in names or path == "/healthz"
        assert "content-security-policy" in names


@pytest.mark.parametrize("path", ["/metrics", "/readyz", "/gallery/", "/admin/"])
def test_what_is_for_machines_is_not_on_the_net(installation: Installation, path: str) -> None:
    assert installation.browser().get(path).status == 404


def test_a_body_that_is_too_long_is_refused_by_the_proxy_with_help(installation: Installation) -> None:
    answer = installation.browser().ask("POST", "/accounts/login/", {"login": "x" * (8 * 1024 * 1024 + 1)})
    assert answer.status == 413
    assert "116 123" in answer.body
    assert answer.header("cache-control") == "no-store"


def test_forged_forwarding_headers_are_not_believed(installation: Installation) -> None:
    """Six wrong tries from one place, each saying it comes from another: the sixth is not looked at."""
    browser = installation.browser()
    browser.get("/accounts/login/")
    for number in range(6):
        claimed = f"192.0.2.{number}"
        forged = {"X-Forwarded-For": claimed, "X-Real-IP": claimed, "Forwarded": f"for={claimed}"}
        fields = {"login": "fern-of-the-cast-10", "password": "wrong wrong wrong"}
        answer = browser.ask("POST", "/accounts/login/", fields, **forged)
    assert answer.status == 429 or "minutes" in answer.body
    assert "wrong wrong" not in answer.body


def test_slow_clients_hold_nobody_up(installation: Installation) -> None:
    """Forty forms that never come to an end: the proxy keeps them to itself (ADR 0019)."""
    context = ssl.create_default_context(cafile=str(installation.machine.folder / "secrets" / "tls_certificate"))
    lines = []
    try:
        for _ in range(40):
            plain = socket.create_connection(("127.0.0.1", installation.machine.https))
            line = context.wrap_socket(plain, server_hostname=HOST)
            line.sendall(f"POST /help/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 4000\r\n\r\nlogin=".encode())
            lines.append(line)
        assert installation.browser().get("/accounts/login/").status == 200
    finally:
        for line in lines:
            line.close()


def test_the_figures_are_there_for_prometheus_alone(installation: Installation) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{installation.machine.figures}/metrics", timeout=10) as answer:
        said = answer.read().decode()
    assert re.search(r'^peernet_requests_total\{route="account_login",status="2xx"\} [1-9]', said, re.M)
    assert re.search(r'^peernet_job_age_seconds\{job="notices.send"\} \d', said, re.M)
    assert "peernet_database_answers 1.0" in said
    assert {name for line in said.splitlines() for name in re.findall(r'(\w+)="', line)} <= {
        "route", "status", "app", "le", "task", "outcome", "job",
    }  # fmt: skip


def test_the_backup_service_backs_up(installation: Installation) -> None:
    machine = installation.machine
    words = SERVICES["backup"]["command"].split()
    command = [machine.put_in_place(word) for word in words[words.index("peernet") + 1 :]]
    said = machine.call("backup", *machine.python("-m", "peernet.cli", *command))
    assert "Backed up" in said
    assert list(Path(machine.put_in_place("/backups")).iterdir())
    assert list(Path(machine.put_in_place("/key-backups")).iterdir())


def test_check_finds_nothing_amiss_but_what_a_test_lacks(installation: Installation) -> None:
    machine = installation.machine
    done = subprocess.run(
        machine.python("-m", "peernet.cli", "check"),
        env=machine.environment("web-1"), capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    amiss = [line for line in done.stdout.splitlines() if line.startswith("Not yet") and not OF_THE_CAST.search(line)]
    assert amiss == []
