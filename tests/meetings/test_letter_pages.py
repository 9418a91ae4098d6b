"""The pages of the group's letters: for those who write them, whom they are to, on paper; in few questions."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from clock.london import day_of
from communities.models import Membership
from meetings.models import AbsenceCase, ComeBackAsked, LetterWords
from meetings.services.absences import follow_up
from meetings.services.coming_back import ask_to_come_back
from meetings.services.deciding_absences import make_inactive
from meetings.services.letters import agree_letter, answer_letter, open_letter
from notices.models import Notice
from tests.access.letter_things import a_case
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.attending import DAY, a_letter, fresh, with_rule
from tests.meetings.groups import a_session
from tests.scenarios.night import page
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
LETTERS = "/c/fellside/letters/"


def main_of(client: Client, address: str) -> str:
    """The main part of a page, without the menu."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    found = re.search(r"<main.*?</main>", answer.content.decode(), re.S)
    assert found
    return found.group()


def test_nobody_to_write_to_is_said_kindly(cast: Cast) -> None:
    assert "Everybody has been seen" in page(client_of(cast.heron), LETTERS)
    assert "There is no letter for you" in page(client_of(cast.moss), f"{LETTERS}yours/")


def test_words_are_written_on_the_page_and_come_back_where_somebody_was_quicker(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    heron, fern = client_of(cast.heron), client_of(cast.fern)
    one = f"{LETTERS}{case.pk}/"
    assert heron.post(one, {"words": "Dear Moss, come soon.", "version": "1"}).status_code == 302
    late = fern.post(one, {"words": "MARKED other words", "version": "1"})
    assert late.status_code == 409
    assert "MARKED other words" in late.content.decode()
    assert "Please write something." in fern.post(one, {"words": "", "version": "2"}).content.decode()
    assert fern.post(f"{one}agree/", {"version": "2"}).status_code == 302
    assert fresh(case).state == "sent"
    assert LetterWords.objects.count() == 2
    assert fern.post(f"{one}agree/", {}).status_code == 409


def test_markup_in_a_letter_is_only_words(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    heron = client_of(cast.heron)
    heron.post(f"{LETTERS}{case.pk}/", {"words": "<script>alert(1)</script> <b>Moss</b>", "version": "1"})
    shown = heron.get(f"{LETTERS}{case.pk}/").content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_staff_read_it_and_take_it_there_but_write_none_of_it(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    dale = client_of(cast.dale)
    assert "Members write this letter." in page(dale, f"{LETTERS}{case.pk}/")
    assert dale.post(f"{LETTERS}{case.pk}/", {"words": "Mine", "version": "1"}).status_code in {403, 404}
    for one in (cast.heron, cast.fern):
        client_of(one).post(f"{LETTERS}{case.pk}/agree/", {"version": "1"})
    reached = f"{LETTERS}{case.pk}/reached/"
    assert "Please choose how." in dale.post(reached, {"day": ""}).content.decode()
    assert dale.post(reached, {"kind": "posted", "day": day_of(clock.now()).isoformat()}).status_code == 302
    assert "They have until Wednesday 17 June to answer." in page(dale, f"{LETTERS}{case.pk}/")
    assert dale.post(f"{LETTERS}{case.pk}/not-reached/").status_code == 302
    assert fresh(case).state == "sent"


def test_outside_of_the_printed_letter_and_its_title_name_no_place(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    address = f"{LETTERS}{case.pk}/paper/"
    assert client_of(cast.heron).get(address).status_code == 409
    case = fresh(case)
    for one in (cast.heron, cast.fern):
        client_of(one).post(f"{LETTERS}{case.pk}/agree/", {"version": "1"})
    whole = client_of(cast.heron).get(address).content.decode()
    title = re.search(r"<title>(.*?)</title>", whole)
    outside = re.search(r'<section class="outside".*?</section>', whole, re.S)
    assert title
    assert outside
    for part in (title.group(1), outside.group()):
        assert "Fellside" not in part
        assert "Peernet" not in part
    assert "Moss" in outside.group()
    # Nor does anything that every page says about the community come to stand on it.
    before = whole[whole.index("<main") : outside.start()]
    assert 'id="asked-in" class="no-print"' in before
    assert "Fellside" not in re.sub(r'<div class="no-print">.*?</div>', "", before, flags=re.S)
    assert "Please ring me" in whole


def test_letter_to_oneself_is_an_envelope_until_it_is_opened_by_its_button(cast: Cast) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    moss, own = client_of(cast.moss), f"{LETTERS}yours/{case.pk}/"
    for method in (moss.get, moss.head):
        assert method(own).status_code == 200
        assert method(f"{own}open/").status_code == 405
    assert fresh(case).state == "sent"
    assert "Dear Moss" not in page(moss, own)
    assert moss.post(f"{own}open/").status_code == 302
    assert "Dear Moss" in page(moss, own)
    assert not Notice.objects.filter(person=cast.moss.person, kind="group_letter", seen_at=None).exists()


@pytest.mark.parametrize("verb", ["", "leave", "everything"])
def test_answer_that_is_none_of_the_three_changes_nothing(cast: Cast, verb: str) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    assert client_of(cast.moss).post(f"{LETTERS}yours/{case.pk}/answer/", {"verb": verb}).status_code == 403
    assert fresh(case).state == "reached"


def test_letter_of_somebody_else_or_of_another_place_or_one_being_written_is_missing(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    for who in ("moss", "heron", "dale", "teal"):
        assert client_of(cast[who]).get(f"{LETTERS}yours/{case.pk}/").status_code == 404
    # Moss is Pebble at Riverside.
    assert client_of(cast.moss).get(f"/c/riverside/letters/{case.pk}/").status_code == 404
    for verb in ("agree", "reached", "not-reached", "paper", "decide"):
        for method in (client_of(cast.moss).get, client_of(cast.moss).post):
            assert method(f"{LETTERS}{case.pk}/{verb}/").status_code in {404, 405}


def test_answer_is_shown_to_those_who_wrote_and_no_reason_is(cast: Cast) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    answer_letter(case=case, by=cast.moss, answer="not_now")
    assert "I can't come for now" in page(client_of(cast.heron), LETTERS)
    assert "They have answered" in page(client_of(cast.heron), f"{LETTERS}{case.pk}/")


def test_decision_has_its_page_for_those_in_office_once_the_time_is_over(cast: Cast, time_machine) -> None:
    with_rule(cast.fellside, "after_silence", "inactive")
    case = a_letter(cast, cast.moss, opened=True)
    address = f"{LETTERS}{case.pk}/decide/"
    assert client_of(cast.wren).get(address).status_code == 403
    time_machine.shift(DAY * 8)
    wren = client_of(cast.wren)
    assert "Say what follows" in page(wren, f"{LETTERS}{case.pk}/")
    assert "Say what follows" not in page(client_of(cast.heron), f"{LETTERS}{case.pk}/")
    assert "You decide, not the site." in page(wren, address)
    assert client_of(cast.heron).get(address).status_code == 404
    assert wren.post(address, {"verb": "leave", "words": ""}).status_code == 302
    assert fresh(case).outcome == "left"


def test_whoever_is_suspended_still_reads_the_letters_to_them(cast: Cast) -> None:
    case = a_case(cast.thorn, "sent", by=cast.wren)
    thorn = client_of(cast.thorn)
    assert "You have not opened it yet." in page(thorn, f"{LETTERS}yours/")
    assert thorn.get(f"{LETTERS}yours/{case.pk}/").status_code == 200


def test_notices_of_letters_say_nothing_of_what_and_whom(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    answer_letter(case=case, by=cast.moss, answer="ring")
    ask_to_come_back(by=cast.sorrel)
    for notice in Notice.objects.all():
        assert "Moss" not in page(client_of(notice.person), "/notices/").split("You are here as")[0]
        assert "Sorrel" not in page(client_of(notice.person), "/notices/")


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_each_page_takes_ten_questions_at_most_however_much_there_is(cast: Cast, time_machine) -> None:
    with_rule(cast.fellside, "after_silence", "inactive")
    case = a_letter(cast, cast.moss, opened=True)
    time_machine.shift(DAY * 8)
    follow_up(community=cast.fellside)
    asked = ask_to_come_back(by=cast.sorrel)
    pages = {
        "heron": [LETTERS, f"{LETTERS}{case.pk}/", f"{LETTERS}{case.pk}/paper/"],
        "wren": [LETTERS, f"{LETTERS}{case.pk}/decide/", f"/c/fellside/come-back/{asked.pk}/"],
        "dale": [LETTERS, f"{LETTERS}{case.pk}/"],
        "moss": [f"{LETTERS}yours/", f"{LETTERS}yours/{case.pk}/"],
        "sorrel": ["/c/fellside/come-back/"],
    }
    clients = {key: client_of(cast[key]) for key in pages}
    few = {(key, address): cost(clients[key], address) for key in pages for address in pages[key]}
    moss_letters = AbsenceCase.objects.filter(membership=cast.moss)
    for number in range(12):
        row = fresh(case)
        row.pk, row.state, row.outcome, row.closed_at = None, "ended", "seen", clock.now()
        row.save()
        LetterWords.objects.create(case=row, number=1, words=f"Letter {number}", at=clock.now())
    assert moss_letters.count() == 13
    ComeBackAsked.objects.filter(pk=asked.pk).update(words="x" * 900)
    for member in Membership.objects.filter(community=cast.fellside, state="active").exclude(pk=cast.moss.pk):
        if not member.is_staff:
            a_case(member, "writing", by=cast.heron)
    for hours in range(1, 30):
        a_session(cast.fellside, clock.now() + timedelta(hours=hours))
    many = {(key, address): cost(clients[key], address) for key in pages for address in pages[key]}
    assert many == few
    assert max(few.values()) <= 10, few


def test_page_of_what_was_decided_says_until_when_and_how_to_object(cast: Cast, time_machine) -> None:
    with_rule(cast.fellside, "after_silence", "inactive")
    case = a_letter(cast, cast.moss, opened=True)
    time_machine.shift(DAY * 8)
    make_inactive(case=case, by=sitting_now(cast.wren), words="")
    moss = client_of(cast.moss)
    shown = main_of(moss, f"{LETTERS}yours/{case.pk}/")
    assert "Until you would like to come back." in shown
    assert f"/c/fellside/object/{case.ref}/" in shown
    assert moss.get(f"/c/fellside/object/{case.ref}/").status_code == 200


def test_front_page_says_that_a_letter_lies_there_until_it_is_opened_to_nobody_else(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    said, words = "There is a letter for you", case.letters.get().words
    assert said not in page(client_of(cast.moss), "/c/fellside/")
    for one in (cast.heron, cast.fern):
        agree_letter(case=case, by=one, seen=1)
    front = main_of(client_of(cast.moss), "/c/fellside/")
    assert f'<a href="{LETTERS}yours/">{said}</a>' in front
    assert words.split()[0] not in front
    assert [said in page(client_of(cast[key]), "/c/fellside/") for key in ("heron", "dale", "wren")] == [False] * 3
    open_letter(case=case, by=cast.moss)
    assert said not in page(client_of(cast.moss), "/c/fellside/")


def test_front_page_says_that_a_letter_can_be_answered_until_it_is(cast: Cast) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    said = f'<a href="{LETTERS}yours/">There is a letter you can answer</a>'
    assert said in main_of(client_of(cast.moss), "/c/fellside/")
    answer_letter(case=case, by=cast.moss, answer="come")
    assert "There is a letter" not in main_of(client_of(cast.moss), "/c/fellside/")


def test_letter_costs_the_front_page_no_query_of_its_own(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() + DAY)
    client = client_of(cast.moss)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get("/c/fellside/")
        return len(asked)

    cost()
    without = cost()
    a_letter(cast, cast.moss, sent=True)
    assert cost() == without <= 16
