"""Marked words of a plan, looked for in everything that leaves a process or stays behind (safety checks, 1.3, 1.4).

Heron writes, drafts, mistypes, shares and prints; Moss reads and suggests; a page fails. The marks may come out on the
pages of those who may read them (tests/crisisplans/test_who_reads_a_plan.py), and nowhere else.
"""

import json
import logging
import tempfile
import zlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from channels.layers import InMemoryChannelLayer, get_channel_layer
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

import clock
from audit import erasures
from crisisplans.keystore import key_files
from crisisplans.lifecycle import OpeningKind
from crisisplans.link_words import LinkWords
from crisisplans.models import Look, Opening, OutsideLink, PlanDraft, PlanVersion, Suggestion
from crisisplans.services.erasing import erase_plans
from crisisplans.services.renewing import renew_all
from crisisplans.services.suggesting import suggest
from notices.sending import send_all_due
from peernet.backups import making, postgres
from peernet.celery import Hint
from peernet.log_lines import JsonLines, PlainLines
from tests.cast import Cast, client_of, sitting_now
from tests.conftest import ON_POSTGRES
from tests.crisisplans.opening import linked, opened
from tests.crisisplans.writing import JSON, WELL, writing
from tests.steps import NOON

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.time_machine(NOON, tick=False)]
MARK = "CanaryOfAPlan"


class Outside:
    """Everything that leaves the process in other ways than a page, as it goes out."""

    def __init__(self) -> None:
        self.queued: list[Any] = []
        self.pushed: list[Any] = []


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Outside:
    """Listens to jobs, sockets, logs and temporary files."""
    seen = Outside()
    send = InMemoryChannelLayer.group_send

    async def listened(self: InMemoryChannelLayer, group: str, message: dict[str, Any]) -> None:
        seen.pushed.append((group, message))
        await send(self, group, message)

    monkeypatch.setattr(Hint, "apply_async", lambda self, *given, **more: seen.queued.append((given, more)))
    monkeypatch.setattr(InMemoryChannelLayer, "group_send", listened)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    caplog.set_level(logging.DEBUG)
    return seen


@pytest.fixture
def lived(cast: Cast, outside: Outside, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """All that can be done with a plan has been done once, with marked words in every box."""
    heron = client_of(cast.heron)
    heron.raise_request_exception = False
    form = writing(heron, text=f"{MARK} saved")
    assert heron.post(WELL, form).status_code == 302
    heron.post(WELL, writing(heron, text=f"{MARK} typed") | {"save_draft": "1"}, headers=JSON)
    heron.post(WELL, form | {"text": f"{MARK} from an old page"})
    heron.post(WELL, {"text": f"{MARK} without the rest"})
    steps = {f"step_{number}": f"{MARK} step {number}" for number in (1, 2, 3)}
    heron.post(reverse("crisisplans:first_steps"), writing(heron, reverse("crisisplans:first_steps"), **steps))
    growing = reverse("crisisplans:growing_part", args=["hopes"])
    heron.post(growing, writing(heron, growing, text=f"{MARK} hope"))
    _in_the_hand(heron)
    _shared(cast)
    _failing(cast, monkeypatch)
    client_of(cast.heron, at=clock.now()).get(reverse("crisisplans:looks"))
    send_all_due()
    return cast


def _in_the_hand(heron: Any) -> None:
    pages = ("mine", "now", "print", "versions", "take", "take_data", "on_phone", "on_phone_words", "growing")
    for name in pages:
        assert heron.get(reverse(f"crisisplans:{name}")).status_code in (200, 302, 405), name
    for form in ("sheet", "pages", "text"):
        assert heron.get(reverse("crisisplans:take_file", args=["crisis", form])).status_code == 200


def _shared(cast: Cast) -> None:
    opening = opened(cast.heron, cast.moss, parts=("well",))
    opened(cast.heron, cast.fern, kind=OpeningKind.NAMED, parts=("well",))
    moss = client_of(cast.moss)
    page = moss.get(reverse("crisisplans:read", args=["fellside", opening.pk])).content.decode()
    assert f"{MARK} saved" in page
    suggest(by=sitting_now(cast.moss), pk=opening.pk, part="well", text=f"{MARK} suggested")
    link = linked(cast.heron, words=LinkWords(f"{MARK} whom", f"{MARK} top"))
    url = reverse("crisisplans:shared", args=[link.token])
    client_of(cast.stranger).post(url, {"code": f"{MARK} a wrong code"})


def _failing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**given: Any) -> None:
        raise RuntimeError(f"broke over {given}")

    heron = client_of(cast.heron)
    heron.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("crisisplans.views.writing.save_part", broken)
        answer = heron.post(WELL, writing(heron, text=f"{MARK} in a fault"))
    assert answer.status_code == 500


