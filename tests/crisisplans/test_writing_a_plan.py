"""Writing one's own plan, part by part: versions, two pages at once, the sentence, a plan that is shut."""

from datetime import timedelta

import pytest
from django.utils.html import escape

import clock
from audit.models import Entry
from boards.models import Post
from crisisplans import responsibility
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.parts import LONGEST_TEXT, keys_of, parts_of
from crisisplans.services.saving import restore_version, save_first_steps, save_part
from people.decisions import Conflict, Refused
from people.models import Person
from tests.answers.forms import form_to
from tests.boards.test_how_many_queries import spent
from tests.cast import Cast, client_of
from tests.crisisplans.writing import MINE, WELL, save, text_of, words_of, writing
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
MARKED = "CanaryWhileWriting"


# One part at a time.


@pytest.mark.parametrize("part", [key for key in parts_of(PlanKind.CRISIS) if key != "support_calls"])
def test_part_that_was_saved_stands_on_the_plan(cast: Cast, part: str) -> None:
    browser = client_of(cast.heron)
    address = f"{MINE}parts/{part}/"
    answer = browser.post(address, writing(browser, address, text=f"Words of {part}"))
    assert answer["Location"] == f"{MINE}#{part}"
    assert f"Words of {part}" in browser.get(MINE).content.decode()


def test_support_calls_are_told_in_sentences(cast: Cast) -> None:
    browser = client_of(cast.heron)
    address = f"{MINE}parts/support_calls/"
    said = {"may_ring": "yes", "ring_number": "020 7946 0321", "ring_when": "not before ten", "ring_say": "A friend"}
    assert browser.post(address, writing(browser, address, **said)).status_code == 302
    page = browser.get(MINE).content.decode()
    for words in ("you may ring me", "0321", "not before ten", "A friend"):
        assert words in page
    assert words_of(cast.heron).parts["support_calls"]["may_ring"] == "yes"


def test_first_steps_stand_at_the_top_at_most_three_and_short(cast: Cast) -> None:
    browser = client_of(cast.heron)
    address = f"{MINE}first-steps/"
    steps = {"step_1": " Kettle  on ", "step_2": "", "step_3": "The blue blanket"}
    browser.post(address, writing(browser, address, **steps))
    assert words_of(cast.heron).first_steps == ("Kettle on", "The blue blanket")
    page = browser.get(MINE).content.decode()
    assert page.index("Kettle on") < page.index("The blue blanket")


@pytest.mark.parametrize("steps", [("x" * 101,), ("One", "Two", "Three", "Four")])
def test_first_steps_that_are_more_than_fit_are_refused_and_never_cut(cast: Cast, steps: tuple[str, ...]) -> None:
    with pytest.raises(Refused):
        save_first_steps(person=cast.heron.person, kind=PlanKind.CRISIS, steps=steps, seen_version=0, agreed=True)
    assert not PlanVersion.objects.exists()


def test_development_plan_is_another_one_and_asks_for_no_sentence(cast: Cast) -> None:
    browser = client_of(cast.heron)
    address = f"{MINE}growing/parts/hopes/"
    page = browser.get(address).content.decode()
    assert escape(responsibility.sentence()) not in page
    browser.post(address, writing(browser, address, text="A flat that faces south"))
    assert "A flat that faces south" in browser.get(f"{MINE}growing/").content.decode()
    assert "A flat that faces south" not in browser.get(MINE).content.decode()
    assert PlanVersion.objects.get().agreed_to == 0


