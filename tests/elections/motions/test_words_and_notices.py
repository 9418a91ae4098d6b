"""The words beside a motion, and what people are told: never a word of them, nor what it is about."""

from datetime import date, timedelta

import pytest
from time_machine import TimeMachineFixture

from audit.models import Entry
from elections.models import Motion, MotionWords
from elections.motions.lifecycle import Part
from elections.motions.services import look_at_words, withdraw_motion, write_words
from elections.services import cast_vote
from moderation.services import erase_own_posts
from notices import kinds
from notices.models import Notice
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.elections.motions.steps import Votes, fresh, proposed
from tests.steps import HELD, NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
CANARY = "Zephyrine"


def told(kind: str) -> set[str]:
    """Who has a notice of this kind that was not taken back, by sign-in name."""
    rows = Notice.objects.filter(kind=kind, withdrawn_at=None).select_related("person")
    return {row.person.sign_in_name.partition("-")[0] for row in rows}


def still_wanted(kind: str, member: object) -> bool:
    row = Notice.objects.filter(kind=kind, person=member.person).latest("pk")
    return bool(kinds.get(kind).still_wanted(row))


MEMBERS = {"wren", "ash", "juniper", "rowan", "linden", "heron", "moss", "fern", "clover", "bramble"}


def test_members_are_told_of_a_proposal_of_its_vote_and_of_what_was_decided(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "suspension", about=cast.moss, suspended_from="board", weeks=2)
    assert told("motion_proposed") == MEMBERS - {"heron", "moss"}
    assert told("motion_about_you") == {"moss"}
    motion = votes.opened(motion)
    assert told("motion_vote") == MEMBERS - {"moss"}
    votes.voted(motion, yes=6)
    votes.closed(motion)
    assert told("motion_vote") == set()
    assert told("motion_decided") == MEMBERS - {"moss"}
    assert told("motion_decided_you") == {"moss"}


def test_nobody_is_told_to_vote_who_has_or_may_not(cast: Cast, votes: Votes) -> None:
    motion = votes.opened(proposed(cast.heron))
    assert still_wanted("motion_vote", cast.fern)
    cast_vote(poll=motion.poll, by=cast.fern, choices=[0])
    assert not still_wanted("motion_vote", cast.fern)
    assert still_wanted("motion_vote", cast.wren)
    withdraw_motion(motion=fresh(motion), by=cast.heron)
    assert told("motion_vote") == set()


def test_candidate_and_staff_who_vote_are_told(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.wren, "admission", about=cast.finch, day=date(2026, 6, 9))
    assert told("motion_about_you") == {"finch"}
    votes.opened(motion)
    assert {"dale", "glen"} <= told("motion_vote")


def test_no_notice_and_no_entry_of_the_record_holds_a_word_a_name_or_a_choice(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "free", title=f"{CANARY} title", words=f"{CANARY} words")
    about = proposed(cast.wren, "recall", about=cast.ash, words=f"{CANARY} again")
    write_words(motion=about, part=Part.OWN, by=cast.ash, written={"text": f"{CANARY} of my own"})
    votes.opened(motion)
    votes.voted(fresh(motion), yes=4, no=2)
    votes.closed(motion)
    kept = str(list(Notice.objects.values())) + str(list(Entry.objects.values("verb", "actor", "subject", "facts")))
    assert CANARY not in kept
    assert not [name for name in ("Ash", "Heron", "Moss") if name in kept]
    assert "choices" not in kept


def test_words_that_wait_are_told_to_those_on_duty_whom_they_do_not_concern(cast: Cast) -> None:
    for who in (cast.wren, cast.ash, cast.juniper, cast.dale):
        on_duty(who)
    proposed(cast.wren, "recall", about=cast.ash, words=HELD)
    assert told("motion_words") == {"juniper"}
    now, again = Notice.objects.filter(kind="motion_words").order_by("due_at")
    assert again.due_at - now.due_at == timedelta(minutes=15)
    assert Notice.objects.get(kind="motion_words_overdue", person=cast.dale.person).due_at == now.due_at + timedelta(
        hours=1
    )
    look_at_words(words=MotionWords.objects.get(), by=sitting_now(cast.juniper), verb="release", seen=1)
    assert told("motion_words") == told("motion_words_overdue") == set()
    assert told("motion_words_back") == {"wren"}


def test_words_written_anew_are_asked_about_anew(cast: Cast) -> None:
    on_duty(cast.wren)
    motion = proposed(cast.heron, "suspension", about=cast.moss, suspended_from="board", weeks=2)
    for at in (1, 2):
        write_words(motion=motion, part=Part.OWN, by=cast.moss, written={"text": f"{HELD} {at}"})
    open_keys = Notice.objects.filter(kind="motion_words", withdrawn_at=None).values_list("key", flat=True)
    assert {key.split(":")[2] for key in open_keys} == {"2"}
    write_words(motion=motion, part=Part.OWN, by=cast.moss, written={"text": "Softer"})
    assert told("motion_words") == set()


def test_nobody_on_duty_is_said_at_once(cast: Cast) -> None:
    motion = proposed(cast.heron, words=HELD)
    page = client_of(cast.heron).get(f"/c/fellside/motions/{motion.pk}/").content.decode()
    assert "Nobody is on duty now" in page
    assert "116 123" in page


def test_title_and_questions_are_screened_with_the_words(cast: Cast) -> None:
    proposed(cast.heron, "free", title=f"Title {HELD}")
    proposed(cast.wren, "admission", about=cast.finch, day=date(2026, 6, 9), questions=HELD)
    assert list(MotionWords.objects.values_list("state", flat=True)) == ["held", "held"]


def test_words_of_danger_are_held_by_the_real_screening(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    proposed(cast.heron, words="I am going to end my life tonight.")
    assert MotionWords.objects.get().state == "held"


def test_erasing_ones_posts_erases_ones_words_beside_motions(cast: Cast, time_machine: TimeMachineFixture) -> None:
    motion = proposed(cast.heron, "free", title=f"{CANARY} title", words=f"{CANARY} words")
    other = proposed(cast.wren, words="Others' words")
    time_machine.shift(timedelta(minutes=1))
    erase_own_posts(by=cast.heron)
    assert CANARY not in str(list(MotionWords.objects.values()))
    assert MotionWords.objects.get(motion=other).text == "Others' words"
    page = client_of(cast.fern).get(f"/c/fellside/motions/{motion.pk}/").content.decode()
    assert "The words have been erased" in page
    assert Motion.objects.filter(pk=motion.pk, state="talking").exists()
