"""Commands that were mistyped, or given what no keyboard types: one line that says so, and nothing half done."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from communities.models import Community, Invitation
from communities.services import create_community, invite_staff
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]


def peernet(
    folder: Path, *words: str | bytes, stdin: int | None = subprocess.DEVNULL
) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PEERNET_", "DJANGO_"))}
    command = [sys.executable, "-m", "peernet.cli", *words]
    settings = {**environment, "PEERNET_DATA": str(folder)}
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


def test_check_before_there_are_tables_is_one_line(tmp_path: Path) -> None:
    said = peernet(tmp_path, "check")
    assert said.returncode == 1
    assert said.stderr.splitlines() == ["The database is not up to date yet. First: peernet migrate"]


def test_words_that_are_no_text_are_one_line(tmp_path: Path) -> None:
    said = peernet(tmp_path, "community", "links", b"\xff\xfe")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("label", ["", "   ", "y" * 61, "a\nb", "\x1b[31mred"])
def test_no_link_for_a_label_that_can_not_be(cast: Cast, label: str) -> None:
    with pytest.raises(ValidationError):
        invite_staff(community=cast.fellside, label=label)
    assert not Invitation.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Two\nlines", "\x1b[31mRed", "Tab\there", "Turned \u202eround"])
def test_no_community_by_a_name_that_plays_tricks(name: str) -> None:
    with pytest.raises(ValidationError):
        create_community(name=name, preset="day_community", founder="a", caretakers=["b"], staff="c")
    assert not Community.objects.exists()
