"""`peernet check`: each thing that is not fit is found, and a sound installation has none of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from peernet.fitness import data, outside, record, secrets
from people.models import Person


@pytest.fixture
def sound(settings: object) -> object:
    settings.EMBEDDED, settings.DEBUG, settings.TRUSTED_PROXIES = False, False, 1
    settings.ALLOWED_HOSTS, settings.SITE_ADDRESS = ["peernet.example"], "https://peernet.example"
    settings.EXIT_ADDRESS = "https://weather.example/"
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example", "post@peernet.example"
    settings.MAIL_TLS, settings.REDIS_URL = "starttls", "redis://127.0.0.1:6379/0"
    return settings


def from_outside() -> list[str]:
    checks = (
        outside.served_under_a_real_address,
        outside.the_proxy_is_known,
        outside.mail_can_go_out,
        outside.the_way_out_leads_away,
        outside.jobs_have_a_broker,
    )
    return [finding for check in checks for finding in check()]


def test_a_sound_installation_has_no_finding(sound: object) -> None:
    assert from_outside() == []


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("EMBEDDED", True, "PEERNET_HOSTS"),
        ("TRUSTED_PROXIES", 0, "PEERNET_PROXIES"),
        ("ALLOWED_HOSTS", ["*", "peernet.example"], "every name"),
        ("SITE_ADDRESS", "http://peernet.example", "https://"),
        ("SITE_ADDRESS", "https://elsewhere.example", "not among PEERNET_HOSTS"),
        ("EMAIL_HOST", "", "PEERNET_MAIL_HOST"),
        ("DEFAULT_FROM_EMAIL", "", "PEERNET_MAIL_FROM"),
        ("MAIL_TLS", "none", "PEERNET_MAIL_TLS"),
        ("EXIT_ADDRESS", "http://weather.example", "PEERNET_EXIT_ADDRESS"),
        ("EXIT_ADDRESS", "https://peernet.example/", "back to this site"),
        ("REDIS_URL", "", "PEERNET_REDIS_URL"),
    ],
)
def test_each_thing_amiss_is_found(sound: object, setting: str, value: object, said: str) -> None:
    setattr(sound, setting, value)
    found = from_outside()
    assert len(found) == 1
    assert said in found[0]


def test_keys_that_others_can_read_or_that_nobody_named_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SECRET", "RECORD", "PUSH", "PLAN"):
        path = tmp_path / name
        path.write_text("key")
        path.chmod(0o600)
        monkeypatch.setenv(f"PEERNET_{name}_KEY_FILE", str(path))
    assert list(secrets.keys_are_kept_apart()) == []
    (tmp_path / "RECORD").chmod(0o640)
    assert ["can be read by others" in found for found in secrets.keys_are_kept_apart()] == [True]
    monkeypatch.delenv("PEERNET_SECRET_KEY_FILE")
    assert any("PEERNET_SECRET_KEY_FILE is not set" in found for found in secrets.keys_are_kept_apart())


def test_folder_of_election_keys_that_a_backup_takes_or_others_read_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    folder = tmp_path / "votes"
    settings.ELECTION_KEYS = folder
    monkeypatch.delenv("PEERNET_ELECTION_FOLDER", raising=False)
    [found] = secrets.election_keys_are_in_no_backup()
    assert "PEERNET_ELECTION_FOLDER is not set" in found
    monkeypatch.setenv("PEERNET_ELECTION_FOLDER", str(folder))
    assert list(secrets.election_keys_are_in_no_backup()) == []
    folder.mkdir(mode=0o700)
    assert list(secrets.election_keys_are_in_no_backup()) == []
    folder.chmod(0o750)
    assert ["chmod 700" in found for found in secrets.election_keys_are_in_no_backup()] == [True]


@pytest.mark.django_db
def test_demo_people_and_debug_are_found(settings: object) -> None:
    settings.DEBUG = False
    assert list(data.demo_is_gone()) == []
    settings.DEBUG = True
    at = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
    Person.objects.create_person(sign_in_name="wren", password=None, created_at=at, is_demo=True)
    assert len(list(data.demo_is_gone())) == 2


@pytest.mark.django_db
def test_the_database_of_the_tests_is_up_to_date() -> None:
    assert list(data.database_is_up_to_date()) == []


@pytest.mark.django_db
@pytest.mark.sqlite_only
def test_sqlite_is_found() -> None:
    assert "SQLite" in next(iter(data.database_is_postgresql()))


@pytest.mark.django_db
@pytest.mark.postgres_only
def test_postgresql_is_fit() -> None:
    assert list(data.database_is_postgresql()) == []


@pytest.mark.django_db
def test_a_head_that_stands_nowhere_is_found() -> None:
    assert list(record.record_is_whole()) == []
    assert "head" in next(iter(record.record_is_whole("00" * 32)))
