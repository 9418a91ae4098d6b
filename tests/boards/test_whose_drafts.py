"""A draft is its author's alone, and no way round what a post may be (ADR 0015)."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from time_machine import TimeMachineFixture

from audit.models import Entry
from boards import screening
from boards.models import Draft, DraftWords
from boards.queries import access_draft, drafts_of
from boards.schedule import erase
from boards.services import OnPage, let_go_draft
from boards.services.drafts import MOST_DRAFTS
from notices.models import Notice
from people.decisions import Refused
from tests.answers.forms import form_to
from tests.boards.drafting import JSON, NEW, WAITING, keep, texts, writing
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
CANARY = "xanthic umbrella"


def test_nobody_else_reads_a_draft_and_it_is_nowhere_in_the_clear(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    pk = keep(cast.heron, CANARY).pk
    assert pk
    for name in ("wren", "moss", "rowan", "bramble"):
        assert client_of(cast[name]).get(f"/c/fellside/drafts/{pk}/").status_code == 404
        assert client_of(cast[name]).post(f"/c/fellside/drafts/{pk}/").status_code == 404
        with pytest.raises(Http404):
            access_draft(cast[name], pk)
        for page in (
            NEW,
            WAITING,
            "/c/fellside/",
            "/c/fellside/board/",
            f"/c/fellside/search/?q={CANARY.split(maxsplit=1)[0]}",
        ):
            shown = client_of(cast[name]).get(page).content.decode()
            assert CANARY not in shown
    assert texts(cast.heron) == [CANARY]
    assert not Entry.objects.exists()
    assert not Notice.objects.exists()
    assert "xanthic" not in caplog.text
    assert "xanthic" not in whole_database()


def whole_database() -> str:
    """Every row of every table, as a dump would hold it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    assert any("heron" in row.lower() for row in found)
    return "\n".join(found)


def test_draft_put_into_somebody_elses_row_opens_nowhere(cast: Cast) -> None:
    keep(cast.heron, CANARY)
    Draft.objects.update(membership=cast.moss)
    assert texts(cast.moss) == [""]


def test_draft_is_not_screened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "screen", lambda *a, **k: pytest.fail("a draft is nobody's business"))
    keep(cast.heron, HELD)
    assert texts(cast.heron) == [HELD]


@pytest.mark.parametrize("who", ["hazel", "sorrel", "bramble", "thorn"])
def test_away_or_suspended_members_read_and_let_go_but_keep_nothing_new(cast: Cast, who: str) -> None:
    member = cast[who]
    pk = keep(cast.heron, "Before that").pk
    draft = Draft.objects.get()
    draft.membership, draft.words = member, DraftWords("", "Before that")
    draft.save()
    browser = client_of(member)
    shown = browser.get(f"/c/fellside/drafts/{pk}/").content.decode()
    assert "Before that" in shown
    assert "Go on with it" not in shown
    assert "You can copy it" in shown
    assert "Before that" in browser.get(WAITING).content.decode()
    with pytest.raises(Refused):
        keep(member, "More")
    form = {"text": "More", "form_key": str(uuid4()), "save_draft": "1"}
    assert browser.post(NEW, form, headers=JSON).status_code == 404
    assert browser.post(f"/c/fellside/drafts/{pk}/").status_code == 302
    assert texts(member) == []


@pytest.mark.parametrize("who", ["finch", "dale", "willow", "teal"])
def test_others_have_no_drafts_here(cast: Cast, who: str) -> None:
    form = {"text": "Words", "form_key": str(uuid4()), "save_draft": "1"}
    assert client_of(cast[who]).post(NEW, form, headers=JSON).status_code == 404
    assert not Draft.objects.exists()


def test_draft_for_what_is_not_theirs_is_missing_like_the_page(cast: Cast) -> None:
    hidden = start(cast.moss)
    form = {"text": "Words", "form_key": str(uuid4()), "save_draft": "1"}
    for address in (
        f"/c/fellside/board/{hidden.thread_id}/",
        f"{WAITING}{hidden.pk}/change/",
        "/c/riverside/board/new/",
    ):
        assert client_of(cast.heron).post(address, form, headers=JSON).status_code == 404
    with pytest.raises(Http404):
        keep(cast.heron, "Words", thread=hidden.thread)
    with pytest.raises(Refused):
        keep(cast.heron, "Words", post=hidden)
    assert not Draft.objects.exists()


