"""A database put back from a backup says so in its own record (domain, section 4.12)."""

from pathlib import Path

import pytest
from django.db import transaction

import clock
from audit import heads
from audit.models import Chain, Entry
from audit.queries import head_of, verify
from audit.services import note_restore, record

pytestmark = pytest.mark.django_db


def happen(times: int) -> None:
    with transaction.atomic():
        for _ in range(times):
            record(chain="community:1", verb="look", actor="site", subject="post:1", at=clock.now())


def go_back(length: int) -> None:
    """What a backup from before does: the later entries are gone and the head is the one of then."""
    from audit import seals

    last = Entry.objects.get(chain="community:1", number=length)
    Entry.objects.filter(number__gt=length)._raw_delete(using="default")
    sealed = seals.seal_head(chain="community:1", length=length, head=last.seal)
    Chain.objects.filter(name="community:1").update(length=length, head=last.seal, head_seal=sealed)


def test_a_chain_that_went_on_is_not_taken_for_restored(tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    happen(3)
    heads.remember(path)
    happen(2)
    assert note_restore(path, clock.now()) == []
    assert Entry.objects.filter(verb="restored").count() == 0


def test_a_restore_adds_an_entry_to_the_chain_and_to_the_operators(tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    happen(5)
    shown = head_of("community:1")
    heads.remember(path)
    go_back(3)
    assert list(heads.fallen_back(path)) == ["community:1"]
    assert note_restore(path, clock.now()) == ["community:1"]
    assert set(Entry.objects.filter(verb="restored").values_list("chain", flat=True)) == {"community:1", "operator"}
    assert verify() == []
    assert [found.what for found in verify(shown_head=shown)] != []
    assert note_restore(path, clock.now()) == []


def test_a_spoilt_file_is_no_memory_and_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "heads.json"
    path.write_text("{not json")
    happen(1)
    assert note_restore(path, clock.now()) == []
    assert list(heads.remembered(path)) == ["community:1"]
