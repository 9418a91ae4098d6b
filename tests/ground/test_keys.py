"""Keys in files: a new first line changes the key, and what the old one made stays good."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from peernet import secret_files

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import sys
from people.sealing import seal, unseal
from people.sitting_cookie import cookie_for, key_in
print(seal("test", "words"), cookie_for("key")) if len(sys.argv) == 1 else print(
    unseal("test", sys.argv[1]), key_in(sys.argv[2])
)
"""


def ask(folder: Path, secret: Path, *what: str) -> list[str]:
    bare = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
    mine = {"PEERNET_DATA": str(folder), "PEERNET_SECRET_KEY_FILE": str(secret)}
    environment = {**bare, **mine, "DJANGO_SETTINGS_MODULE": "peernet.settings"}
    command = [sys.executable, "-c", LOOK, *what]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout.split()


def test_new_first_line_keeps_what_the_old_key_made(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the old key\n".replace(" ", "-"))
    made = ask(tmp_path, secret)
    secret.write_text("the-new-key\nthe-old-key\n")
    assert ask(tmp_path, secret, *made) == ["words", "key"]
    secret.write_text("the-new-key\n")
    assert ask(tmp_path, secret, *made) == ["None", "None"]


def test_file_without_a_key_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "secret"
    empty.write_text("\n")
    monkeypatch.setenv("PEERNET_SECRET_KEY_FILE", str(empty))
    with pytest.raises(ImproperlyConfigured, match="holds no key"):
        secret_files.ring("PEERNET_SECRET_KEY_FILE", tmp_path / "other")
