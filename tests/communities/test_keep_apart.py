"""Two people kept apart: set by two, known to the one who asked, never to the other (domain, section 8)."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.http import Http404
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import Thread
from boards.queries import board_page, mutes_of, mutes_of_each, search_posts, threads_with_new, unanswered
from communities.apart import in_force_for, waiting_for
from communities.lifecycle import APART_STEPS, ApartSays, ApartState
from communities.models import KeepApart, Membership, TermOfOffice
from communities.queries import apart_from
from communities.services import ask_apart, begin_apart, end_apart, say_apart
from notices.models import Notice
from peernet.own.documents import as_json
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.live.knocking import Looks, open_page
from tests.steps import NOON, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
LATER = timedelta(minutes=6)
BOARD, OWN, ASKED = "/c/fellside/board/", "/c/fellside/keep-apart/", "/c/fellside/keep-apart/asked/"


def says(row: KeepApart, by: Membership, what: str = "yes", words: str = "") -> str:
    return say_apart(apart=row, by=sitting_now(by), says=what, words=words)


def kept(cast: Cast, asker: str = "fern", other: str = "moss") -> KeepApart:
    row = ask_apart(by=cast[asker], other=cast[other], words="CANARY-why")
    free = [cast[key] for key in ("wren", "ash", "juniper") if key not in {asker, other}]
    says(row, free[0])
    assert says(row, free[1]) == ApartState.IN_FORCE
    return KeepApart.objects.get(pk=row.pk)


# Who says yes in turn, and what it comes to after each: two of the Top Three, or one with staff.
TURNS = [
    (("wren", "ash"), ("asked", "in_force")),
    (("wren", "dale"), ("asked", "in_force")),
    (("dale", "wren"), ("asked", "in_force")),
    (("dale", "glen"), ("asked", "asked")),
    (("dale", "glen", "ash"), ("asked", "asked", "in_force")),
    (("wren", "wren"), ("asked", "asked")),
]


@pytest.mark.parametrize(("turns", "states"), TURNS)
@pytest.mark.parametrize("what", ["yes", "no"])
def test_two_who_say_the_same_decide_one_of_them_in_office(
    cast: Cast, turns: tuple[str, ...], states: tuple[str, ...], what: str
) -> None:
    row = ask_apart(by=cast.fern, other=cast.moss)
    came_to = {"in_force": "in_force" if what == "yes" else "declined"}
    for key, state in zip(turns, states, strict=True):
        assert says(row, cast[key], what) == came_to.get(state, state)


def test_a_yes_and_a_no_decide_nothing_and_a_voice_may_be_changed(cast: Cast) -> None:
    row = ask_apart(by=cast.fern, other=cast.moss)
    assert says(row, cast.wren, "yes", "We hear you.") == "asked"
    assert says(row, cast.ash, "no", "Not so.") == "asked"
    assert says(row, cast.ash, "yes", "Yes.") == "in_force"
    assert KeepApart.objects.get().answer == "We hear you.\n\nYes."


@pytest.mark.parametrize("key", ["rowan", "linden", "heron", "fern", "moss", "bramble", "otter", "marsh"])
def test_nobody_else_has_a_say(cast: Cast, key: str) -> None:
    row = ask_apart(by=cast.fern, other=cast.moss)
    with pytest.raises((Refused, Http404)):
        says(row, cast[key])
    assert not row.voices.exists()


@pytest.mark.parametrize("key", ["wren", "dale"])
def test_a_say_needs_the_second_step(cast: Cast, key: str) -> None:
    row = ask_apart(by=cast.fern, other=cast.moss)
    with pytest.raises(Refused) as refused:
        say_apart(apart=row, by=cast[key], says="yes")
    assert refused.value.remedy == "second_step"


def test_somebody_in_office_neither_finds_nor_decides_what_is_about_them(cast: Cast) -> None:
    row = ask_apart(by=cast.fern, other=cast.wren)
    with pytest.raises(Http404):
        says(row, cast.wren)
    assert waiting_for(cast.wren) == []
    assert len(waiting_for(cast.ash)) == 1
    assert client_of(cast.wren).get(f"{ASKED}{row.pk}/").status_code == 404
    assert "Fern" not in client_of(cast.wren).get(ASKED).content.decode().split("Somebody has told you")[0]
    assert not Notice.objects.filter(person=cast.wren.person, kind="apart_asked").exists()
    assert Notice.objects.filter(person=cast.ash.person, kind="apart_asked").exists()
    says(row, cast.ash)
    says(row, cast.juniper)
    assert in_force_for(cast.wren) == []
    assert len(in_force_for(cast.ash)) == 1


def test_alternates_stand_in_where_nobody_in_office_is_left(cast: Cast) -> None:
    TermOfOffice.objects.filter(membership__in=(cast.ash, cast.juniper)).update(ended_at=clock.now())
    row = ask_apart(by=cast.fern, other=cast.wren)
    assert Notice.objects.filter(person=cast.rowan.person, kind="apart_asked").exists()
    assert says(row, cast.rowan) == "asked"
    assert client_of(cast.rowan).get(f"{ASKED}{row.pk}/").status_code == 200
    assert says(row, cast.dale) == "in_force"


def test_a_voice_counts_only_while_its_speaker_is_in_office(cast: Cast) -> None:
    row = ask_apart(by=cast.fern, other=cast.moss)
    says(row, cast.wren)
    TermOfOffice.objects.filter(membership=cast.wren).update(ended_at=clock.now())
    assert says(row, cast.ash) == "asked"
    assert says(row, cast.juniper) == "in_force"


def test_one_of_those_in_office_begins_it_for_somebody_who_told_them(cast: Cast) -> None:
    row = begin_apart(by=sitting_now(cast.wren), asker=cast.hazel, other=cast.moss)
    assert [voice.by for voice in row.voices.all()] == [cast.wren]
    assert says(row, cast.dale) == "in_force"
    assert Notice.objects.filter(person=cast.hazel.person, kind="apart_answered").exists()
    for who in (cast.heron, cast.rowan):
        with pytest.raises(Refused):
            begin_apart(by=sitting_now(who), asker=cast.hazel, other=cast.fern)
    with pytest.raises(Refused):
        begin_apart(by=sitting_now(cast.wren), asker=cast.hazel, other=cast.wren)


def test_asked_twice_is_once_and_never_across_communities_or_of_oneself(cast: Cast) -> None:
    assert ask_apart(by=cast.fern, other=cast.moss).pk == ask_apart(by=cast.fern, other=cast.moss).pk
    for other in (cast.teal, cast.fern, cast.willow):
        with pytest.raises(Http404):
            ask_apart(by=cast.fern, other=other)
    with pytest.raises(Refused):
        ask_apart(by=cast.dale, other=cast.moss)


def test_words_of_asking_again_stand_beside_the_first_ones(cast: Cast) -> None:
    for words in ("He follows me.", "Today he was at my door.", "He follows me."):
        row = ask_apart(by=cast.fern, other=cast.moss, words=words)
    told = begin_apart(by=sitting_now(cast.wren), asker=cast.fern, other=cast.moss, words="She rang me too.")
    assert told.pk == row.pk
    row.refresh_from_db()
    assert row.words == "He follows me.\n\nToday he was at my door.\n\nShe rang me too."


def test_words_of_asking_for_what_holds_already_are_given_back(cast: Cast) -> None:
    kept(cast)
    sent = client_of(cast.fern).post(OWN, {"choice": cast.moss.pk, "words": "CANARY-more"})
    assert sent.status_code == 409
    assert "CANARY-more" in sent.content.decode()


# state x verb, by hand from the paper: what each makes of each state.
ALLOWED = {
    ("asked", "set"): "in_force",
    ("asked", "decline"): "declined",
    ("asked", "end"): "ended",
    ("in_force", "end"): "ended",
}


@pytest.mark.parametrize(("state", "verb"), list(product(ApartState.values, APART_STEPS)))
def test_every_verb_in_every_state_is_as_the_table_says(cast: Cast, state: str, verb: str) -> None:
    now = clock.now()
    since = now if state in {"in_force", "ended"} else None
    closed = now if state in {"declined", "ended"} else None
    row = KeepApart.objects.create(
        community=cast.fellside,
        asker=cast.fern,
        other=cast.moss,
        begun_by=cast.fern,
        state=state,
        asked_at=now,
        since=since,
        closed_at=closed,
    )
    if verb == "end":
        end_apart(apart=row, by=cast.fern)
    else:
        what = ApartSays.YES if verb == "set" else ApartSays.NO
        for one in (cast.wren, cast.ash):
            if (state, verb) in ALLOWED:
                says(row, one, what)
            else:
                with pytest.raises(Conflict):
                    says(row, one, what)
    row.refresh_from_db()
    assert row.state == ALLOWED.get((state, verb), state)


def test_only_the_one_who_asked_ends_it(cast: Cast) -> None:
    row = kept(cast)
    for other in (cast.moss, cast.wren, cast.dale, cast.heron):
        with pytest.raises(Http404):
            end_apart(apart=row, by=sitting_now(other))
    assert apart_from(cast.fern, clock.now()) == {cast.moss.pk}
    end_apart(apart=row, by=cast.fern)
    assert apart_from(cast.fern, clock.now()) == apart_from(cast.moss, clock.now()) == frozenset()


def test_both_are_kept_from_deciding_about_each_other_and_only_the_asker_meets_less(cast: Cast) -> None:
    kept(cast)
    now = clock.now()
    assert apart_from(cast.fern, now) == {cast.moss.pk}
    assert apart_from(cast.moss, now) == {cast.fern.pk}
    assert apart_from(cast.heron, now) == apart_from(cast.pebble, now) == frozenset()
    assert mutes_of(cast.fern).apart == {cast.moss.pk}
    assert mutes_of(cast.moss).apart == frozenset()
    assert set(mutes_of_each({cast.fern.pk, cast.moss.pk})) == {cast.fern.pk}


@pytest.fixture
def talk(cast: Cast, time_machine: TimeMachineFixture) -> Thread:
    """Heron's thread, with an answer by Moss and one by Clover; and a thread of Moss's with an answer by Clover."""
    thread = start(cast.heron, "Hello from me", title="Tea").thread
    time_machine.shift(LATER)
    reply(cast.fern, thread, "I am here too")
    theirs = start(cast.moss, "CANARY-opening kettle", title="CANARY-title").thread
    time_machine.shift(LATER)
    reply(cast.moss, thread, "CANARY-answer kettle")
    reply(cast.clover, thread, "The kettle is on")
    reply(cast.clover, theirs, "A kettle for you")
    time_machine.shift(LATER)
    return thread


def pages_of(member: Membership, talk: Thread) -> str:
    client, theirs = client_of(member), Thread.objects.exclude(pk=talk.pk).get()
    paths = ("/c/fellside/", BOARD, f"{BOARD}{talk.pk}/", f"{BOARD}{theirs.pk}/", "/c/fellside/search/?q=kettle")
    answers = [client.get(path) for path in paths]
    assert {answer.status_code for answer in answers} == {200}
    return " ".join(answer.content.decode() for answer in answers)


def test_whoever_asked_meets_nothing_of_the_other_and_everything_of_the_rest(cast: Cast, talk: Thread) -> None:
    kept(cast)
    mine = pages_of(cast.fern, talk)
    assert "CANARY" not in mine
    assert "Moss" not in mine
    for there in ("Hello from me", "The <mark>kettle</mark> is on", "A kettle for you"):
        assert there in mine
    for somebody in (cast.moss, cast.heron, cast.wren):
        theirs = pages_of(somebody, talk)
        for canary in ("CANARY-title", "CANARY-opening", "CANARY-answer"):
            assert canary in theirs


def test_lists_counts_and_unanswered_leave_it_out(cast: Cast, talk: Thread) -> None:
    alone = start(cast.moss, title="Anybody?").thread
    now = clock.now() + LATER
    kept(cast)
    assert {row.thread.pk for row in board_page(cast.fern, now).rows} == {talk.pk}
    assert alone.pk in {row.thread.pk for row in board_page(cast.heron, now).rows}
    assert alone.pk not in {row.thread.pk for row in unanswered(cast.fern, now)}
    assert alone.pk in {row.thread.pk for row in unanswered(cast.heron, now)}
    # Clover's answer in Heron's thread alone is new to Fern, who had joined long before.
    assert threads_with_new(cast.fern, now) == 1
    assert threads_with_new(cast.clover, now) == 3
    found = search_posts(cast.fern, ("kettle",), now)
    assert {post.author_id for post in found.posts} == {cast.clover.pk}
    assert "CANARY-title" not in {opening.title for opening in found.openings.values()}


def test_no_notice_comes_of_what_the_other_writes(cast: Cast, talk: Thread, time_machine: TimeMachineFixture) -> None:
    Notice.objects.all().delete()
    kept(cast)
    Notice.objects.all().delete()
    reply(cast.moss, talk, "One more")
    assert {notice.person_id for notice in Notice.objects.all()} == {cast.heron.person_id, cast.clover.person_id}
    reply(cast.clover, talk, "And one")
    assert cast.fern.person_id in {notice.person_id for notice in Notice.objects.all()}


def test_an_open_page_shows_nothing_of_the_other(cast: Cast, talk: Thread, time_machine: TimeMachineFixture) -> None:
    kept(cast)
    fern, heron = open_page(cast.fern, "thread", talk.pk), open_page(cast.heron, "thread", talk.pk)
    looks = Looks(fern, heron)
    looks.look(whole=True)
    reply(cast.moss, talk, "CANARY-live")
    time_machine.shift(LATER)
    looks.look(whole=True)
    assert "CANARY-live" in heron.everything
    assert "CANARY-live" not in fern.everything


def test_the_other_never_learns_of_it(cast: Cast, talk: Thread) -> None:
    pages_of(cast.moss, talk)  # all is read then
    before = pages_of(cast.moss, talk)
    file_before = file_of(cast.moss)
    kept(cast)
    assert comparable(pages_of(cast.moss, talk)) == comparable(before)
    after = file_of(cast.moss)
    assert "CANARY-why" not in after
    assert len(after) == len(file_before)
    assert not Notice.objects.filter(person=cast.moss.person, kind__startswith="apart").exists()
    for entry in Entry.objects.filter(subject__startswith="apart:"):
        assert cast.moss.ref not in f"{entry.actor} {entry.subject} {entry.facts}"
        assert "CANARY" not in entry.facts
    assert "Moss" in client_of(cast.fern).get(OWN).content.decode()
    assert "CANARY-why" in file_of(cast.fern)


def file_of(member: Membership) -> str:
    return "".join(as_json(member.person, clock.now()))


def comparable(page: str) -> str:
    """Without what differs from one answer to the next."""
    return re.sub(r'name="(csrfmiddlewaretoken|form_key|page_key|attempt)" value="[^"]*"|data-draft="[^"]*"', "", page)


def test_a_member_asks_by_the_form_and_two_answer_by_theirs(cast: Cast) -> None:
    fern = client_of(cast.fern)
    page = fern.get(OWN).content.decode()
    assert "They are never told." in page
    assert "Never the person it is about" in page
    assert fern.post(OWN, {"choice": cast.moss.pk, "words": "He follows me."}).status_code == 302
    row = KeepApart.objects.get()
    for one in (cast.wren, cast.dale):
        client = client_of(one)
        assert "Fern, from Moss" in client.get(ASKED).content.decode()
        assert "He follows me." in client.get(f"{ASKED}{row.pk}/").content.decode()
        assert client.post(f"{ASKED}{row.pk}/", {"verb": "yes", "words": "We do."}).status_code == 302
    page = fern.get(OWN).content.decode()
    assert "in force" in page
    assert "We do." in page
    assert fern.post(f"{OWN}{row.pk}/end/").status_code == 302
    assert KeepApart.objects.get().state == "ended"


@pytest.mark.parametrize("key", ["hazel", "sorrel", "thorn", "finch"])
def test_whoever_sees_no_names_is_told_whom_to_ask(cast: Cast, key: str) -> None:
    page = client_of(cast[key]).get(OWN).content.decode()
    assert "They can begin it for you." in page
    assert "Moss" not in page
    assert client_of(cast[key]).post(OWN, {"choice": cast.moss.pk}).status_code == 200
    assert not KeepApart.objects.exists()


def test_another_communitys_row_is_missing(cast: Cast) -> None:
    row = ask_apart(by=cast.teal, other=cast.plover)
    assert client_of(cast.wren).get(f"{ASKED}{row.pk}/").status_code == 404
    assert client_of(cast.fern).post(f"{OWN}{row.pk}/end/").status_code == 404
    with pytest.raises(Http404):
        says(row, cast.wren)