def rows() -> Iterator[tuple[str, str]]:
    """Every row of every table, as a dump has it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, repr([bytes(one) if isinstance(one, memoryview) else one for one in row])


def test_no_word_stands_in_the_database_or_its_files(lived: Cast) -> None:
    # Every kind of row that holds words has been made.
    for model in (PlanVersion, PlanDraft, Suggestion, OutsideLink, Opening, Look):
        assert model._default_manager.exists(), model
    assert [table for table, row in rows() if MARK in row] == []
    if not ON_POSTGRES:
        place = Path(connection.settings_dict["NAME"])
        files = [path for path in place.parent.glob(f"{place.name}*") if path.is_file()]
        assert files
        assert [path.name for path in files if MARK.encode() in path.read_bytes()] == []


def test_no_word_stands_in_a_dump_or_the_copy_of_the_keys(lived: Cast, tmp_path: Path) -> None:
    if ON_POSTGRES:
        with postgres.one_moment() as moment:
            held = b"".join(postgres.dumped(moment))
        assert MARK.encode() not in held
    else:
        making.make(tmp_path / "backups", None, clock.now())
        [file] = (tmp_path / "backups").glob("*.backup")
        assert MARK.encode() not in zlib.decompress(file.read_bytes(), wbits=31)
    copy = making.copy_keys(tmp_path / "keys", clock.now())
    assert [path.name for path in copy.iterdir() if MARK.encode() in path.read_bytes()] == []


def test_no_word_goes_out_by_mail_job_socket_cache_or_log(
    lived: Cast, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    letters = [f"{letter.subject} {letter.body} {letter.message()}" for letter in mail.outbox]
    assert [one for one in (*letters, *outside.queued, *outside.pushed) if MARK in repr(one)] == []
    assert outside.queued
    assert MARK not in repr(vars(get_channel_layer()))
    assert MARK not in repr(getattr(cache, "_cache", ""))
    records = caplog.get_records("setup")
    assert [record for record in records if record.exc_info]
    # As the site writes them: whatever is thrown, its place is logged and never what it says.
    written = [lines.format(record) for record in records for lines in (PlainLines(), JsonLines())]
    assert [line for line in written if MARK in line] == []


def test_no_word_lies_in_a_file(lived: Cast, tmp_path: Path) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in files if path.suffix == key_files.ENDING]
    assert [path.name for path in files if MARK.encode() in path.read_bytes()] == []
    assert [*(tmp_path / "temporary").iterdir()] == []


def test_every_row_that_was_made_is_renewed_and_nothing_is_left_when_all_is_erased(
    lived: Cast, time_machine: Any
) -> None:
    time_machine.shift(timedelta(hours=1))
    done = renew_all(clock.now())
    assert (done.done, done.unread) == (1, 0)
    page = client_of(lived.heron).get(reverse("crisisplans:mine")).content.decode()
    assert f"{MARK} saved" in page
    assert erase_plans(person=lived.heron.person)
    for model in (PlanVersion, PlanDraft, Suggestion, OutsideLink, Opening, Look):
        assert not model._default_manager.exists(), model
    assert [*erasures.read(settings.ERASURE_FILE)][-1].verb == "erase plans of"
    assert "CanaryOfAPlan" not in json.dumps([line._asdict() for line in erasures.read(settings.ERASURE_FILE)])
    assert key_files.names() == []
