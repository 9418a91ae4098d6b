"""What is typed in a plan and not saved: kept for its owner alone, from page to page, until it is saved or let go."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Entry
from crisisplans.models import PlanDraft, PlanVersion
from crisisplans.services.drafts import keep_draft
from crisisplans.unsaved import MOST_APART, OnPage, TooManyApart, Unsaved
from people.decisions import Refused
from people.kept import IN_SITTING
from tests.cast import Cast, client_of
from tests.crisisplans.writing import JSON, MINE, WELL, kept, page, save, text_of, words_of, writing
from tests.scenarios.test_words_survive_a_sitting_that_ended import signed_in_with
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
MARKED = "CanaryNotSaved"


def keep(cast: Cast, text: str, key: str, part: str = "well") -> None:
    keep_draft(
        person=cast.heron.person,
        kind="crisis",
        part=part,
        fields={"text": text},
        seen_version=0,
        page=page(key),
    )


def test_kept_for_later_without_script_and_without_a_tick_it_is_in_the_box_again(cast: Cast) -> None:
    browser = client_of(cast.heron, csrf=True)
    form = writing(browser, text="Half a thou", save_draft="1")
    del form["agreed"]
    back = browser.post(WELL, form, follow=True).content.decode()
    assert "Kept for later. Only you can see it." in back
    assert "You were writing this" in back
    assert writing(browser)["text"] == "Half a thou"
    assert words_of(cast.heron).are_none
    assert "begun, not saved yet" in browser.get(MINE).content.decode()


def test_script_is_told_where_it_stands_and_no_entry_is_made(cast: Cast) -> None:
    browser = client_of(cast.heron)
    entries = Entry.objects.count()
    form = writing(browser, text="One", attempt="1", save_draft="1")
    answer = browser.post(WELL, form, headers=JSON)
    assert json.loads(answer.content) == {"draft_version": 1, "apart": False, "sent": False}
    assert answer["Cache-Control"] == "no-store"
    browser.post(WELL, form | {"text": "One two", "attempt": "2"}, headers=JSON)
    browser.post(WELL, form | {"text": "One", "attempt": "1"}, headers=JSON)
    assert kept(cast.heron) == ["One two"]
    assert Entry.objects.count() == entries


def test_saving_takes_it_away_and_what_comes_late_from_that_page_is_nothing(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser, text="Nearly")
    browser.post(WELL, form | {"save_draft": "1", "attempt": "1"}, headers=JSON)
    browser.post(WELL, form | {"text": "Nearly there"})
    assert kept(cast.heron) == []
    late = browser.post(WELL, form | {"save_draft": "1", "attempt": "2"}, headers=JSON)
    assert json.loads(late.content)["sent"] is True
    assert kept(cast.heron) == []
    assert text_of(cast.heron, "well") == "Nearly there"


def test_two_pages_write_apart_and_each_can_be_put_in_the_box(cast: Cast) -> None:
    browser = client_of(cast.heron)
    phone, library = writing(browser), writing(browser)
    browser.post(WELL, phone | {"text": "From the phone", "save_draft": "1"})
    said = browser.post(WELL, library | {"text": "From the library", "save_draft": "1"}, follow=True).content.decode()
    assert "Both are kept" in said
    assert kept(cast.heron) == ["From the phone", "From the library"]
    assert "From the phone" in said
    assert writing(browser, f"{WELL}?kept=0")["text"] == "From the phone"
    assert writing(browser, f"{WELL}?kept=77")["text"] == "From the library"


def test_saving_from_one_page_leaves_what_another_wrote(cast: Cast) -> None:
    keep(cast, "From the phone", "phone")
    keep(cast, "From the library", "library")
    save(cast.heron, "well", "From the library, at last", page=page("library"))
    assert kept(cast.heron) == ["From the phone"]


def test_words_that_only_grew_are_one_piece(cast: Cast) -> None:
    keep(cast, "I wan", "phone")
    keep(cast, "I wanted to", "library")
    assert kept(cast.heron) == ["I wanted to"]


def test_sixth_page_at_once_is_told_and_nothing_is_pushed_out(cast: Cast) -> None:
    for number in range(MOST_APART):
        keep(cast, f"Page {number}", f"key {number}")
    with pytest.raises(Refused):
        keep(cast, "One too many", "key 9")
    assert len(kept(cast.heron)) == MOST_APART


def test_letting_go_erases_it(cast: Cast) -> None:
    keep(cast, MARKED, "phone")
    browser = client_of(cast.heron)
    browser.post(WELL, {"let_go": "1"})
    assert not PlanDraft.objects.exists()
    browser.post(WELL, {"let_go": "1"})
    assert browser.get(WELL).status_code == 200


def test_draft_of_another_part_stays_and_nobody_else_has_it(cast: Cast) -> None:
    keep(cast, MARKED, "phone", part="safe")
    save(cast.heron, "well", "Saved")
    assert kept(cast.heron, "safe") == [MARKED]
    for other in (cast.moss, cast.wren, cast.dale):
        assert MARKED not in client_of(other).get(f"{MINE}parts/safe/").content.decode()


def test_stopping_in_the_short_plan_says_that_it_is_kept(cast: Cast) -> None:
    browser = client_of(cast.heron)
    first = f"{MINE}start/1/"
    browser.post(first, writing(browser, first, text="Kettle on", stop="1"))
    assert "Kept. You can go on with it whenever you like." in browser.get(MINE).content.decode()
    browser.post(first, writing(browser, first, text="Kettle on", go_on="1"))
    assert "Kept. You can" not in browser.get(f"{MINE}start/2/").content.decode()


def test_too_long_to_be_kept_gives_the_words_back(cast: Cast) -> None:
    browser = client_of(cast.heron)
    answer = browser.post(WELL, writing(browser, text="long " * 1300, save_draft="1"))
    assert answer.status_code == 403
    assert "long long" in answer.content.decode()


def test_words_survive_a_sitting_that_ended(cast: Cast) -> None:
    browser = client_of(cast.heron, csrf=True)
    form = writing(browser, text="Half an hour of words")
    Session.objects.all().delete()
    stopped = browser.post(WELL, form)
    assert stopped.status_code == 403
    signed_in_with(browser, stopped, cast.heron.person.sign_in_name)
    assert "Half an hour of words" in browser.get(WELL, follow=True).content.decode()
    # From here on they are kept as all words of a plan are, and the sitting has none any more.
    assert kept(cast.heron) == ["Half an hour of words"]
    assert not browser.session.get(IN_SITTING)
    assert writing(browser)["text"] == "Half an hour of words"
    browser.post(WELL, writing(browser))
    assert text_of(cast.heron, "well") == "Half an hour of words"


def test_words_from_a_page_left_open_are_not_brought_to_the_next_who_signs_in(cast: Cast) -> None:
    browser = client_of(cast.heron, csrf=True)
    form = writing(browser, text=MARKED)
    Session.objects.all().delete()
    back = signed_in_with(browser, browser.post(WELL, form), cast.moss.person.sign_in_name)
    assert MARKED not in back.content.decode()
    assert not browser.session.get(IN_SITTING)
    for address in (WELL, "/your-words/"):
        assert MARKED not in browser.get(address, follow=True).content.decode()
    assert kept(cast.moss) == []


def test_words_from_nobody_knows_whose_page_are_shown_and_kept_by_a_button_alone(cast: Cast) -> None:
    browser = client_of(cast.heron, csrf=True)
    form = writing(browser, text="Half an hour of words")
    del form["written_by"]
    Session.objects.all().delete()
    signed_in_with(browser, browser.post(WELL, form), cast.heron.person.sign_in_name)
    shown = browser.get(WELL).content.decode()
    assert "They are not kept yet" in shown
    assert 'data-unsaved="1"' not in shown, "the script keeps nothing by itself either"
    assert kept(cast.heron) == []
    browser.post(WELL, writing(browser, save_draft="1"))
    assert kept(cast.heron) == ["Half an hour of words"]
    assert not browser.session.get(IN_SITTING)


def test_no_word_of_it_lies_readable_in_any_table(cast: Cast) -> None:
    keep(cast, MARKED, "phone")
    save(cast.heron, "people", MARKED)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert MARKED not in repr(cursor.fetchall()), table
    assert PlanVersion.objects.count() == 1


WORDS = st.sampled_from(["a", "ab", "abc", "b", "ba", " ", ""])
KEEPS = st.lists(st.tuples(st.sampled_from("xyz"), WORDS, st.booleans()), max_size=12)


@given(KEEPS)
def test_nothing_that_a_page_kept_last_is_lost(keeps: list[tuple[str, str, bool]]) -> None:
    unsaved, last = Unsaved(), {}
    for attempt, (key, text, knows) in enumerate(keeps, 1):
        on_page = OnPage(key, unsaved.version if knows else 0, attempt)
        newest = unsaved.newest()
        if newest and key not in {piece.page for piece in unsaved.pieces}:
            whole = text.strip().startswith(newest.fields["text"].strip())
            if knows or whole:
                last.pop(newest.page, None)  # its words are in this page's box, and its writer's to change
        try:
            unsaved = unsaved.with_words(on_page, 0, {"text": text})
        except TooManyApart:
            continue
        last[key] = text
        unsaved = Unsaved.read(unsaved.written())
    texts = [piece.fields["text"].strip() for piece in unsaved.pieces]
    for text in last.values():
        assert not text.strip() or any(there.startswith(text.strip()) for there in texts)