# What it can't be used for.


@pytest.mark.parametrize("field", ["title", "text", "cover"])
def test_draft_longer_than_a_post_is_not_kept_and_its_words_come_back(cast: Cast, field: str) -> None:
    browser = client_of(cast.heron, csrf=True)
    long = "a" * (screening.LONGEST + 1)
    form = writing(browser) | {"text": "Some", "save_draft": "1"} | {field: long}
    answer = browser.post(NEW, form)
    assert answer.status_code == 403
    again = form_to(answer, NEW)
    assert again[field] == long
    # Sent again it is kept, not posted.
    assert again["save_draft"] == "1"
    assert not Draft.objects.exists()


def test_drafts_are_so_many_and_no_more(cast: Cast) -> None:
    page = OnPage(uuid4(), uuid4())
    keep(cast.heron, "The first", page)
    for n in range(MOST_DRAFTS - 1):
        keep(cast.heron, f"Draft {n}")
    with pytest.raises(Refused):
        keep(cast.heron, "One too many")
    keep(cast.heron, "The first goes on", page)
    assert len(texts(cast.heron)) == MOST_DRAFTS
    keep(cast.moss, "Somebody else's first")


def test_keys_that_are_none_are_refused_and_nothing_is_kept(cast: Cast) -> None:
    for bad in ({"form_key": "x"}, {"page_key": "x"}, {"draft_version": "-1"}, {"attempt": "1e99"}):
        form = {"text": "Words", "form_key": str(uuid4()), "save_draft": "1"} | bad
        assert client_of(cast.heron).post(NEW, form, headers=JSON).status_code == 403
    assert not Draft.objects.exists()


# Let go, and old.


def test_letting_go_asks_first_and_erases_at_once(cast: Cast) -> None:
    browser = client_of(cast.heron)
    pk = keep(cast.heron, "Never mind").pk
    asked = browser.get(f"/c/fellside/drafts/{pk}/")
    assert "If you let it go, it is erased." in asked.content.decode()
    assert texts(cast.heron) == ["Never mind"]
    browser.post(f"/c/fellside/drafts/{pk}/")
    assert not Draft.objects.exists()
    assert browser.get(f"/c/fellside/drafts/{pk}/").status_code == 404


def test_letting_go_of_anothers_draft_does_nothing(cast: Cast) -> None:
    keep(cast.heron, "Mine")
    let_go_draft(draft=Draft.objects.get(), by=cast.moss)
    assert texts(cast.heron) == ["Mine"]


def test_something_else_can_be_started_beside_a_draft(cast: Cast) -> None:
    browser = client_of(cast.heron)
    browser.post(NEW, writing(browser) | {"text": "One thing", "save_draft": "1"})
    fresh = writing(browser, f"{NEW}?fresh=1")
    assert fresh["text"] == ""
    browser.post(f"{NEW}?fresh=1", fresh | {"text": "Another thing", "save_draft": "1"})
    assert texts(cast.heron) == ["Another thing", "One thing"]
    first = next(draft for draft in drafts_of(cast.heron) if draft.words.text == "One thing")
    assert writing(browser, f"{NEW}?draft={first.pk}")["text"] == "One thing"
    for odd in ("0", "x", "9" * 30, "-1"):
        assert browser.get(f"{NEW}?draft={odd}").status_code == 200


def test_draft_is_erased_thirty_days_after_it_was_last_saved(cast: Cast, time_machine: TimeMachineFixture) -> None:
    page = OnPage(uuid4(), uuid4())
    keep(cast.heron, "Old", page)
    keep(cast.heron, "Older")
    time_machine.shift(timedelta(days=10))
    keep(cast.heron, "Old and gone on with", page)
    time_machine.shift(timedelta(days=20))
    assert (erase(), erase()) == (1, 0)
    assert texts(cast.heron) == ["Old and gone on with"]
    time_machine.shift(timedelta(days=10))
    erase()
    assert not Draft.objects.exists()
