"""A backup put back must not open again what its owner had closed since (safety checks, 1.2)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from audit.models import Chain, Entry
from crisisplans.models import Opening
from crisisplans.services.sharing import end_opening
from peernet.commands import migrate
from tests.cast import Cast, client_of
from tests.crisisplans.opening import CANARY, linked, opened
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def test_a_database_put_back_has_nothing_open_before_it_serves(
    cast: Cast, settings: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.HEADS_FILE = tmp_path / "heads.json"
    review, link = opened(cast.heron, cast.fern), linked(cast.heron, lasts=timedelta(days=20))
    before, entries = list(Chain.objects.values()), set(Entry.objects.values_list("pk", flat=True))
    end_opening(person=cast.heron.person, pk=review.pk)
    end_opening(person=cast.heron.person, pk=link.opening.pk)
    migrate.note_restore()
    # The database is put back by hand, as of the moment before they were closed.
    Opening.objects.update(closed_at=None, closed_by="")
    later = ", ".join(str(pk) for pk in set(Entry.objects.values_list("pk", flat=True)) - entries)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Entry._meta.db_table} WHERE id IN ({later})")
    for chain in before:
        Chain.objects.filter(pk=chain["id"]).update(**chain)
    migrate.note_restore()
    assert "closed: 2" in capsys.readouterr().out
    assert set(Opening.objects.values_list("closed_by", flat=True)) == {"site"}
    assert CANARY not in client_of(cast.fern).get(f"/c/fellside/plans/{review.pk}/").content.decode()
    assert client_of(cast.fern).get(f"/shared/{link.token}/").status_code == 404


def test_a_start_like_any_other_closes_nothing(cast: Cast, settings: Any, tmp_path: Path) -> None:
    settings.HEADS_FILE = tmp_path / "heads.json"
    opened(cast.heron, cast.fern)
    migrate.note_restore()
    migrate.note_restore()
    assert Opening.objects.get().closed_at is None