def test_part_left_empty_is_taken_out_and_stays_in_the_version_before(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    save(cast.heron, "well", "  \n ")
    assert words_of(cast.heron).are_none
    browser = client_of(cast.heron)
    assert "Humming" in browser.get(f"{MINE}versions/1/").content.decode()


def test_plan_whose_words_were_all_taken_out_can_be_begun_anew(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    save(cast.heron, "well", "")
    browser = client_of(cast.heron)
    assert "All versions" in browser.get(MINE).content.decode()
    assert browser.get(f"{MINE}start/").status_code == 200


def test_pages_of_a_plan_are_stored_by_no_browser(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    browser = client_of(cast.heron)
    for address in (MINE, WELL, f"{MINE}versions/1/"):
        assert browser.get(address)["Cache-Control"] == "no-store"


def test_list_of_versions_says_how_to_have_none_of_the_earlier_ones(cast: Cast) -> None:
    save(cast.heron, "well", "Humming")
    page = client_of(cast.heron).get(f"{MINE}versions/").content.decode()
    for way in ("take/", "erase/"):
        assert f'href="{MINE}{way}"' in page


def test_no_such_part_is_missing_and_refused(cast: Cast) -> None:
    assert client_of(cast.heron).get(f"{MINE}parts/risk/").status_code == 404
    with pytest.raises(Refused):
        save(cast.heron, "risk", "high")


def test_too_many_words_are_said_so_with_the_words_in_the_box(cast: Cast) -> None:
    browser = client_of(cast.heron)
    answer = browser.post(WELL, writing(browser, text="long " * 1300))
    assert "Could you make it shorter?" in answer.content.decode()
    assert "long long long" in answer.content.decode()
    with pytest.raises(Refused):
        save(cast.heron, "well", "x" * (LONGEST_TEXT + 1))


def test_browser_does_not_cut_off_what_is_pasted(cast: Cast) -> None:
    browser = client_of(cast.heron)
    for address in (WELL, f"{MINE}first-steps/", f"{MINE}start/1/", f"{MINE}parts/support_calls/"):
        assert "maxlength" not in browser.get(address).content.decode()


def test_first_step_that_is_too_long_is_said_so_with_every_letter_in_its_box(cast: Cast) -> None:
    browser, address, pasted = client_of(cast.heron), f"{MINE}first-steps/", f"Ring {'very ' * 30}slowly"
    page = browser.post(address, writing(browser, address, step_1=pasted, step_2="Kettle on")).content.decode()
    assert "Please make it shorter: 100 letters at most." in page
    assert pasted in page
    assert "Kettle on" in page
    assert not PlanVersion.objects.exists()


def test_same_form_sent_twice_is_one_version(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser, text="Once")
    assert browser.post(WELL, form).status_code == 302
    assert browser.post(WELL, form).status_code == 302
    assert PlanVersion.objects.count() == 1


# Two pages.


def test_old_page_keeps_what_another_page_saved_in_another_part(cast: Cast) -> None:
    browser = client_of(cast.heron)
    old = writing(browser, text="From the phone")
    save(cast.heron, "people", "Jo")
    assert browser.post(WELL, old).status_code == 302
    assert (text_of(cast.heron, "well"), text_of(cast.heron, "people")) == ("From the phone", "Jo")


def test_part_saved_on_another_page_meanwhile_shows_both_and_the_next_sending_stands(cast: Cast) -> None:
    browser = client_of(cast.heron, csrf=True)
    save(cast.heron, "well", "Before")
    old = writing(browser, text="From the phone")
    save(cast.heron, "well", "From the library")
    answer = browser.post(WELL, old)
    assert answer.status_code == 409
    assert "From the library" in answer.content.decode()
    again = form_to(answer, WELL)
    assert again["text"] == "From the phone"
    assert text_of(cast.heron, "well") == "From the library"
    assert browser.post(WELL, again).status_code == 302
    assert text_of(cast.heron, "well") == "From the phone"
    assert PlanVersion.objects.count() == 3


# The sentence of responsibility.


def test_first_version_needs_a_tick_and_the_words_wait_in_the_box(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser, text="Not lost")
    del form["agreed"]
    answer = browser.post(WELL, form).content.decode()
    assert "Please tick this if it is right for you" in answer
    assert "Not lost" in answer
    assert words_of(cast.heron).are_none
    with pytest.raises(Refused):
        save_part(
            person=cast.heron.person, kind="crisis", part="well", fields={"text": "x"}, seen_version=0, agreed=False
        )


def test_later_versions_show_the_sentence_beside_save_and_each_says_what_was_agreed(cast: Cast) -> None:
    save(cast.heron, "well", "One")
    browser = client_of(cast.heron)
    page = browser.get(WELL).content.decode()
    assert 'type="checkbox"' not in page
    assert "When you save, you agree again" in page
    browser.post(WELL, writing(browser, text="Two"))
    assert set(PlanVersion.objects.values_list("agreed_to", flat=True)) == {responsibility.EDITION}
    assert escape(responsibility.sentence()) in browser.get(f"{MINE}versions/2/").content.decode()


def test_new_edition_of_the_sentence_is_asked_for_anew_and_an_old_page_does_not_agree_to_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(cast.heron, "well", "One")
    browser = client_of(cast.heron)
    old = writing(browser, text="Two")
    monkeypatch.setattr(responsibility, "EDITION", 2)
    monkeypatch.setitem(responsibility.SENTENCES, 2, "Another sentence.")
    answer = browser.post(WELL, old).content.decode()
    assert "The sentence has changed" in answer
    assert text_of(cast.heron, "well") == "One"
    page = browser.get(WELL).content.decode()
    assert 'type="checkbox"' in page
    browser.post(WELL, writing(browser, text="Two"))
    assert PlanVersion.objects.latest("number").agreed_to == 2
    assert escape(responsibility.sentence(1)) in browser.get(f"{MINE}versions/1/").content.decode()


# Versions.


def test_versions_are_listed_compared_in_words_and_brought_back(cast: Cast) -> None:
    browser = client_of(cast.heron)
    save(cast.heron, "well", "I sing in the kitchen")
    save(cast.heron, "well", "I hum in the kitchen")
    listed = browser.get(f"{MINE}versions/").content.decode()
    assert listed.index("Version 2") < listed.index("Version 1")
    second = browser.get(f"{MINE}versions/2/").content.decode()
    assert "<ins>" in second
    assert "hum" in second.partition("<ins>")[2].partition("</ins>")[0]
    assert "sing" in second.partition("<del>")[2].partition("</del>")[0]
    against_newest = browser.get(f"{MINE}versions/1/?with=newest").content.decode()
    assert "hum" in against_newest.partition("<ins>")[2].partition("</ins>")[0]
    address = f"{MINE}versions/1/"
    form = form_to(browser.get(address), "")
    assert browser.post(address, form)["Location"] == MINE
    assert text_of(cast.heron, "well") == "I sing in the kitchen"
    assert PlanVersion.objects.latest("number").restored_from == 1
    assert "brought back from version 1" in browser.get(f"{MINE}versions/").content.decode()


def test_bringing_back_over_what_was_saved_meanwhile_is_a_conflict(cast: Cast) -> None:
    save(cast.heron, "well", "One")
    save(cast.heron, "well", "Two")
    save(cast.heron, "well", "Three")
    with pytest.raises(Conflict):
        restore_version(person=cast.heron.person, kind="crisis", number=1, seen_version=2, agreed=True)
    with pytest.raises(Conflict):
        restore_version(person=cast.heron.person, kind="crisis", number=9, seen_version=3, agreed=True)


def test_versions_of_others_and_those_that_are_not_are_missing(cast: Cast) -> None:
    save(cast.moss, "well", MARKED)
    save(cast.moss, "well", f"{MARKED} again")
    save(cast.heron, "well", "Mine")
    browser = client_of(cast.heron)
    for number in (0, 2, 99, 10**30):
        assert browser.get(f"{MINE}versions/{number}/").status_code == 404
    assert browser.get(f"{MINE}growing/versions/1/").status_code == 404
    assert browser.get(f"{MINE}versions/?before=x{'9' * 99}").status_code == 200
    assert MARKED not in browser.get(f"{MINE}versions/1/").content.decode()


# Who, and when not.


@pytest.mark.parametrize("key", ["thorn", "willow", "hazel", "sorrel", "finch", "dale", "wren"])
def test_everybody_writes_their_own_plan_in_every_standing(cast: Cast, key: str) -> None:
    browser = client_of(cast[key])
    assert browser.post(WELL, writing(browser, text="Mine, whatever happens")).status_code == 302
    assert "Mine, whatever happens" in browser.get(MINE).content.decode()
    assert "Mine, whatever happens" not in client_of(cast.heron).get(MINE).content.decode()


def test_plan_is_one_across_communities(cast: Cast) -> None:
    save(cast.moss, "well", "The same plan")
    assert words_of(cast.pebble) == words_of(cast.moss)


PAGES = ("", "parts/well/", "first-steps/", "versions/", "versions/1/", "review/", "growing/")


def test_plan_stays_shut_after_a_way_back_and_words_come_back(cast: Cast) -> None:
    save(cast.heron, "well", MARKED)
    save(cast.heron, "hopes", MARKED, kind=PlanKind.DEVELOPMENT, seen=0)
    browser = client_of(cast.heron)
    old = writing(browser, text="Typed before it was shut")
    Person.objects.filter(pk=cast.heron.person_id).update(plan_closed_until=clock.now() + timedelta(hours=24))
    browser = client_of(Person.objects.get(pk=cast.heron.person_id))
    for address in PAGES:
        answer = browser.get(f"{MINE}{address}")
        assert answer.status_code == 403
        assert MARKED not in answer.content.decode()
        assert "It is all still there" in answer.content.decode()
    answer = browser.post(WELL, old)
    assert answer.status_code == 403
    assert form_to(answer, WELL)["text"] == "Typed before it was shut"
    assert PlanVersion.objects.count() == 2


def test_plan_of_nobody_yet_can_not_be_begun_while_it_is_shut(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = writing(browser, text="By somebody else?")
    Person.objects.filter(pk=cast.heron.person_id).update(plan_closed_until=clock.now() + timedelta(hours=24))
    assert client_of(Person.objects.get(pk=cast.heron.person_id)).post(WELL, form).status_code == 403
    assert not PlanVersion.objects.exists()


def test_record_says_that_a_version_was_saved_and_no_word_of_it(cast: Cast) -> None:
    save(cast.heron, "people", MARKED)
    row = Entry.objects.get(verb="saved a plan")
    assert (row.chain, row.actor) == ("people", f"person:{cast.heron.person_id}")
    assert MARKED not in row.facts
    assert "people" not in row.facts
    assert not Post.objects.exists()


@pytest.mark.parametrize("many", [1, 45])
def test_pages_cost_at_most_ten_queries_however_much_was_written(cast: Cast, many: int) -> None:
    for number in range(many):
        save(cast.heron, list(parts_of(PlanKind.CRISIS))[number % 6], f"Words {number}")
    assert len(keys_of(PlanKind.CRISIS)) == 14
    browser = client_of(cast.heron)
    browser.get(MINE)
    costs = {page: len(spent(lambda at=page: browser.get(f"{MINE}{at}"))) for page in PAGES}
    form = writing(browser, text="One more")
    costs["saving"] = len(spent(lambda: browser.post(WELL, form)))
    assert {page: cost for page, cost in costs.items() if cost > (20 if page == "saving" else 10)} == {}
