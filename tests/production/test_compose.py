"""What docker-compose.yml promises of each service, held against the file, the guide and the commands there are."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from peernet.cli import parser
from tests.docs.test_operators_guide import rows
from tests.ground.test_embedded import ROOT
from tests.production.machine import COMPOSE, SERVICES

ONE_OFF = {"migrate"}
FROM_ELSEWHERE = {"database", "redis", "proxy"}
OURS = set(SERVICES) - FROM_ELSEWHERE
OPERATORS = {
    "PEERNET_HOSTS": "peernet.example",
    "PEERNET_ADDRESS": "https://peernet.example",
    "PEERNET_MAIL_HOST": "mail.example",
    "PEERNET_MAIL_FROM": "post@peernet.example",
}


def config(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = ["docker-compose", "--project-directory", str(ROOT), "--file", str(ROOT / "docker-compose.yml"), "config"]
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", **settings}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.production
def test_compose_itself_understands_the_file() -> None:
    done = config(OPERATORS)
    assert done.returncode == 0, done.stderr
    assert set(re.findall(r"^  ([a-z0-9-]+):$", done.stdout.partition("services:")[2], re.M)) >= set(SERVICES)


@pytest.mark.production
@pytest.mark.parametrize("missing", OPERATORS)
def test_compose_says_which_setting_is_missing(missing: str) -> None:
    done = config({name: value for name, value in OPERATORS.items() if name != missing})
    assert done.returncode != 0
    assert missing in done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_service_has_no_more_power_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    user, _, group = service["user"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert not {"privileged", "cap_add", "devices", "network_mode", "pid", "ipc"} & set(service)
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


@pytest.mark.parametrize("name", SERVICES)
def test_service_has_limits_and_comes_back_and_says_how_it_is(name: str) -> None:
    service = SERVICES[name]
    assert service["mem_limit"]
    assert float(service["cpus"]) > 0
    assert service["pids_limit"] > 0
    assert service["logging"]["options"]["max-size"]
    assert service["stop_grace_period"]
    assert service["restart"] == ("no" if name in ONE_OFF else "unless-stopped")
    assert name in ONE_OFF or service["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", SERVICES)
def test_secrets_are_files_and_none_is_in_the_settings(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    for variable, value in service.get("environment", {}).items():
        if re.search(r"KEY|PASSWORD|SECRET", variable):
            assert variable.endswith("_FILE")
            assert Path(value).parent == Path("/run/secrets")
            assert Path(value).name in service["secrets"], f"{name}: {variable}"


def test_every_secret_is_a_file_that_the_tool_makes_or_asks_for(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    for _ in range(2):  # the second time it changes nothing
        before = {path.name: path.read_text() for path in folder.iterdir()} if folder.exists() else None
        said = subprocess.run(
            ["python3", str(ROOT / "deploy" / "make_secrets.py"), str(folder)],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert before in (None, {path.name: path.read_text() for path in folder.iterdir()})
    assert {path.name for path in folder.iterdir()} == set(COMPOSE["secrets"])
    assert {told["file"] for told in COMPOSE["secrets"].values()} == {
        f"./secrets/{name}" for name in COMPOSE["secrets"]
    }
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        assert (path.stat().st_size == 0) == (str(path) in said)


def networks(name: str) -> set[str]:
    return set(SERVICES[name]["networks"])


def test_the_proxy_reaches_no_database_and_only_the_worker_reaches_out() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert not networks("proxy") & (networks("database") | networks("redis"))
    out = {
        name for name in SERVICES if not all((COMPOSE["networks"][net] or {}).get("internal") for net in networks(name))
    }
    assert out == {"proxy", "worker"}
    assert {name for name in SERVICES if "ports" in SERVICES[name]} == {"proxy"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_command_of_ours_is_understood(name: str) -> None:
    words = shlex.split(SERVICES[name]["command"])
    if words[:2] == ["python", "deploy/again.py"]:
        assert (ROOT / words[1]).is_file()
        words = words[4:]
    if words[0] == "peernet":
        assert parser().parse_args(words[1:])
    elif words[0] == "gunicorn":
        assert (ROOT / words[words.index("--config") + 1]).is_file()
    else:
        assert words[:4] == ["celery", "--quiet", "--app", "peernet"]


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_setting_is_in_the_guide(name: str) -> None:
    assert {variable for variable in SERVICES[name]["environment"] if variable.startswith("PEERNET_")} <= set(rows())


def test_settings_of_all_processes_are_the_same_but_for_their_own_places() -> None:
    own = {"PEERNET_METRICS_FOLDER", "PEERNET_PULSE_FILE", "PEERNET_BACKUP_KEY_FILE", "PEERNET_PLAN_KEY_FILE"}
    shared = [{k: v for k, v in SERVICES[name]["environment"].items() if k not in own} for name in OURS]
    assert all(settings == shared[0] for settings in shared)


def test_election_keys_are_shared_by_those_who_take_and_count_votes_and_by_no_backup() -> None:
    [folder] = {SERVICES[name]["environment"]["PEERNET_ELECTION_FOLDER"] for name in OURS}
    holders = {name for name in OURS if any(volume.split(":")[1] == folder for volume in SERVICES[name]["volumes"])}
    assert holders == {"web-1", "web-2", "worker"}


def test_keys_of_plans_are_with_those_who_need_them_and_the_ring_with_fewer() -> None:
    [folder] = {SERVICES[name]["environment"]["PEERNET_PLAN_FOLDER"] for name in OURS}
    mounted = {name: [one for one in SERVICES[name]["volumes"] if one.split(":")[1] == folder] for name in OURS}
    assert {name for name in OURS if mounted[name]} == {"web-1", "web-2", "worker", "migrate", "backup"}
    assert mounted["backup"] == ["plan-keys:/plan-keys:ro"]
    ring = {name for name in OURS if "plan_key" in SERVICES[name]["secrets"]}
    assert ring == {name for name in OURS if "PEERNET_PLAN_KEY_FILE" in SERVICES[name]["environment"]}
    assert ring == {"web-1", "web-2", "worker", "backup"}


def test_images_are_names_without_a_registry_and_the_site_is_one_image() -> None:
    images = {name: SERVICES[name]["image"] for name in SERVICES}
    assert all("/" not in image for image in images.values())
    assert {images[name].partition(":")[0] for name in OURS} == {"peernet"}
    assert images["database"].startswith("postgres:15")


def test_the_image_carries_what_the_site_reads_and_no_key() -> None:
    left_out = (ROOT / ".dockerignore").read_text().splitlines()
    for needed in ("templates", "static", "deploy", "docs/guides", "docs/pictures", "boards", "peernet"):
        assert not any(needed == line or needed.startswith(f"{line}/") for line in left_out), needed
    assert {"var", "secrets", ".env", ".git"} <= set(left_out)
    text = (ROOT / "Dockerfile").read_text()
    assert "--require-hashes -r requirements/base.txt" in text
    assert re.findall(r"^USER (.+)$", text, re.M)[-1] == SERVICES["web-1"]["user"]
    assert "postgresql-client-15" in text


def test_the_databases_log_is_told_to_hold_no_statement() -> None:
    command: str = SERVICES["database"]["command"]
    for quiet in ("log_min_error_statement=panic", "log_error_verbosity=terse", "log_statement=none"):
        assert quiet in command


def test_connections_to_the_database_are_enough_for_every_process() -> None:
    """Each thread of the pages keeps one; a socket's process and a job take one at a time for each of its threads."""
    allowed = int(re.search(r"max_connections=(\d+)", SERVICES["database"]["command"])[1])
    pages = 2 * 2 * 4
    assert pages + 40 <= allowed


def every_path_of(text: str) -> set[str]:
    return set(re.findall(r"unix:(/run/peernet/[\w-]+\.sock)", text))


def test_the_proxy_asks_where_the_processes_listen() -> None:
    listened = set()
    for name in ("web-1", "web-2", "sockets-1", "sockets-2"):
        words = shlex.split(SERVICES[name]["command"])
        listened.add(words[-1].removeprefix("unix:"))
        assert words[-1].removeprefix("unix:") in SERVICES[name]["healthcheck"]["test"]
    assert every_path_of((ROOT / "deploy" / "nginx.conf").read_text()) == listened


def test_no_place_of_the_proxy_drops_the_headers_that_the_site_believes() -> None:
    """A place with a `proxy_set_header` of its own has none of the others: the caller's own would come through."""
    before, _, places = (ROOT / "deploy" / "nginx.conf").read_text().partition("\n  server {")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in before
    assert "proxy_set_header" not in places
