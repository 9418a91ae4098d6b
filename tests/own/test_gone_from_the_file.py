"""What somebody erased is in no byte of SQLite's file: not in free pages, not in the search's parts, not in its log."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from time_machine import TimeMachineFixture

from boards.models import DraftWords, Thread
from boards.services import change_post, save_draft, take_back
from boards.services.drafts import OnPage
from moderation.services import erase_own_posts
from tests.cast import Cast
from tests.steps import NOON, fresh, reply, start

pytestmark = [
    pytest.mark.sqlite_only,
    pytest.mark.django_db(transaction=True),
    pytest.mark.time_machine(NOON, tick=False),
]
# One word for each place. The search's index leaves out letters that a word shares with the one before it.
CANARIES = ("xqtitlekwv", "zqopeningkwv", "jqearlierkwv", "vqanswerkwv", "kqtakenbackkwv", "qqdraftkwv")
TITLE, OPENING, EARLIER, ANSWER, TAKEN_BACK, DRAFT = CANARIES
LONG = "so it is with the weather. " * 300


def found_in_the_file() -> set[str]:
    """The canaries that are in the database's file or its log, once the log was taken over."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint")
    name = str(connection.settings_dict["NAME"])
    files = [Path(name + ending) for ending in ("", "-wal")]
    raw = b"".join(path.read_bytes() for path in files if path.exists()).lower()
    return {word for word in CANARIES if word[2:].encode() in raw}


def write_everywhere(cast: Cast, time: TimeMachineFixture) -> None:
    """Heron's words as title, post, earlier version, answer, post taken back and draft; in between, others'."""
    opening = start(cast.heron, f"{EARLIER} {LONG}", TITLE)
    change_post(post=opening, by=cast.heron, seen_version=1, text=f"{OPENING} {LONG}", title=TITLE)
    time.shift(timedelta(minutes=16))
    thread = Thread.objects.get(pk=opening.thread_id)
    for number in range(8):
        reply(cast.moss, thread, f"an answer of moss, number {number}")
        reply(cast.heron, thread, f"{ANSWER} {number}")
    take_back(post=reply(cast.heron, thread, TAKEN_BACK), by=cast.heron)
    time.shift(timedelta(minutes=16))
    save_draft(by=cast.heron, page=OnPage(uuid4(), uuid4()), words=DraftWords("", DRAFT), thread=thread)
    assert fresh(opening).text.startswith(OPENING)


def the_log_begins_anew(cast: Cast) -> None:
    """What is written next, after the log was taken over, begins it anew."""
    found_in_the_file()
    start(cast.clover, "what is written next")


def test_no_byte_of_what_was_erased_stays(cast: Cast, time_machine: TimeMachineFixture) -> None:
    write_everywhere(cast, time_machine)
    # A draft is sealed, so its words never lie there.
    assert found_in_the_file() == set(CANARIES) - {DRAFT}
    assert erase_own_posts(by=cast.heron).done_at
    the_log_begins_anew(cast)
    assert found_in_the_file() == set()


@pytest.fixture
def settings_of_the_site_afterwards() -> Iterator[None]:
    yield
    connection.close()


@pytest.mark.usefixtures("settings_of_the_site_afterwards")
@pytest.mark.parametrize("setting", ["secure_delete = OFF", "journal_size_limit = -1"])
def test_with_this_setting_otherwise_something_would_stay(
    cast: Cast, time_machine: TimeMachineFixture, setting: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {setting}")
    write_everywhere(cast, time_machine)
    assert erase_own_posts(by=cast.heron).done_at
    the_log_begins_anew(cast)
    assert found_in_the_file() != set()
