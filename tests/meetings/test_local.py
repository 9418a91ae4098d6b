"""The page of local life: who keeps it, what is kept of it, and when somebody is asked to look again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from clock.london import day_of
from communities.lifecycle import State
from communities.models import TermOfOffice
from meetings.lifecycle.local import LocalKind
from meetings.local_due import HOLDS_FOR
from meetings.models import LocalChange, LocalPiece
from meetings.services.erasing import forget_words_of
from meetings.services.local import (
    MOST_PIECES,
    LocalWords,
    add_piece,
    change_piece,
    check_piece,
    move_piece,
    take_words_away,
)
from meetings.services.local_asking import ask_about_local
from notices import kinds
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.meetings.local_steps import a_piece, first_text
from tests.steps import HELD, NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
PAGE = "/c/fellside/local/"
CANARY = "kettle-canary"
KEEPS = {"wren", "rowan", "linden", "heron", "bramble"}
READS = KEEPS | {"finch", "hazel", "sorrel", "dale"}
ALL = READS | {"thorn", "willow"}


@pytest.mark.parametrize("key", sorted(ALL))
def test_everybody_here_reads_it_and_members_keep_it(cast: Cast, key: str) -> None:
    piece = a_piece(cast.heron)
    client = client_of(cast[key])
    answer = client.get(PAGE)
    assert answer.status_code == (200 if key in READS else 404)
    if key in READS:
        assert (b"Write something new" in answer.content) == (key in KEEPS)
    verbs = [
        lambda by: add_piece(by=by, kind=LocalKind.US, says=LocalWords("The garden"), form_key=uuid4()),
        lambda by: change_piece(piece=piece, by=by, says=LocalWords("The garden"), seen=1),
        lambda by: move_piece(piece=piece, by=by, verb="take_off"),
    ]
    for verb in verbs:
        if key in KEEPS:
            verb(cast[key])
        else:
            with pytest.raises(Refused):
                verb(cast[key])


def test_form_sent_twice_is_one_piece_and_its_link_and_number_can_be_tapped(cast: Cast) -> None:
    client = client_of(cast.heron)
    sent = {
        "form_key": str(uuid4()),
        "kind": "service",
        "title": "The drop-in <b>",
        "words": "Ring first\nor just come",
        "phone": "01632 (960) 000",
        "web": "https://drop-in.example/",
        "open_times": "Mondays",
    }
    for _again in range(2):
        assert client.post(f"{PAGE}new/", sent).status_code == 302
    assert LocalPiece.objects.count() == LocalChange.objects.count() == 1
    shown = client.get(PAGE).content.decode()
    assert 'href="tel:01632960000"' in shown
    assert 'href="https://drop-in.example/" rel="noreferrer"' in shown
    assert "The drop-in &lt;b&gt;" in shown
    assert "Looked over on 10 June 2026" in shown
    assert verify() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"web": "http://plain.example/"},
        {"web": "javascript:alert(1)"},
        {"web": "not an address"},
        {"phone": "ring me"},
        {"title": ""},
        {"kind": "else"},
        {"words": "x" * 1001},
    ],
    ids=str,
)
def test_what_can_not_stand_there_comes_back_with_its_words(cast: Cast, wrong: dict[str, str]) -> None:
    sent = {"form_key": str(uuid4()), "kind": "us", "title": "The garden", "words": "Behind the hall"} | wrong
    answer = client_of(cast.heron).post(f"{PAGE}new/", sent)
    assert answer.status_code == 200
    assert (sent["title"] in answer.content.decode(), LocalPiece.objects.count()) == (True, 0)
    assert answer.context["form"].errors.keys() <= wrong.keys()
    assert all(len(said) == 1 for said in answer.context["form"].errors.values())


def test_each_change_keeps_what_stood_there_and_an_older_page_changes_nothing(cast: Cast) -> None:
    piece = a_piece(cast.heron, words="Open on Mondays")
    change_piece(piece=piece, by=cast.moss, says=LocalWords("The drop-in", "Open on Tuesdays"), seen=1)
    with pytest.raises(Conflict) as conflict:
        change_piece(piece=piece, by=cast.heron, says=LocalWords("The drop-in", "Shut"), seen=1)
    assert conflict.value.facts == {"edition": "2", "title": "The drop-in", "text": "Open on Tuesdays"}
    again = change_piece(piece=piece, by=cast.moss, says=LocalWords("The drop-in", "Open on Tuesdays"), seen=1)
    assert again.edition == 2
    assert list(piece.changes.order_by("pk").values_list("words", flat=True)) == ["Open on Mondays", "Open on Tuesdays"]
    client = client_of(cast.fern)
    shown = client.get(f"{PAGE}{piece.pk}/").content.decode()
    assert "Open on Mondays" in shown
    assert not {name for name in ("Heron", "Moss") if name in shown}
    back = client.get(f"{PAGE}{piece.pk}/change/?from={first_text(piece).pk}").content.decode()
    assert "Open on Mondays" in back
    assert client.get(f"{PAGE}{piece.pk}/change/?from=²").status_code == 200


def test_conflict_gives_the_words_back_with_the_newer_edition(cast: Cast) -> None:
    piece = a_piece(cast.heron)
    change_piece(piece=piece, by=cast.moss, says=LocalWords("The drop-in", "On Tuesdays"), seen=1)
    client = client_of(cast.heron)
    answer = client.post(f"{PAGE}{piece.pk}/change/", {"edition": "1", "title": "The drop-in", "words": "My words"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert ("My words" in shown, "On Tuesdays" in shown, 'name="edition" value="2"' in shown) == (True, True, True)


def test_half_a_year_later_it_asks_and_whoever_looked_last_is_told_once_a_month(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    piece, other = a_piece(cast.heron, words=CANARY), a_piece(cast.moss)
    check_piece(piece=piece, by=cast.heron, seen=1)
    assert piece.changes.count() == 1
    TermOfOffice.objects.filter(ends_at__gt=clock.now()).update(ends_at=None)
    time_machine.shift(HOLDS_FOR - timedelta(days=1))
    assert (ask_about_local(), Notice.objects.count()) == (0, 0)
    assert b"Please look again" not in client_of(cast.fern).get(PAGE).content
    time_machine.shift(timedelta(days=1))
    moss = cast.moss
    moss.state = State.ON_A_BREAK
    moss.save()
    assert [ask_about_local(), ask_about_local()] == [1, 1]
    told = set(Notice.objects.values_list("person", flat=True))
    assert told == {cast[key].person_id for key in ("heron", "wren", "ash", "juniper")}
    assert not any(CANARY in str(row) for row in Notice.objects.values())
    client = client_of(cast.fern)
    assert client.get(PAGE).content.count(b"Please look again") == 2
    for row in (piece, other):
        assert client.post(f"{PAGE}{row.pk}/checked/", {"edition": "1"}).status_code == 302
    assert b"Please look again" not in client.get(PAGE).content
    assert not Notice.objects.filter(withdrawn_at=None).exists()
    piece.refresh_from_db()
    assert (piece.checked_on, piece.checked_by) == (day_of(clock.now()), cast.fern)
    assert ask_about_local() == 0


def test_being_asked_is_over_with_the_right_to_look(cast: Cast, time_machine: TimeMachineFixture) -> None:
    a_piece(cast.heron)
    time_machine.shift(HOLDS_FOR)
    ask_about_local()
    notice = Notice.objects.get()
    wanted = kinds.get(notice.kind).still_wanted
    assert wanted is not None
    assert wanted(notice)
    heron = cast.heron
    heron.state = State.INACTIVE
    heron.save()
    assert not wanted(notice)


def test_looking_over_an_older_text_is_refused(cast: Cast) -> None:
    piece = a_piece(cast.heron)
    change_piece(piece=piece, by=cast.moss, says=LocalWords("The drop-in", "Tuesdays"), seen=1)
    with pytest.raises(Conflict):
        check_piece(piece=piece, by=cast.heron, seen=1)
    move_piece(piece=piece, by=cast.heron, verb="take_off")
    with pytest.raises(Conflict):
        check_piece(piece=piece, by=cast.heron, seen=2)


def test_what_was_taken_off_can_be_put_back_by_whoever_keeps_the_page(cast: Cast) -> None:
    piece = a_piece(cast.heron, title="The old hall")
    for verb, stands in (("take_off", False), ("take_off", False), ("put_back", True)):
        move_piece(piece=piece, by=cast.moss, verb=verb)
        assert (b"The old hall" in client_of(cast.finch).get(PAGE).content) == stands
    assert list(piece.changes.order_by("pk").values_list("done", flat=True)) == ["written", "taken_off", "put_back"]


def test_words_that_should_never_have_stood_there_go_for_good_by_the_top_three(cast: Cast) -> None:
    piece = a_piece(cast.heron, words=CANARY)
    with pytest.raises(Conflict):
        take_words_away(change=first_text(piece), by=sitting_now(cast.wren))
    change_piece(piece=piece, by=cast.heron, says=LocalWords("The drop-in", "Without it"), seen=1)
    for key in ("heron", "linden", "dale"):
        with pytest.raises(Refused):
            take_words_away(change=first_text(piece), by=sitting_now(cast[key]))
    for _twice in range(2):
        take_words_away(change=first_text(piece), by=sitting_now(cast.wren))
    shown = client_of(cast.fern).get(f"{PAGE}{piece.pk}/").content.decode()
    assert (CANARY in shown, "taken away for good" in shown) == (False, True)
    assert not LocalChange.objects.filter(words__contains=CANARY).exists()
    assert CANARY not in str(list(Entry.objects.values()))
    assert verify() == []


def test_words_of_a_piece_off_the_page_go_from_it_too_and_it_can_not_be_put_back_empty(cast: Cast) -> None:
    piece = move_piece(piece=a_piece(cast.heron, words=CANARY), by=cast.moss, verb="take_off")
    take_words_away(change=first_text(piece), by=sitting_now(cast.wren))
    assert not LocalPiece.objects.filter(words__contains=CANARY).exists()
    with pytest.raises(Refused):
        move_piece(piece=piece, by=cast.moss, verb="put_back")
    change_piece(piece=piece, by=cast.moss, says=LocalWords("The drop-in"), seen=1)
    assert move_piece(piece=piece, by=cast.moss, verb="put_back").state == "shown"


def test_erasing_ones_words_takes_them_out_of_the_history_and_leaves_what_stands_now(cast: Cast) -> None:
    stands, changed, off = (a_piece(cast.heron, title=title, words=CANARY) for title in ("One", "Two", "Three"))
    change_piece(piece=changed, by=cast.moss, says=LocalWords("Two", "Other words"), seen=1)
    move_piece(piece=off, by=cast.moss, verb="take_off")
    for _twice in range(2):
        forget_words_of(cast.heron, clock.now())
    with_it = {row.piece_id for row in LocalChange.objects.filter(words=CANARY)}
    assert with_it == {stands.pk}
    assert set(LocalPiece.objects.filter(words=CANARY)) == {stands}
    assert set(LocalPiece.objects.exclude(title="")) == {stands, changed}


def test_words_about_danger_stand_there_and_somebody_is_asked_to_look(cast: Cast, words_hold: None) -> None:
    client = client_of(cast.heron)
    sent = {"form_key": str(uuid4()), "kind": "us", "title": "For you", "words": "please hold me"}
    answer = client.post(f"{PAGE}new/", sent, follow=True).content
    assert b"you need not be alone" in answer
    assert b"Nobody may read it before" in answer
    asks = b"Please look at these words"
    assert [asks in client_of(cast[key]).get(PAGE).content for key in ("wren", "fern", "dale")] == [True, False, True]


def _told(kind: str = "words_urgent") -> set[int]:
    return set(Notice.objects.filter(kind=kind, withdrawn_at=None).values_list("person_id", flat=True))


def test_words_about_danger_are_told_to_those_on_duty_while_they_stand_there(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.wren)
    on_duty(cast.ash)
    piece = a_piece(cast.ash, words=HELD)
    assert _told() == _told("urgent_again") == {cast.wren.person_id}
    for notice in Notice.objects.filter(kind__in=("words_urgent", "urgent_again")):
        assert HELD not in f"{notice.key} {notice.path}"
        assert kinds.get(notice.kind).still_wanted(notice)
    move_piece(piece=piece, by=cast.moss, verb="take_off")
    assert _told() == _told("urgent_again") == set()
    time_machine.shift(timedelta(minutes=1))
    move_piece(piece=piece, by=cast.moss, verb="put_back")
    assert _told() == {cast.wren.person_id, cast.ash.person_id}
    change_piece(piece=piece, by=cast.heron, says=LocalWords("The drop-in"), seen=1)
    assert _told() == set()


def test_with_nobody_on_duty_each_is_told_of_danger_for_when_they_look(cast: Cast, words_hold: None) -> None:
    a_piece(cast.heron, words=HELD)
    keys = ("wren", "ash", "juniper", "glen")
    assert {cast[key].person_id for key in keys} <= _told()
    assert cast.heron.person_id not in _told()
    assert _told("urgent_again") == set()


@pytest.mark.parametrize(
    ("title", "words", "is_told"),
    [
        ("Bench by the river", "A quiet place to sit. The path is flat.", False),
        ("By the river", "Nobody there at night.", False),
        ("The bench by the river", "Tonight. Goodbye everyone.", True),
        ("Bench by the river", "I am on it and I do not want to go on.", True),
        ("On the bridge now", "It is high enough.", True),
    ],
)
def test_place_for_a_walk_is_no_sign_of_danger_and_somebodys_words_are(
    cast: Cast, title: str, words: str, is_told: bool
) -> None:
    assert a_piece(cast.heron, title=title, words=words).urgency == (2 if is_told else 0)
    assert bool(_told()) == is_told


def test_another_communitys_pieces_are_missing(cast: Cast) -> None:
    piece = a_piece(cast.teal, words=CANARY)
    mine = a_piece(cast.heron)
    client = client_of(cast.wren)
    assert CANARY not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{piece.pk}/").status_code == 404
    assert client.get(f"{PAGE}{piece.pk}/change/").status_code == 404
    assert client.get(f"{PAGE}{mine.pk}/change/?from={first_text(piece).pk}").status_code == 404
    for path in (f"{piece.pk}/checked/", f"{piece.pk}/move/", f"changes/{first_text(piece).pk}/away/"):
        assert client.post(f"{PAGE}{path}", {"edition": "1", "verb": "take_off"}).status_code == 404
    assert client.get(f"/c/riverside/local/{piece.pk}/").status_code == 404


def test_page_takes_the_same_questions_for_few_and_for_all_it_can_hold(cast: Cast) -> None:
    a_piece(cast.heron)
    client = client_of(cast.heron)
    asked = []
    for _many in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(PAGE).status_code == 200
        asked.append(len(queries))
        now = clock.now()
        LocalPiece.objects.bulk_create(
            LocalPiece(
                community=cast.fellside,
                kind=LocalKind.US,
                title=f"Piece {number}",
                checked_on=day_of(now) - HOLDS_FOR,
                checked_by=cast.moss,
                made_by=cast.moss,
                made_at=now,
                form_key=uuid4(),
            )
            for number in range(MOST_PIECES)
        )
    assert asked[0] == asked[1] <= 10
    with pytest.raises(Refused):
        a_piece(cast.heron)


def test_earlier_text_of_endless_digits_is_missing(cast: Cast) -> None:
    piece = a_piece(cast.heron)
    answer = client_of(cast.heron).get(f"/c/fellside/local/{piece.pk}/change/", {"from": "9" * 5000})
    assert answer.status_code == 404
