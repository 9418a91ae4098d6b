"""Bringing something to the meeting, taking it off, and what comes of it (domain, sections 5 and 7)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.queries import verify
from boards.models import Post
from communities.models import Membership, TermOfOffice
from meetings import items
from meetings.lifecycle import ITEM_STEPS, ItemKind, ItemState, MeetingState, Outcome
from meetings.models import AgendaItem
from meetings.services import (
    bring_thread,
    end_meeting,
    note_outcome,
    open_meeting,
    put_on_agenda,
    withdraw_item,
)
from meetings.timing import OUTCOMES_FOR
from moderation.services import erase_own_posts
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.making import a_meeting, an_item
from tests.moderation.suspending import by_two
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]
C = "/c/fellside/"


def brought(post: Post, by: Membership, title: str = "About evenings") -> AgendaItem:
    return bring_thread(thread=post.thread, by=sitting_now(by), title=title, why="It matters to me")


def test_an_author_brings_their_own_thread_and_the_top_three_any(cast: Cast, bring: Bring) -> None:
    own, others = bring("board", cast.heron), bring("board", cast.moss)
    assert brought(own, cast.heron).thread == own.thread
    assert brought(others, cast.wren).by == cast.wren
    with pytest.raises(Refused):
        brought(bring("board", cast.clover), cast.heron)
    for key in ("linden", "rowan", "dale", "hazel", "bramble"):
        with pytest.raises(Refused):
            brought(bring("board", cast.clover), cast[key])


def test_a_thread_stands_on_the_agenda_once_until_it_was_talked_about(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    first = brought(post, cast.heron)
    assert brought(post, cast.heron) == first
    with pytest.raises(Conflict):
        brought(post, cast.wren, "Again")
    withdraw_item(item=first, by=cast.heron)
    assert brought(post, cast.wren, "Anew") != first
    assert verify() == []


def test_brought_from_an_old_page_the_words_come_back_to_whoever_wrote_them(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    brought(post, cast.heron)
    sent = {"title": "About mornings too", "words": "They are hard for me as well."}
    answer = client_of(cast.wren).post(f"{C}meeting/bring/{post.thread_id}/", sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "on the agenda already" in page
    assert all(words in page for words in sent.values())
    assert AgendaItem.objects.get().why == "It matters to me"


def test_what_came_of_an_objection_is_not_offered_to_whoever_made_it(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    suspended = by_two(cast.juniper, cast.wren, cast.ash)
    Membership.objects.filter(pk=cast.juniper.pk).update(state="active", suspended_from="", suspended_until=None)
    TermOfOffice.objects.filter(membership=cast.juniper).update(ended_at=None)
    assert suspended.membership == cast.juniper
    meeting = a_meeting(cast.fellside, cast.wren, state=MeetingState.OPEN)
    AgendaItem.objects.update(meeting=meeting)
    assert brought(post, cast.heron)
    pages = {key: client_of(cast[key]).get(f"{C}meeting/{meeting.pk}/").content.decode() for key in ("wren", "juniper")}
    offered = {key: page.count("Write down what came of it") for key, page in pages.items()}
    assert offered == {"wren": 1, "juniper": 0}


@pytest.mark.parametrize(("title", "why"), [("", "why"), ("  ", "why"), ("x" * 121, "why"), ("t", "x" * 1001)])
def test_words_that_are_missing_or_too_long_come_back(cast: Cast, bring: Bring, title: str, why: str) -> None:
    with pytest.raises(ValidationError):
        bring_thread(thread=bring("board", cast.heron).thread, by=cast.heron, title=title, why=why)


def test_the_same_case_waits_once_and_may_come_again_later(cast: Cast) -> None:
    given = {"community": cast.fellside, "kind": ItemKind.OBJECTION, "title": "An objection", "why": "", "by": None}
    first = put_on_agenda(**given, ref="objection:1", now=clock.now())
    assert put_on_agenda(**given, ref="objection:1", now=clock.now()) == first
    assert put_on_agenda(**given, ref="objection:2", now=clock.now()) != first
    other = given | {"community": cast.riverside}
    assert put_on_agenda(**other, ref="objection:1", now=clock.now()) != first


VERBS = {
    "withdraw": lambda item, by: withdraw_item(item=item, by=by),
    "note_outcome": lambda item, by: note_outcome(item=item, by=by, outcome=Outcome.TALKED, words=""),
}
MAY = {"withdraw": {"heron", "wren", "ash"}, "note_outcome": {"wren", "ash", "rowan", "dale"}}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", list(ItemState))
@pytest.mark.parametrize(
    "key", ["heron", "wren", "ash", "rowan", "dale", "moss", "linden", "finch", "hazel", "bramble", "thorn", "otter"]
)
def test_each_step_of_an_item_is_for_its_roles_and_from_its_states(
    cast: Cast, verb: str, state: ItemState, key: str
) -> None:
    meeting = a_meeting(cast.fellside, cast.juniper, state=MeetingState.OPEN)
    item = an_item(cast.heron, state=state, meeting=meeting)
    by = sitting_now(cast[key])
    step = ITEM_STEPS[verb]
    if state == step.target == ItemState.WITHDRAWN:
        assert VERBS[verb](item, by).state == state
    elif key in MAY[verb] and state in step.sources:
        assert VERBS[verb](item, by).state == step.target
    else:
        with pytest.raises((Refused, Conflict)):
            VERBS[verb](item, by)
        item.refresh_from_db()
        assert item.state == state


def test_what_came_of_it_goes_back_to_its_thread_and_to_whoever_brought_it(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron)
    item = brought(post, cast.heron)
    open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.wren))
    note_outcome(item=item, by=sitting_now(cast.dale), outcome=Outcome.AGREED, words="We try <b>Tuesdays</b>.")
    page = client_of(cast.moss).get(f"{C}board/{post.thread_id}/").content.decode()
    assert "From the community meeting" in page
    assert "We try &lt;b&gt;Tuesdays&lt;/b&gt;." in page
    assert "today at 12:16" in page
    assert Notice.objects.filter(kind="item_done", person=cast.heron.person).count() == 1
    assert verify() == []


def test_an_outcome_may_be_written_down_for_a_week_and_not_before_the_opening(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    item, meeting = an_item(cast.heron), a_meeting(cast.fellside)
    with pytest.raises(Refused):
        VERBS["note_outcome"](item, sitting_now(cast.wren))
    open_meeting(meeting=meeting, by=sitting_now(cast.wren))
    end_meeting(meeting=meeting, by=sitting_now(cast.wren))
    time_machine.shift(OUTCOMES_FOR)
    with pytest.raises(Refused):
        VERBS["note_outcome"](item, sitting_now(cast.wren))
    time_machine.shift(-timedelta(seconds=1))
    assert VERBS["note_outcome"](item, sitting_now(cast.wren)).state == ItemState.DONE


def test_what_follows_from_an_outcome_happens_once_and_nobody_writes_down_their_own_case(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[int, str, datetime]] = []
    way = items.Way(
        on_outcome=lambda item, now: heard.append((item.pk, item.outcome, now)),
        outcomes=(Outcome.STANDS, Outcome.CHANGED),
        keeps_out=lambda item: {cast.wren.pk},
    )
    monkeypatch.setitem(items._ways, "other", way)
    meeting = a_meeting(cast.fellside, cast.juniper, state=MeetingState.OPEN)
    item = an_item(cast.heron, kind=ItemKind.OTHER, meeting=meeting)
    for by, outcome in ((cast.wren, Outcome.STANDS), (cast.ash, Outcome.TALKED)):
        with pytest.raises(Refused):
            note_outcome(item=item, by=sitting_now(by), outcome=outcome, words="")
    note_outcome(item=item, by=sitting_now(cast.ash), outcome=Outcome.CHANGED, words="")
    with pytest.raises(Conflict):
        note_outcome(item=item, by=sitting_now(cast.dale), outcome=Outcome.STANDS, words="")
    assert heard == [(item.pk, "changed", clock.now())]


def test_an_outcome_whose_effect_fails_is_not_noted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(item: AgendaItem, now: datetime) -> None:
        raise Conflict("no")

    monkeypatch.setitem(items._ways, "other", items.Way(on_outcome=fails))
    meeting = a_meeting(cast.fellside, cast.juniper, state=MeetingState.OPEN)
    item = an_item(cast.heron, kind=ItemKind.OTHER, meeting=meeting)
    with pytest.raises(Conflict):
        note_outcome(item=item, by=sitting_now(cast.ash), outcome=Outcome.TALKED, words="")
    item.refresh_from_db()
    assert item.state == ItemState.WAITING


def test_what_is_told_at_the_opening_is_told_to_nobody_else_before(cast: Cast) -> None:
    title = "A danger notice was sent"
    given = {"community": cast.fellside, "kind": ItemKind.DANGER, "title": title, "why": "", "by": None}
    put_on_agenda(**given, ref="danger:1", now=clock.now(), from_opening=True)
    meeting = a_meeting(cast.fellside)

    def readers() -> set[str]:
        pages = {key: client_of(cast[key]).get(f"{C}meeting/") for key in ("wren", "dale", "heron", "rowan", "bramble")}
        return {key for key, page in pages.items() if title in page.content.decode()}

    assert readers() == {"wren", "dale"}
    open_meeting(meeting=meeting, by=sitting_now(cast.wren))
    assert readers() == {"wren", "dale", "heron", "rowan", "bramble"}
    end_meeting(meeting=meeting, by=sitting_now(cast.wren))
    a_meeting(cast.fellside, starts_at=clock.now() + timedelta(days=7))
    assert readers() == {"wren", "dale", "heron", "rowan", "bramble"}


def test_who_sees_when_and_who_sees_what(cast: Cast) -> None:
    a_meeting(cast.fellside)
    an_item(cast.heron)
    seen = {}
    for key in ("heron", "wren", "dale", "bramble", "finch", "hazel", "sorrel", "thorn", "willow", "teal"):
        answer = client_of(cast[key]).get(f"{C}meeting/")
        seen[key] = (answer.status_code, "A title" in answer.content.decode())
    whole, only_when, missing = (200, True), (200, False), (404, False)
    assert seen == {
        **dict.fromkeys(("heron", "wren", "dale", "bramble"), whole),
        **dict.fromkeys(("finch", "hazel"), only_when),
        **dict.fromkeys(("sorrel", "thorn", "willow", "teal"), missing),
    }


def test_staff_read_the_bringers_words_and_no_title_of_the_board(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.moss, title="MARKED-TITLE", text="MARKED-TEXT")
    form = client_of(cast.wren).get(f"{C}meeting/bring/{post.thread_id}/").content.decode()
    assert "MARKED-TITLE" not in form
    brought(post, cast.wren, "In my words")
    page = client_of(cast.dale).get(f"{C}meeting/").content.decode()
    assert "In my words" in page
    assert "MARKED" not in page
    assert f"/board/{post.thread_id}/" not in page
    assert f"/board/{post.thread_id}/" in client_of(cast.heron).get(f"{C}meeting/").content.decode()


def test_somebody_who_writes_of_danger_reads_whom_to_ring(
    cast: Cast, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = bring("board", cast.heron)
    form = {"title": "please hold me", "words": "I can't go on"}
    answer = client_of(cast.heron).post(f"{C}meeting/bring/{post.thread_id}/", form, follow=True)
    assert "ring 999" in answer.content.decode()
    assert "Nobody may read it before" in answer.content.decode()
    assert "Somebody may be in danger" in client_of(cast.wren).get(f"{C}meeting/").content.decode()
    # Staff read these words all the same; nobody else meets the tag.
    assert "Somebody may be in danger" in client_of(cast.dale).get(f"{C}meeting/").content.decode()
    assert "Somebody may be in danger" not in client_of(cast.moss).get(f"{C}meeting/").content.decode()


def test_the_pages_take_the_same_few_queries_however_long_the_agenda(cast: Cast) -> None:
    meeting = a_meeting(cast.fellside, cast.wren, state=MeetingState.OPEN)

    def cost(key: str, path: str) -> int:
        client = client_of(cast[key])
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    pages = [f"{C}meeting/", f"{C}meeting/{meeting.pk}/", f"{C}meeting/{meeting.pk}/paper/"]
    few = [cost(key, path) for key in ("wren", "dale", "heron") for path in pages]
    for _ in range(40):
        an_item(cast.heron, meeting=meeting)
    assert [cost(key, path) for key in ("wren", "dale", "heron") for path in pages] == few
    assert max(few) <= 10


def test_what_somebody_brought_loses_its_words_when_they_have_theirs_erased(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    mine, others = brought(bring("board", cast.heron), cast.heron), brought(bring("board", cast.moss), cast.moss)
    erase_own_posts(by=cast.heron)
    mine.refresh_from_db()
    others.refresh_from_db()
    assert (mine.title, mine.why, mine.state) == ("", "", ItemState.WAITING)
    assert others.title == "About evenings"
    assert "a thread to talk about" in client_of(cast.dale).get(f"{C}meeting/").content.decode()
