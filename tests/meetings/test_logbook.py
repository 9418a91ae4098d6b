"""The logbook: written in short parts, changed by those who were there alone, agreed by two, then frozen."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from time_machine import TimeMachineFixture

import clock
from audit.commitments import commit
from audit.models import Entry
from communities.models import Membership
from meetings.lifecycle.timetable import Role
from meetings.models import Logbook, LogbookPart, LogbookProposal, Session
from meetings.queries.logbook import is_as_agreed, whole
from meetings.services.agreeing import agree, read_out
from meetings.services.erasing import forget_words_of
from meetings.services.logbook import add_part, change_part, leave_out_part, propose_change, settle_proposal
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.groups import a_group, a_role, a_session
from tests.meetings.recording import agreed, fresh, marked_here, only_part, written
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
WORDS = "We walked to the mill and back."


@pytest.fixture
def walk(cast: Cast) -> Session:
    """A session that has begun: Heron is its secretary, Moss and Fern were there, Clover was not."""
    session = a_session(cast.fellside, clock.now() - timedelta(minutes=30))
    a_role(session, Role.SECRETARY, cast.heron)
    marked_here(session, cast.dale, cast.heron, cast.moss, cast.fern)
    return session


def proposed(session: Session, by: Membership, words: str, part: LogbookPart | None = None) -> LogbookProposal:
    return propose_change(session=session, by=by, heading="did", words=words, form_key=uuid4(), part=part)


def test_first_part_begins_the_record_and_the_same_form_is_one_part(cast: Cast, walk: Session) -> None:
    key = uuid4()
    for _again in range(2):
        add_part(session=walk, by=cast.heron, heading="did", words=WORDS, form_key=key)
    assert [part.words for part in LogbookPart.objects.all()] == [WORDS]
    assert walk.logbook.state == "writing"


@pytest.mark.parametrize("who", ["moss", "clover", "wren", "finch", "bramble"])
def test_whoever_does_not_run_the_session_writes_no_record(cast: Cast, walk: Session, who: str) -> None:
    with pytest.raises(Refused):
        add_part(session=walk, by=sitting_now(cast[who]), heading="did", words=WORDS, form_key=uuid4())


def test_record_begins_with_the_session(cast: Cast) -> None:
    ahead = a_session(cast.fellside, clock.now() + timedelta(hours=1))
    a_role(ahead, Role.SECRETARY, cast.heron)
    with pytest.raises(Refused, match="begins with the session"):
        add_part(session=ahead, by=cast.heron, heading="did", words=WORDS, form_key=uuid4())


@pytest.mark.parametrize("words", ["", "  ", "x" * 601])
def test_part_without_words_or_too_long_is_refused(cast: Cast, walk: Session, words: str) -> None:
    with pytest.raises(ValidationError):
        add_part(session=walk, by=cast.heron, heading="did", words=words, form_key=uuid4())


def test_only_those_who_were_there_propose_changes(cast: Cast, walk: Session) -> None:
    part = only_part(written(walk, cast.heron, WORDS))
    proposed(walk, cast.moss, "We walked to the weir.", part)
    for outsider in (cast.clover, cast.wren, cast.dale):
        with pytest.raises(Refused, match="Only those who were there"):
            proposed(walk, sitting_now(outsider), "Something else.", part)


def test_change_that_is_taken_in_stands_and_its_own_words_go(cast: Cast, walk: Session) -> None:
    part = only_part(written(walk, cast.heron, WORDS))
    change = proposed(walk, cast.moss, "We walked to the weir.", part)
    settle_proposal(proposal=change, by=cast.heron, verb="take")
    part.refresh_from_db()
    change.refresh_from_db()
    assert (part.words, change.words, change.state) == ("We walked to the weir.", "", "taken")


@pytest.mark.parametrize(("verb", "by"), [("decline", "heron"), ("take_back", "moss")])
def test_change_that_is_not_taken_leaves_no_words(cast: Cast, walk: Session, verb: str, by: str) -> None:
    part = only_part(written(walk, cast.heron, WORDS))
    change = proposed(walk, cast.moss, "Somebody cried.", part)
    settle_proposal(proposal=change, by=cast[by], verb=verb)
    part.refresh_from_db()
    assert part.words == WORDS
    assert not LogbookProposal.objects.exclude(words="").exists()
    with pytest.raises(Conflict):
        settle_proposal(proposal=change, by=cast[by], verb=verb)


def test_change_that_waits_goes_with_its_authors_posts(cast: Cast, walk: Session) -> None:
    part = only_part(written(walk, cast.heron, WORDS))
    proposed(walk, cast.moss, "Marked kettle words.", part)
    assert forget_words_of(cast.moss, clock.now()) == 1
    assert not LogbookProposal.objects.exclude(words="").exists()
    part.refresh_from_db()
    assert part.words == WORDS


def test_answer_that_says_nothing_keeps_the_words_of_a_change(cast: Cast, walk: Session) -> None:
    change = proposed(walk, cast.moss, "We walked to the weir.", only_part(written(walk, cast.heron, WORDS)))
    answer = client_of(cast.heron).post(f"/c/fellside/groups/logbook/changes/{change.pk}/", {"verb": ""})
    change.refresh_from_db()
    assert (answer.status_code, change.words) == (403, "We walked to the weir.")


def test_one_person_asks_for_ten_changes_at_a_time(cast: Cast, walk: Session) -> None:
    part = only_part(written(walk, cast.heron, WORDS))
    first, *_rest = [proposed(walk, cast.moss, f"Change {n}.", part) for n in range(10)]
    with pytest.raises(Refused):
        proposed(walk, cast.moss, "One more.", part)
    assert proposed(walk, cast.fern, "Mine.", part).pk
    settle_proposal(proposal=first, by=cast.moss, verb="take_back")
    assert proposed(walk, cast.moss, "One more.", part).pk


@pytest.mark.parametrize("verb", ["take", "decline"])
def test_one_who_asked_for_a_change_does_not_answer_it(cast: Cast, walk: Session, verb: str) -> None:
    change = proposed(walk, cast.moss, "More.", only_part(written(walk, cast.heron)))
    with pytest.raises(Refused):
        settle_proposal(proposal=change, by=cast.moss, verb=verb)
    with pytest.raises(Refused):
        settle_proposal(proposal=change, by=cast.fern, verb="take_back")


def test_what_somebody_there_leaves_out_is_gone_at_once_with_changes_to_it(cast: Cast, walk: Session) -> None:
    part = only_part(written(walk, cast.heron, "Marked kettle words."))
    proposed(walk, cast.fern, "Other kettle words.", part)
    leave_out_part(part=part, by=cast.moss)
    leave_out_part(part=part, by=cast.moss)
    assert not LogbookPart.objects.filter(words__contains="kettle").exists()
    assert not LogbookProposal.objects.filter(words__contains="kettle").exists()
    with pytest.raises(Conflict):
        change_part(part=part, by=cast.heron, words="It comes back", seen=fresh(part.logbook).edition)


def test_somebody_who_was_not_there_leaves_nothing_out(cast: Cast, walk: Session) -> None:
    part = only_part(written(walk, cast.heron))
    with pytest.raises(Refused):
        leave_out_part(part=part, by=cast.clover)


def test_change_from_an_old_page_is_a_conflict(cast: Cast, walk: Session) -> None:
    part = only_part(logbook := written(walk, cast.heron))
    seen = fresh(logbook).edition
    change_part(part=part, by=cast.heron, words="One", seen=seen)
    with pytest.raises(Conflict):
        change_part(part=part, by=cast.heron, words="Two", seen=seen)


def test_record_is_frozen_once_its_secretary_and_another_who_was_there_agree(cast: Cast, walk: Session) -> None:
    logbook = written(walk, cast.heron, WORDS)
    seen = fresh(logbook).edition
    assert not agree(logbook=logbook, by=cast.heron, seen=seen)
    assert not agree(logbook=logbook, by=cast.heron, seen=seen)
    assert agree(logbook=logbook, by=cast.moss, seen=seen)
    frozen = fresh(logbook)
    assert frozen.state == "agreed"
    assert is_as_agreed(frozen, frozen.parts.order_by("pk"))


def test_two_who_were_there_without_the_secretary_are_not_enough(cast: Cast, walk: Session) -> None:
    logbook = written(walk, cast.heron)
    for one in (cast.moss, cast.fern):
        assert not agree(logbook=logbook, by=one, seen=fresh(logbook).edition)


def test_somebody_who_was_not_there_can_not_agree(cast: Cast, walk: Session) -> None:
    logbook = written(walk, cast.heron)
    for outsider in (cast.clover, cast.dale):
        with pytest.raises(Refused):
            agree(logbook=logbook, by=sitting_now(outsider), seen=fresh(logbook).edition)


def test_agreeing_counts_for_the_words_that_were_seen_only(cast: Cast, walk: Session) -> None:
    logbook = written(walk, cast.heron)
    seen = fresh(logbook).edition
    agree(logbook=logbook, by=cast.heron, seen=seen)
    change_part(part=only_part(logbook), by=cast.heron, words="Quite another thing.", seen=seen)
    with pytest.raises(Conflict):
        agree(logbook=logbook, by=cast.moss, seen=seen)
    assert not agree(logbook=logbook, by=cast.moss, seen=fresh(logbook).edition)


def test_record_waits_for_the_answer_to_a_change(cast: Cast, walk: Session) -> None:
    logbook = written(walk, cast.heron)
    proposed(walk, cast.moss, "Also this.")
    with pytest.raises(Refused, match="would like a change"):
        agree(logbook=logbook, by=cast.heron, seen=fresh(logbook).edition)


def test_nothing_of_an_agreed_record_changes(cast: Cast, walk: Session) -> None:
    logbook = agreed(a_session(cast.fellside, clock.now() - timedelta(hours=1)), cast.heron, cast.moss, WORDS)
    part, seen = only_part(logbook), logbook.edition
    tries = [
        lambda: add_part(session=logbook.session, by=cast.heron, heading="did", words="x", form_key=uuid4()),
        lambda: change_part(part=part, by=cast.heron, words="x", seen=seen),
        lambda: leave_out_part(part=part, by=cast.moss),
        lambda: leave_out_part(part=part, by=sitting_now(cast.dale)),
        lambda: proposed(logbook.session, cast.moss, "x", part),
        lambda: agree(logbook=logbook, by=cast.moss, seen=seen),
    ]
    for attempt in tries:
        with pytest.raises(Refused, match="agreed"):
            attempt()
    assert [each.words for each in LogbookPart.objects.all()] == [WORDS]


def test_community_record_holds_the_commitment_and_no_word(cast: Cast, walk: Session) -> None:
    agreed(a_session(cast.fellside, clock.now() - timedelta(hours=1)), cast.heron, cast.moss, "Marked kettle words.")
    entry = Entry.objects.get(verb="freeze logbook")
    frozen = fresh(LogbookPart.objects.get().logbook)
    assert frozen.commitment in entry.facts
    assert not Entry.objects.filter(facts__contains="kettle").exists()


def test_page_says_when_words_were_changed_from_outside(cast: Cast, walk: Session) -> None:
    logbook = agreed(a_session(cast.fellside, clock.now() - timedelta(hours=1)), cast.heron, cast.moss, WORDS)
    address = f"/c/fellside/groups/sessions/{logbook.session_id}/logbook/"
    assert "not the words that were agreed" not in client_of(cast.clover).get(address).content.decode()
    LogbookPart.objects.update(words="We walked nowhere.")
    assert "not the words that were agreed" in client_of(cast.clover).get(address).content.decode()
    # And when a new commitment to them is put beside them: the record has the old one.
    commitment, salt = commit(whole(logbook.parts.all()))
    Logbook.objects.update(commitment=commitment, salt=salt)
    assert "not the words that were agreed" in client_of(cast.clover).get(address).content.decode()


class Weekly:
    """A group with a session last week, whose record is written, and one that begins now, chaired by Clover."""

    def __init__(self, cast: Cast) -> None:
        now, group = clock.now(), a_group(cast.wren)
        self.last = a_session(cast.fellside, now - timedelta(days=7), group=group)
        self.now = a_session(cast.fellside, now, group=group)
        a_role(self.last, Role.SECRETARY, cast.heron)
        a_role(self.now, Role.CHAIR, cast.clover)
        marked_here(self.last, cast.dale, cast.heron, cast.moss)
        self.logbook = written(self.last, cast.heron, WORDS)


def test_last_record_is_read_and_agreed_in_the_next_session_of_its_group(cast: Cast) -> None:
    weekly = Weekly(cast)
    for _twice in range(2):
        assert read_out(session=weekly.now, by=cast.clover).state == "read_out"
    seen = fresh(weekly.logbook).edition
    assert not agree(logbook=weekly.logbook, by=cast.clover, seen=seen)
    assert agree(logbook=weekly.logbook, by=cast.moss, seen=seen)


def test_chair_of_the_next_session_reads_it_but_leads_only_once_it_was_read(cast: Cast) -> None:
    weekly = Weekly(cast)
    assert client_of(cast.clover).get(f"/c/fellside/groups/sessions/{weekly.last.pk}/logbook/").status_code == 200
    with pytest.raises(Refused):
        agree(logbook=weekly.logbook, by=cast.clover, seen=fresh(weekly.logbook).edition)


def test_somebody_without_a_part_in_the_session_notes_no_reading(cast: Cast) -> None:
    with pytest.raises(Refused):
        read_out(session=Weekly(cast).now, by=cast.moss)


def test_without_a_chair_the_facilitator_leads_and_without_one_those_who_were_there(cast: Cast) -> None:
    led = a_session(cast.fellside, clock.now() - timedelta(hours=1), facilitator=cast.dale)
    marked_here(led, cast.dale, cast.moss, cast.fern)
    logbook = written(led, cast.dale)
    for one in (cast.moss, cast.fern):
        assert not agree(logbook=logbook, by=one, seen=fresh(logbook).edition)
    assert agree(logbook=logbook, by=sitting_now(cast.dale), seen=fresh(logbook).edition)
    alone = a_session(cast.fellside, clock.now() - timedelta(hours=2), member_led=True, made_by=cast.moss)
    marked_here(alone, cast.moss, cast.moss, cast.fern)
    record = written(alone, cast.moss)
    assert not agree(logbook=record, by=cast.moss, seen=fresh(record).edition)
    assert agree(logbook=record, by=cast.fern, seen=fresh(record).edition)


def test_chair_whom_the_register_does_not_have_was_not_there(
    cast: Cast, walk: Session, time_machine: TimeMachineFixture
) -> None:
    a_role(walk, Role.CHAIR, cast.clover)
    logbook = written(walk, cast.heron)
    with pytest.raises(Refused):
        agree(logbook=logbook, by=cast.clover, seen=fresh(logbook).edition)
