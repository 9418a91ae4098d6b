"""“Who can see this?” stands beside every writing box, and says what the doors answer, for each of the cast."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from boards.models import Post
from communities import seeing
from communities.services import propose_invitation
from moderation.lifecycle import Readers
from moderation.seeing import of_report
from tests.access.looking import boxes_without
from tests.cast import Cast, client_of, on_duty
from tests.communities.said import words
from tests.moderation.reporting import reported, reported_person
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
C = "/c/fellside/"
TOP = {"wren", "ash", "juniper"}
MEMBERS = TOP | {"rowan", "linden", "heron", "moss", "fern", "clover"}
AUTHOR = "heron"
# Whom each group of words means among the cast; longer ones first, so that "members on a break" are no "members".
MEANT = {
    # Only under an invitation: tests/boards/test_asking_in.py.
    "guests from staff": set(),
    "those who are new and waiting to join": {"finch"},
    "members on a break": {"hazel"},
    "inactive members": {"sorrel"},
    "members suspended from the board": {"bramble"},
    "members suspended from everything": {"thorn"},
    "Top Three or caretakers": TOP,
    "The one who wrote": {AUTHOR},
    "Only the one who wrote it": {AUTHOR},
    "The member who proposed one": {AUTHOR},
    "You": {AUTHOR},
    "staff": {"dale", "glen"},
    "members": MEMBERS,
}
HERE = MEMBERS | {"finch", "hazel", "sorrel", "bramble", "thorn", "dale", "glen"}


def meant(sentence: str) -> set[str]:
    """The people of the cast whom a sentence names."""
    if sentence.startswith("Everybody who belongs here"):
        return HERE
    left, found = sentence, set()
    for phrase, people in MEANT.items():
        if re.search(rf"\b{re.escape(phrase)}\b", left, re.I):
            found |= people
            left = re.sub(re.escape(phrase), "", left, flags=re.I)
    return found


def who_gets(cast: Cast, address: Callable[[str], str], mark: str) -> set[str]:
    """Everybody who belongs to Fellside and for whom the page at their address shows the mark."""
    found = set()
    for key in HERE:
        answer = client_of(cast[key]).get(address(key))
        if answer.status_code == 200 and mark in unescape(answer.content.decode()):
            found.add(key)
    return found


def says(thing: str) -> str:
    return seeing._sentence(thing, None)[1]


def test_board_is_seen_by_whom_the_box_says(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("board", cast[AUTHOR], text="Canary words")
    assert meant(says("board")) == who_gets(cast, lambda key: f"{C}board/{post.thread_id}/", "Canary words")


def places_of(post: Post) -> Callable[[str], list[str]]:
    return lambda key: [f"{C}board/{post.thread_id}/", f"{C}waiting/{post.pk}/", f"{C}moderation/{post.pk}/"]


@pytest.mark.parametrize(
    ("state", "thing"), [("pause", "pause"), ("held", "held"), ("hidden", "held"), ("removed", "held")]
)
def test_post_that_is_not_on_the_board_is_seen_by_whom_the_box_says(
    cast: Cast, bring: Callable[..., Post], state: str, thing: str
) -> None:
    post = bring(state, cast[AUTHOR], text="Canary words")
    found = set().union(
        *(who_gets(cast, lambda key, at=at: places_of(post)(key)[at], "Canary words") for at in range(3))
    )
    assert found == meant(says(thing))


@pytest.mark.parametrize(("thing", "page", "mark"), [("rules", "rules/", "Our rules"), ("people", "people/", "Clover")])
def test_page_is_seen_by_whom_the_rules_page_says(cast: Cast, thing: str, page: str, mark: str) -> None:
    assert meant(says(thing)) == who_gets(cast, lambda key: f"{C}{page}", mark)


def test_label_of_an_invitation_is_seen_by_whom_the_box_says(cast: Cast) -> None:
    propose_invitation(by=cast[AUTHOR], label="canary friend")
    found = who_gets(cast, lambda key: f"{C}invitations/", "canary friend")
    assert found == meant(says("label")) == meant(says("admission"))


def words_readers(cast: Cast, report_pk: int) -> set[str]:
    return who_gets(cast, lambda key: f"{C}moderation/reports/{report_pk}/", "Canary words")


def named(rows: list[tuple[str, str]]) -> set[str]:
    """The names in what the form says of who reads it."""
    return {name.lower() for name in re.findall(r"[A-Z][a-z]+", rows[0][1]) if name.lower() in HERE}


@pytest.mark.parametrize("about", ["moss", "wren", "dale"])
def test_report_is_read_by_exactly_those_whom_its_form_names(cast: Cast, about: str) -> None:
    page = words(client_of(cast[AUTHOR]).get(f"{C}report/person/{cast[about].pk}/"))
    report = reported_person(cast[about], cast[AUTHOR], words="Canary words")
    readers = words_readers(cast, report.pk)
    assert readers == TOP - {about}
    sentence = re.search(r"Those who look after the board, now: ([^.]+)\.", page)
    assert sentence
    assert {name.lower() for name in re.findall(r"[A-Z][a-z]+", sentence[1])} == readers


def test_report_that_nobody_could_read_says_so(cast: Cast) -> None:
    rows = of_report(Readers.STAFF, [], cast.dale, supervises=False)
    assert "Nobody is left here who could read it" in rows[0][1]
    assert named(rows) == set()


def test_decision_and_answer_are_read_by_whom_the_box_says(cast: Cast, bring: Callable[..., Post]) -> None:
    held = bring("held", cast[AUTHOR])
    rows = seeing.audience("decision")
    assert meant(rows[0][1]) == TOP | {AUTHOR}
    wren = client_of(cast.wren)
    assert "Your words to its author" in words(wren.get(f"{C}moderation/{held.pk}/"))
    report = reported(bring("board", cast.moss), cast.fern)
    page = words(wren.get(f"{C}moderation/reports/{report.pk}/"))
    assert "Everybody who reported this" in page


# Beside every box of every page: tests/access/test_table.py.


def test_box_without_it_would_be_found() -> None:
    assert boxes_without("<main><textarea name=text></textarea></main>")
    assert not boxes_without('<details class="who-sees"></details><textarea></textarea>')


def test_words_given_back_say_it_too(cast: Cast) -> None:
    on_duty(cast.wren)
    answer = Client().post(f"{C}board/new/", {"title": "A", "text": "Kept words", "form_key": "x"})
    page = answer.content.decode()
    assert "Kept words" in page
    assert not boxes_without(page)


def test_box_costs_no_query(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert len(seeing.audience("post")) == 5
        seeing.sentences()
