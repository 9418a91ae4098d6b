"""Copies: whose words a meeting reads, from when, and who has a say (domain, section 7; safety checks, 1.6)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from boards.models import Post
from boards.services import take_back
from meetings.lifecycle import PIECE_STEPS, ItemState, MeetingState, PieceState
from meetings.models import AgendaItem, CommunityMeeting, CopiedPost, Look
from meetings.services import (
    end_meeting,
    end_objection,
    hold_for_objection,
    leave_out,
    open_meeting,
    say_to_copy,
    second_copy,
    withdraw_item,
)
from meetings.timing import OPEN_FOR, TOLD_BEFORE
from moderation.lifecycle.objections import Hearing
from moderation.services import change_standing, erase_own_posts
from moderation.services.bringing import bring_copy, join_copy
from moderation.services.hearing import hear
from moderation.services.objecting import object_to, withdraw_objection
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.making import a_meeting, a_piece, copied
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]
C = "/c/fellside/"
WORDS = "MARKED-WORDS"
FORM: dict[str, Any] = {"title": "T", "why": "", "names_out": "", "form_key": uuid4()}


def piece_of(item: AgendaItem, place: int = 0) -> CopiedPost:
    return CopiedPost.objects.select_related("copy__item").get(copy__item=item, place=place)


def opened(cast: Cast) -> CommunityMeeting:
    """The meeting of this moment, opened in the room."""
    return open_meeting(meeting=a_meeting(cast.fellside), by=sitting_now(cast.ash))


def read_by(cast: Cast, key: str, meeting: CommunityMeeting) -> str:
    """What this one of the cast reads of the copies."""
    answer = client_of(cast[key]).get(f"{C}meeting/{meeting.pk}/copies/")
    return answer.content.decode() if answer.status_code == 200 else ""


def test_ones_own_posts_are_read_without_anybodys_leave(cast: Cast, bring: Bring) -> None:
    copied(cast.wren, bring("board", cast.wren, WORDS))
    meeting = opened(cast)
    assert WORDS in read_by(cast, "dale", meeting)
    assert not Notice.objects.filter(kind__in=("copy_asked", "copy_second")).exists()


def test_with_its_authors_yes_one_of_the_top_three_is_enough(cast: Cast, bring: Bring) -> None:
    item = copied(cast.wren, bring("board", cast.heron, WORDS))
    assert Notice.objects.get(kind="copy_asked").person == cast.heron.person
    meeting = opened(cast)
    assert WORDS not in read_by(cast, "dale", meeting)
    say_to_copy(piece=piece_of(item), by=cast.heron, agrees=True)
    assert WORDS in read_by(cast, "dale", meeting)
    say_to_copy(piece=piece_of(item), by=cast.heron, agrees=False)
    assert WORDS not in read_by(cast, "dale", meeting)


def test_without_it_two_must_join_and_a_day_must_pass(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    item = copied(cast.wren, bring("board", cast.heron, WORDS))
    time_machine.shift(TOLD_BEFORE - timedelta(minutes=1))
    with pytest.raises(Refused):
        second_copy(item=item, by=sitting_now(cast.wren))
    join_copy(item=item, by=sitting_now(cast.juniper))
    meeting = opened(cast)
    assert WORDS not in read_by(cast, "dale", meeting)
    time_machine.shift(timedelta(minutes=1))
    assert WORDS in read_by(cast, "dale", meeting)
    assert verify() == []


def test_a_day_alone_is_not_enough(cast: Cast, bring: Bring, time_machine: TimeMachineFixture) -> None:
    copied(cast.wren, bring("board", cast.heron, WORDS))
    time_machine.shift(timedelta(days=9))
    assert WORDS not in read_by(cast, "dale", opened(cast))


def test_objected_to_nobody_reads_it_and_upheld_it_is_left_out(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    item = copied(cast.wren, bring("board", cast.heron, WORDS))
    join_copy(item=item, by=sitting_now(cast.ash))
    time_machine.shift(TOLD_BEFORE)
    row = object_to(case=piece_of(item).ref, by=cast.heron, words="Please do not")
    meeting = opened(cast)
    assert WORDS not in read_by(cast, "dale", meeting)
    for brought in (cast.wren, cast.ash):
        with pytest.raises((Refused, Conflict)):
            hear(objection=row, by=sitting_now(brought), verdict=Hearing.UNDO)
    hear(objection=row, by=sitting_now(cast.juniper), verdict=Hearing.UNDO)
    assert piece_of(item).state == PieceState.LEFT_OUT
    assert WORDS not in read_by(cast, "dale", meeting)
    assert verify() == []


@pytest.mark.parametrize(("outcome", "state"), [("let_stand", PieceState.STANDS), ("", PieceState.ASKED)])
def test_heard_and_not_upheld_or_taken_back_it_may_be_read(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture, outcome: str, state: str
) -> None:
    item = copied(cast.wren, bring("board", cast.heron, WORDS))
    join_copy(item=item, by=sitting_now(cast.ash))
    row = object_to(case=piece_of(item).ref, by=cast.heron, words="")
    if outcome:
        hear(objection=row, by=sitting_now(cast.juniper), verdict=Hearing(outcome))
    else:
        withdraw_objection(objection=row, by=cast.heron)
    assert piece_of(item).state == state
    time_machine.shift(TOLD_BEFORE)
    assert WORDS in read_by(cast, "dale", opened(cast))


@pytest.mark.parametrize("case", ["copy:999999", "copy:0", "copy:x"])
def test_a_copy_that_is_not_there_or_anothers_cant_be_objected_to(cast: Cast, bring: Bring, case: str) -> None:
    with pytest.raises(Http404):
        object_to(case=case, by=cast.heron, words="")
    item = copied(cast.wren, bring("board", cast.heron, WORDS))
    for key in ("moss", "wren", "teal"):
        with pytest.raises(Http404):
            object_to(case=piece_of(item).ref, by=cast[key], words="")
    withdraw_item(item=item, by=sitting_now(cast.wren))
    with pytest.raises(Http404):
        object_to(case=piece_of(item).ref, by=cast.heron, words="")


READERS = ("wren", "heron", "moss", "rowan", "linden", "dale", "glen", "finch", "hazel", "sorrel", "bramble", "thorn")
ACTIVE = {"wren", "heron", "moss", "rowan", "linden"}


def test_words_are_open_to_members_and_staff_from_the_opening_to_the_end(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    copied(cast.wren, bring("removed", cast.wren, WORDS))
    meeting = a_meeting(cast.fellside)

    def readers() -> set[str]:
        return {key for key in (*READERS, "teal", "marsh") if WORDS in read_by(cast, key, meeting)}

    assert readers() == set()
    open_meeting(meeting=meeting, by=sitting_now(cast.rowan))
    assert readers() == ACTIVE | {"dale", "glen"}
    time_machine.shift(OPEN_FOR)
    assert readers() == set()
    time_machine.shift(-timedelta(minutes=10))
    assert readers() == ACTIVE | {"dale", "glen"}
    end_meeting(meeting=meeting, by=sitting_now(cast.dale))
    assert readers() == set()


def test_each_look_of_staff_is_on_record_and_shown_to_everybody(cast: Cast, bring: Bring) -> None:
    copied(cast.wren, bring("board", cast.wren, WORDS))
    meeting = opened(cast)
    for key in ("dale", "dale", "heron", "wren"):
        assert WORDS in read_by(cast, key, meeting)
    assert list(Look.objects.values_list("by", flat=True)) == [cast.dale.pk] * 2
    assert Entry.objects.filter(verb="look at copies", actor=cast.dale.ref).count() == 2
    page = client_of(cast.heron).get(f"{C}meeting/{meeting.pk}/").content.decode()
    assert "Who of staff read the copied words" in page
    assert page.count("Dale, ") == 2


def test_staff_without_their_second_step_read_nothing(cast: Cast, bring: Bring) -> None:
    copied(cast.wren, bring("board", cast.wren, WORDS))
    meeting = opened(cast)
    answer = client_of(cast.dale, second_factor=False).get(f"{C}meeting/{meeting.pk}/copies/")
    assert (answer.status_code, WORDS in answer.content.decode()) == (403, False)
    assert not Look.objects.exists()


def test_staff_find_the_words_nowhere_else(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.wren, WORDS, "MARKED-TITLE")
    item = copied(cast.wren, post)
    meeting = opened(cast)
    piece = piece_of(item)
    paths = [
        f"{C}meeting/",
        f"{C}meeting/{meeting.pk}/",
        f"{C}meeting/{meeting.pk}/paper/",
        f"{C}meeting/items/{item.pk}/copy/",
        f"{C}meeting/items/{item.pk}/outcome/",
        f"{C}meeting/posts/{piece.pk}/",
        f"{C}moderation/log/",
        f"{C}moderation/log/bring/?v={post.versions.get().pk}",
        f"{C}board/{post.thread_id}/",
        f"{C}",
        f"{C}rules/",
        "/notices/",
    ]
    client = client_of(cast.dale)
    assert [path for path in paths if "MARKED" in client.get(path).content.decode()] == []


def test_names_of_everybody_and_those_named_are_taken_out(cast: Cast, bring: Bring) -> None:
    text = "I met Moss and willow at St Ninian with Margaret. MOSS’S dog too."
    copied(cast.wren, bring("board", cast.wren, text, "For Fern"), names_out="Margaret\nSt Ninian\n")
    page = read_by(cast, "dale", opened(cast))
    words = page.partition("<article")[2].partition("</article>")[0]
    assert "I met (a name) and (a name) at (a name) with (a name). (a name) dog too." in words
    assert "For (a name)" in words
    assert "Wren" not in words
    assert "Writer A" in words


def test_words_made_to_harm_are_only_words(cast: Cast, bring: Bring) -> None:
    copied(cast.wren, bring("board", cast.wren, "<script>alert(1)</script> [x](javascript:alert(1))"), title="<b>x</b>")
    page = read_by(cast, "dale", opened(cast))
    assert "<script>alert" not in page
    assert "<b>x</b>" not in page
    assert "&lt;script&gt;" in page


def test_what_was_erased_or_taken_back_meanwhile_is_gone_from_the_copy(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    erased, held = bring("board", cast.heron, WORDS), bring("held", cast.moss, f"{WORDS}-HELD")
    item = copied(cast.wren, erased, held)
    for place, by in ((0, cast.heron), (1, cast.moss)):
        say_to_copy(piece=piece_of(item, place), by=by, agrees=True)
    meeting = opened(cast)
    assert {WORDS, f"{WORDS}-HELD"} <= set(read_by(cast, "dale", meeting).replace("<", " ").replace(">", " ").split())
    erase_own_posts(by=cast.heron)
    take_back(post=held, by=cast.moss)
    page = read_by(cast, "dale", meeting)
    assert WORDS not in page
    assert "2 posts are not shown" in page


def test_whoever_has_left_is_not_copied_and_whoever_leaves_unasked_is_left_out(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    item = copied(cast.wren, bring("board", cast.heron, WORDS), bring("board", cast.moss, f"{WORDS}-AGREED"))
    join_copy(item=item, by=sitting_now(cast.ash))
    say_to_copy(piece=piece_of(item, 1), by=cast.moss, agrees=True)
    time_machine.shift(TOLD_BEFORE)
    for member in (cast.heron, cast.moss):
        change_standing(membership=member, verb="leave", by=member.ref)
    page = read_by(cast, "dale", opened(cast))
    assert f"{WORDS}-AGREED" in page
    assert page.count(WORDS) == 1
    with pytest.raises(Refused):
        copied(cast.wren, Post.objects.filter(author=cast.heron)[0])


def test_way_back_from_an_objection_leads_to_a_page_that_is_there_also_for_who_has_left(
    cast: Cast, bring: Bring
) -> None:
    item = copied(cast.wren, bring("board", cast.moss))
    piece = piece_of(item)
    say_to_copy(piece=piece, by=cast.moss, agrees=True)
    moss = client_of(cast.moss)
    for left in (False, True):
        if left:
            change_standing(membership=cast.moss, verb="leave", by=cast.moss.ref)
        page = moss.get(f"{C}object/{piece.ref}/")
        assert page.status_code == 200
        back = page.content.decode().partition('class="back" href="')[2].partition('"')[0]
        assert moss.get(back).status_code == 200, back


@pytest.mark.parametrize("state", ["pause", "taken_back", "taken_back_held", "erased", "released_in_pause"])
def test_what_is_its_authors_alone_cant_be_brought(cast: Cast, bring: Bring, state: str) -> None:
    post = bring(state, cast.heron, WORDS)
    version = post.versions.latest("number")
    with pytest.raises((Http404, Refused)):
        bring_copy(by=sitting_now(cast.wren), versions=[version.pk], **FORM)
    with pytest.raises(Refused):
        copied(cast.wren, post)
    assert not AgendaItem.objects.exists()


def test_the_same_form_is_one_copy_and_an_empty_or_endless_one_is_none(cast: Cast, bring: Bring) -> None:
    versions = [bring("board", cast.heron).versions.get().pk]
    first = bring_copy(by=sitting_now(cast.wren), versions=versions, **FORM)
    assert bring_copy(by=sitting_now(cast.wren), versions=versions, **FORM) == first
    assert bring_copy(by=sitting_now(cast.ash), versions=versions, **FORM) != first
    with pytest.raises(Http404):
        bring_copy(by=sitting_now(cast.wren), versions=[], **FORM | {"form_key": None})
    with pytest.raises(ValidationError):
        bring_copy(by=sitting_now(cast.wren), versions=versions, **FORM | {"title": " "})
    for key in ("heron", "rowan", "linden", "dale"):
        with pytest.raises((Refused, Http404)):
            bring_copy(by=sitting_now(cast[key]), versions=versions, **FORM)


STEPS: dict[str, Callable[[CopiedPost, Cast], CopiedPost]] = {
    "agree": lambda piece, cast: say_to_copy(piece=piece, by=cast.heron, agrees=True),
    "take_back_yes": lambda piece, cast: say_to_copy(piece=piece, by=cast.heron, agrees=False),
    "leave_out": lambda piece, cast: leave_out(piece=piece, by=sitting_now(cast.ash)),
    "object": lambda piece, cast: hold_for_objection(piece=piece, now=clock.now()),
    "dismiss": lambda piece, cast: end_objection(piece=piece, outcome="dismiss", now=clock.now()),
    "object_no_more": lambda piece, cast: end_objection(piece=piece, outcome="object_no_more", now=clock.now()),
}
# Where a verb leads, it may be asked for again; an objection that has ended meanwhile is no trouble.
IS_NO_TROUBLE = {"agree", "take_back_yes", "leave_out"}


@pytest.mark.parametrize("verb", STEPS)
@pytest.mark.parametrize("state", list(PieceState))
def test_each_step_of_a_copied_post_from_each_state(cast: Cast, bring: Bring, verb: str, state: PieceState) -> None:
    piece = a_piece(bring("board", cast.heron), cast.wren, state=state)
    step = PIECE_STEPS[verb]
    if state in step.sources:
        assert STEPS[verb](piece, cast).state == step.target
    elif (verb in IS_NO_TROUBLE and state == step.target) or verb in {"dismiss", "object_no_more"}:
        assert STEPS[verb](piece, cast).state == state
    else:
        with pytest.raises(Conflict):
            STEPS[verb](piece, cast)


@pytest.mark.parametrize("key", ["moss", "dale", "linden", "rowan", "teal", "otter"])
def test_nobody_else_answers_for_an_author_or_prepares_a_copy(cast: Cast, bring: Bring, key: str) -> None:
    piece = a_piece(bring("board", cast.heron), cast.wren)
    by = sitting_now(cast[key])
    with pytest.raises(Refused):
        say_to_copy(piece=piece, by=by, agrees=True)
    with pytest.raises(Refused):
        leave_out(piece=piece, by=by)
    with pytest.raises((Refused, Http404)):
        join_copy(item=piece.copy.item, by=by)


def test_a_first_voice_out_of_office_brings_nothing_with_a_second(cast: Cast, bring: Bring) -> None:
    item = copied(cast.wren, bring("board", cast.heron, WORDS))
    cast.wren.terms.update(ended_at=clock.now())
    with pytest.raises(Refused):
        join_copy(item=item, by=sitting_now(cast.ash))


def test_an_author_in_every_standing_reads_and_answers_their_own(cast: Cast, bring: Bring) -> None:
    for key in ("heron", "hazel", "sorrel", "bramble", "thorn"):
        post = bring("board", cast.heron, WORDS)
        Post.objects.filter(pk=post.pk).update(author=cast[key])
        piece = a_piece(Post.objects.select_related("author").get(pk=post.pk), cast.wren)
        client = client_of(cast[key])
        assert WORDS in client.get(f"{C}meeting/posts/{piece.pk}/").content.decode()
        assert client.post(f"{C}meeting/posts/{piece.pk}/", {"choice": "yes"}).status_code == 302
        piece.refresh_from_db()
        assert piece.state == PieceState.AGREED
        assert client_of(cast.moss).get(f"{C}meeting/posts/{piece.pk}/").status_code == 404


def test_over_or_withdrawn_nothing_of_it_is_read_or_answered(cast: Cast, bring: Bring) -> None:
    item = copied(cast.wren, bring("board", cast.wren, WORDS), bring("board", cast.heron, WORDS))
    meeting = opened(cast)
    withdraw_item(item=item, by=sitting_now(cast.ash))
    assert WORDS not in read_by(cast, "dale", meeting)
    with pytest.raises(Conflict):
        say_to_copy(piece=piece_of(item, 1), by=cast.heron, agrees=True)
    assert client_of(cast.wren).get(f"{C}meeting/items/{item.pk}/copy/").status_code == 404
    item.refresh_from_db()
    assert item.state == ItemState.WITHDRAWN


def test_pages_of_copies_take_the_same_few_queries_however_many(cast: Cast, bring: Bring) -> None:
    posts = [bring("board", cast.wren, WORDS) for _ in range(6)]
    small, large = copied(cast.wren, posts[0]), copied(cast.wren, *posts)
    meeting = opened(cast)

    def cost(key: str, path: str) -> int:
        client = client_of(cast[key])
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    costs = [cost("wren", f"{C}meeting/items/{item.pk}/copy/") for item in (small, large)]
    assert costs[0] == costs[1] <= 15
    assert cost("heron", f"{C}meeting/{meeting.pk}/copies/") <= 15
    assert meeting.state == MeetingState.OPEN


def test_the_log_offers_nothing_that_cant_be_brought(cast: Cast, bring: Bring) -> None:
    post = bring("board", cast.heron, WORDS)
    tick = f'name="v" value="{post.versions.get().pk}"'
    wren = client_of(cast.wren)
    assert tick in wren.get(f"{C}moderation/log/").content.decode()
    change_standing(membership=cast.heron, verb="leave", by=cast.heron.ref)
    assert tick not in wren.get(f"{C}moderation/log/").content.decode()


def test_the_whole_way_by_pages_without_script(cast: Cast, bring: Bring, time_machine: TimeMachineFixture) -> None:
    number = bring("board", cast.heron, WORDS).versions.get().pk
    wren, ash, heron = client_of(cast.wren), client_of(cast.ash), client_of(cast.heron)
    form = {"title": "How it was", "words": "", "note": "", "form_key": str(uuid4())}
    answer = wren.post(f"{C}moderation/log/bring/?v={number}", form)
    assert answer.status_code == 302
    page = ash.get(answer["Location"]).content.decode()
    assert "I join in bringing this" in page
    item = AgendaItem.objects.get()
    assert ash.post(f"{C}moderation/copies/{item.pk}/join/").status_code == 302
    own = f"{C}meeting/posts/{piece_of(item).pk}/"
    page = heron.get(own).content.decode()
    assert "No: I object" in page
    objecting = page.partition('href="')[2] and page.split('">No: I object')[0].rpartition('href="')[2]
    assert heron.get(objecting).status_code == 200
    assert heron.post(objecting, {"words": "Please not"}).status_code == 302
    assert "You have objected" in heron.get(own).content.decode()
