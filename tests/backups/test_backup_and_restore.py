"""Backups made, sealed, put back, broken off with a kill; what was erased stays so (safety checks 2.8, 5.10)."""

import json
import stat
from pathlib import Path

import pytest

from tests.backups.places import Site, empty_site, erased, erased_once, site, written_once
from tests.backups.story import MARKED
from tests.conftest import ON_POSTGRES

__all__ = ["empty_site", "erased", "erased_once", "site", "written_once"]
# What does not differ between the databases is tried on one of them: each of these starts many processes.
pytestmark = [pytest.mark.kill, pytest.mark.both_databases]
VENDOR = "postgres" if ON_POSTGRES else "sqlite"
PLACES_TO_DIE = (
    f"peernet.backups.{VENDOR}:Place.stage",
    "audit.erasures:_take_over",
    f"peernet.backups.{VENDOR}:Place.put_in_place",
    "peernet.backups.restoring:Path.unlink",
)


def marked_in(words: str) -> list[str]:
    assert "STAYS" in words
    return [word for word in MARKED if word in words]


def test_old_backup_put_back_holds_no_erased_word_before_it_serves_and_the_record_holds(
    erased: tuple[Site, str],
) -> None:
    site, manifest = erased
    done = site.peernet("restore", manifest, "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Erased again: 2" in done.stdout
    words, said = site.looked_at()
    assert marked_in(words) == []
    assert "amiss: []" in said
    assert "'erased', 'erased', 'erased'" in said
    assert "['put a backup back', 'restored']" in said
    if not ON_POSTGRES:
        raw = (site.data / "peernet.sqlite3").read_bytes()
        assert [word for word in MARKED if word.encode() in raw] == []


def test_old_backup_on_a_new_machine_takes_the_list_that_lay_with_the_keys(erased: tuple[Site, str]) -> None:
    site, manifest = erased
    later = str(site.folder / "later")
    assert site.peernet("backup", "--to", later, "--keys-to", str(site.keys)).returncode == 0
    site.empty_database()
    (site.data / "erasures").unlink()
    (site.data / "heads.json").unlink()
    refused = site.peernet("restore", manifest)
    assert refused.returncode == 1
    assert "There is no erasure list" in refused.stderr
    copy = next(site.keys.glob("peernet-keys-*")) / "erasures"
    (site.data / "erasures").write_bytes(copy.read_bytes())
    assert site.peernet("restore", manifest).returncode == 0
    words, said = site.looked_at()
    assert marked_in(words) == []
    assert "put a backup back" in said


def test_database_put_back_by_hand_is_not_served_until_it_is_erased_again(site: Site) -> None:
    site.copy_by_hand()
    site.step("erase")
    site.put_back_by_hand()
    assert "The erasure list knows of erasings" in site.serves()
    worker = site.run("-m", "celery", "--quiet", "-A", "peernet", "worker")
    assert (worker.returncode, "The erasure list knows of erasings" in worker.stderr) == (1, True)
    done = site.peernet("migrate", "--quiet")
    assert (done.returncode, "2 erasings of the list were done again" in done.stdout) == (0, True)
    words, said = site.looked_at()
    assert marked_in(words) == []
    assert "amiss: []" in said


@pytest.mark.sqlite_only
def test_list_that_somebody_changed_is_found_and_nothing_is_erased_by_it(site: Site) -> None:
    site.copy_by_hand()
    site.step("erase")
    site.put_back_by_hand()
    file = site.data / "erasures"
    lines = file.read_text().splitlines()
    first = json.loads(lines[0])
    first["subject"] = "membership:1"
    file.write_text("\n".join([json.dumps(first), *lines[1:]]) + "\n")
    done = site.peernet("migrate", "--quiet")
    assert done.returncode == 1
    assert "line 1 is not as it was written" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert site.serves()
    assert sorted(marked_in(site.all_words())) == sorted(MARKED)


@pytest.mark.parametrize("place", PLACES_TO_DIE)
def test_killed_in_the_middle_it_serves_nothing_and_is_begun_again(erased: tuple[Site, str], place: str) -> None:
    site, manifest = erased
    site.killed_in(place, "restore", manifest, "--replace")
    assert "peernet restore" in site.serves()
    assert "peernet restore" in site.peernet("migrate").stderr
    again = site.peernet("restore", manifest, "--replace")
    assert again.returncode == 0, again.stderr
    words, said = site.looked_at()
    assert marked_in(words) == []
    assert "amiss: []" in said


def test_given_up_in_the_middle_the_database_is_what_it_was(erased: tuple[Site, str]) -> None:
    site, manifest = erased
    before = site.all_words()
    site.killed_in("peernet.backups.restoring:_make_fit", "restore", manifest, "--replace")
    assert site.peernet("restore", "--give-up").returncode == 0
    assert site.looked_at()[0] == before


def test_restoring_ends_every_sitting(site: Site) -> None:
    site.step("sign_in")
    assert "sittings: 1" in site.step("state")
    manifest = site.step("old_backup")
    assert site.peernet("restore", manifest, "--replace").returncode == 0
    assert "sittings: 0" in site.step("state")


def backup(site: Site, *more: str) -> Path:
    done = site.peernet("backup", "--to", str(site.backups), *more)
    assert done.returncode == 0, done.stderr
    return Path(done.stdout.removeprefix("Backed up: ").strip())


def test_backup_is_sealed_for_its_owner_alone_and_holds_no_key(site: Site) -> None:
    manifest = backup(site, "--keys-to", str(site.keys))
    files = [*site.backups.iterdir(), *site.keys.rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files if path.is_file()} == {0o600}
    told = json.loads(manifest.read_text())
    secrets = [(site.data / "keys" / name).read_text() for name in ("secret", "record")]
    for path in site.backups.iterdir():
        held = path.read_bytes()
        assert [word for word in (*MARKED, "STAYS", *secrets) if word.encode() in held] == []
    assert (told["database"], told["sealed_with"] != "") == ("postgresql" if ON_POSTGRES else "sqlite", True)
    copied = {path.name for path in site.keys.rglob("*") if path.is_file()}
    assert {"secret", "record", "erasures"} <= copied


@pytest.mark.sqlite_only
def test_keys_never_lie_beside_the_backup(empty_site: Site) -> None:
    site = empty_site
    for keys in (site.backups, site.backups / "keys", site.backups.parent):
        refused = site.peernet("backup", "--to", str(site.backups), "--keys-to", str(keys))
        assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    inside = site.backups / "key"
    site.backups.mkdir(parents=True)
    inside.write_text(site.key.read_text())
    assert site.peernet("backup", "--to", str(site.backups), "--encrypt-with", str(inside)).returncode == 1
    assert [path.name for path in site.backups.iterdir()] == ["key"]


@pytest.mark.sqlite_only
def test_without_a_key_it_asks_for_one_or_for_a_plain_yes(site: Site) -> None:
    site.has_key = False
    refused = site.peernet("backup", "--to", str(site.backups))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert not site.backups.exists()
    manifest = backup(site, "--plain")
    assert json.loads(manifest.read_text())["sealed_with"] == ""
    assert site.peernet("restore", str(manifest), "--replace").returncode == 0


@pytest.mark.sqlite_only
def test_backup_that_is_not_whole_is_refused_and_nothing_is_touched(site: Site) -> None:
    manifest = backup(site)
    told = manifest.read_text()
    file = manifest.with_name(json.loads(told)["file"])
    held = file.read_bytes()
    middle = len(held) // 2
    before = site.all_words()
    for harmed, says in (
        (held[:middle] + bytes([held[middle] ^ 1]) + held[middle + 1 :], told),
        (held[:-20], told),
        (b"", told),
        (held, json.dumps({**json.loads(told), "sha256": "0" * 64})),
    ):
        file.write_bytes(harmed)
        if not harmed:
            file.unlink()
        manifest.write_text(says)
        refused = site.peernet("restore", str(manifest), "--replace")
        assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert site.looked_at()[0] == before


def test_backup_of_a_newer_release_or_another_database_is_refused(site: Site) -> None:
    manifest = backup(site)
    told = json.loads(manifest.read_text())
    for change, says in (
        ({"migrations": [*told["migrations"], "boards.9999_later"]}, "newer release"),
        ({"database": "sqlite" if ON_POSTGRES else "postgresql"}, "the database here is"),
        ({"format": 2}, "another format"),
        ({"sealed_with": "00000000"}, "another key"),
    ):
        manifest.write_text(json.dumps({**told, **change}))
        refused = site.peernet("restore", str(manifest), "--replace")
        assert (refused.returncode, says in refused.stderr) == (1, True), refused.stderr


@pytest.mark.sqlite_only
def test_over_somebody_it_is_put_back_only_when_told_to(site: Site) -> None:
    manifest = backup(site)
    refused = site.peernet("restore", str(manifest))
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    site.empty_database()
    assert site.peernet("restore", str(manifest)).returncode == 0
    assert "STAYS" in site.all_words()


def test_two_restores_of_two_backups_end_with_the_second(site: Site) -> None:
    first = backup(site)
    assert site.peernet("restore", str(first), "--replace").returncode == 0
    site.step("erase")
    second = backup(site)
    assert site.peernet("restore", str(first), "--replace").returncode == 0
    assert marked_in(site.all_words()) == []
    assert site.peernet("restore", str(second), "--replace").returncode == 0
    words, said = site.looked_at()
    assert marked_in(words) == []
    assert "amiss: []" in said
