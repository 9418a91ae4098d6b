"""Staff whom the community asks in: what they read, until when, each look on record, and nothing to anybody else."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.live.sockets import NO_RIGHT
from boards.models import Post, StaffInvitation, StaffLook, Thread
from boards.queries import NOTHING_OPENED, Opened, opened_to_each
from boards.services import close_to_staff, open_to_staff
from boards.services.inviting import LONGEST, note_look
from communities.models import Membership
from moderation.services import change_standing
from notices.models import Notice
from peernet import access
from people.access import Role
from people.decisions import Conflict, Refused
from tests.access.walk import Place
from tests.cast import Cast, client_of, sitting_now
from tests.live.knocking import Looks, open_page
from tests.steps import NOON, decided, reply, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)

C = "/c/fellside/"
CANARY = "CanaryForStaff"


def opened(cast: Cast, thread: Thread | None, *staff: Membership, days: float = 2) -> StaffInvitation:
    now = clock.now()
    return open_to_staff(
        community=cast.fellside,
        staff=staff or (cast.dale,),
        thread=thread,
        until=now + timedelta(days=days),
        by="motion:1",
        now=now,
    )


@pytest.fixture
def post(cast: Cast, bring: Callable[..., Post]) -> Post:
    return bring("board", cast.heron, f"{CANARY} words", f"{CANARY} title")


def pages(post: Post) -> dict[str, str]:
    return {"board": f"{C}asked-in/board/", "thread": f"{C}asked-in/board/{post.thread_id}/"}


def answers(who: Membership, post: Post) -> dict[str, int]:
    client = client_of(who)
    return {name: client.get(path).status_code for name, path in pages(post).items()}


def test_without_an_invitation_nothing_is_there_for_anybody(cast: Cast, post: Post) -> None:
    for key in ("dale", "glen", "heron", "wren", "marsh", "otter", "finch"):
        assert set(answers(cast[key], post).values()) == {404}
    assert not StaffLook.objects.exists()


def test_named_staff_read_the_whole_board_and_nobody_else_does(cast: Cast, post: Post) -> None:
    opened(cast, None)
    assert answers(cast.dale, post) == {"board": 200, "thread": 200}
    assert CANARY in client_of(cast.dale).get(pages(post)["thread"]).content.decode()
    for key in ("glen", "wren", "marsh"):
        assert set(answers(cast[key], post).values()) == {404}


def test_one_thread_is_one_thread(cast: Cast, post: Post, bring: Callable[..., Post]) -> None:
    other = bring("board", cast.moss, "Other words", "Another thread")
    opened(cast, post.thread)
    assert answers(cast.dale, post) == {"board": 404, "thread": 200}
    assert answers(cast.dale, other)["thread"] == 404


def test_it_ends_by_itself_with_the_next_request(cast: Cast, post: Post, time_machine: TimeMachineFixture) -> None:
    opened(cast, None, days=0.25)
    time_machine.shift(timedelta(hours=6) - timedelta(seconds=1))
    dale = client_of(cast.dale)
    assert dale.get(pages(post)["board"]).status_code == 200
    time_machine.shift(timedelta(seconds=1))
    assert dale.get(pages(post)["board"]).status_code == 404


def ended_early(cast: Cast, invitation: StaffInvitation) -> None:
    close_to_staff(invitation=invitation, by="motion:2", now=clock.now())


def staff_left(cast: Cast, invitation: StaffInvitation) -> None:
    change_standing(membership=cast.dale, verb="leave", by="test")


def time_is_over(cast: Cast, invitation: StaffInvitation) -> None:
    now = clock.now()
    StaffInvitation.objects.filter(pk=invitation.pk).update(opened_at=now - timedelta(days=1), until=now)


@pytest.mark.parametrize("happens", [ended_early, staff_left, time_is_over], ids=lambda happens: happens.__name__)
@pytest.mark.parametrize("kind", ["guest_board", "guest_thread"])
def test_open_page_closes_with_it_at_the_next_whole_look(
    cast: Cast, post: Post, kind: str, happens: Callable[[Cast, StaffInvitation], None]
) -> None:
    invitation = opened(cast, None, cast.dale)
    opened(cast, post.thread, cast.glen)
    thread = post.thread_id if kind == "guest_thread" else None
    page, other = open_page(cast.dale, kind, thread), open_page(cast.glen, "guest_thread", post.thread_id)
    looks = Looks(page, other)
    looks.look(whole=True)
    assert (page.closed, other.closed) == (None, None)
    happens(cast, invitation)
    looks.look(whole=True)
    assert (page.closed, other.closed) == (NO_RIGHT, None)


def test_open_page_of_one_thread_closes_though_another_stays_open(
    cast: Cast, post: Post, bring: Callable[..., Post]
) -> None:
    other = bring("board", cast.moss)
    invitation = opened(cast, post.thread)
    opened(cast, other.thread)
    page = open_page(cast.dale, "guest_thread", post.thread_id)
    looks = Looks(page)
    close_to_staff(invitation=invitation, by="motion:2", now=clock.now())
    looks.look(whole=True)
    assert page.closed == NO_RIGHT


@pytest.mark.parametrize("kind", ["guest_board", "guest_thread", "board", "thread", "front", "queue"])
def test_uninvited_staff_open_no_socket(cast: Cast, post: Post, kind: str) -> None:
    thread = post.thread_id if kind.endswith("thread") else None
    assert open_page(cast.dale, kind, thread).refused == NO_RIGHT
    opened(cast, None, cast.glen)
    assert open_page(cast.dale, kind, thread).refused == NO_RIGHT


def test_socket_of_a_guest_is_sent_no_word_of_a_post(cast: Cast, post: Post, time_machine: TimeMachineFixture) -> None:
    opened(cast, None)
    page, member = open_page(cast.dale, "guest_thread", post.thread_id), open_page(cast.moss, "thread", post.thread_id)
    looks = Looks(page, member)
    reply(cast.heron, post.thread, f"{CANARY} reply")
    time_machine.shift(timedelta(minutes=6))
    looks.look(whole=True)
    assert CANARY in member.everything
    assert CANARY not in page.everything
    assert page.posts == []


def test_without_the_second_step_it_stays_shut(cast: Cast, post: Post) -> None:
    opened(cast, None)
    bare = client_of(cast.dale, second_factor=False)
    answer = bare.get(pages(post)["thread"])
    assert answer.status_code == 403
    assert CANARY not in answer.content.decode()
    assert open_page(cast.dale, "guest_board", second_factor=False).refused == NO_RIGHT
    assert not StaffLook.objects.exists()


def test_each_look_is_on_record_and_shown_to_the_community(
    cast: Cast, post: Post, time_machine: TimeMachineFixture
) -> None:
    opened(cast, post.thread)
    dale = client_of(cast.dale)
    dale.get(pages(post)["thread"])
    time_machine.shift(timedelta(minutes=30))
    dale.get(pages(post)["thread"])
    assert StaffLook.objects.count() == 2
    looks = Entry.objects.filter(verb="staff look")
    assert [json.loads(entry.facts) if isinstance(entry.facts, str) else entry.facts for entry in looks] == [
        {"what": f"thread:{post.thread_id}"}
    ] * 2
    assert {entry.actor for entry in looks} == {cast.dale.ref}
    page = client_of(cast.moss).get(f"{C}asked-in/").content.decode()
    assert page.count("<strong>Dale</strong>") == 3  # the invitation, and two looks
    assert CANARY in page


def test_nothing_is_shown_when_the_look_cannot_be_recorded(
    cast: Cast, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(cast, None)

    def fails(**entry: object) -> None:
        raise RuntimeError("no record")

    monkeypatch.setattr("boards.services.inviting.record", fails)
    dale = client_of(cast.dale)
    dale.raise_request_exception = False
    answer = dale.get(pages(post)["thread"])
    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert not StaffLook.objects.exists()


def test_a_page_that_connects_again_is_the_same_look_and_an_hour_later_another(
    cast: Cast, post: Post, time_machine: TimeMachineFixture
) -> None:
    opened(cast, None)
    for _ in range(3):
        open_page(cast.dale, "guest_thread", post.thread_id)
    assert StaffLook.objects.count() == 1
    time_machine.shift(timedelta(hours=1))
    open_page(cast.dale, "guest_thread", post.thread_id)
    assert StaffLook.objects.count() == 2


def test_head_and_post_open_nothing(cast: Cast, post: Post) -> None:
    opened(cast, None)
    dale = client_of(cast.dale)
    for path in pages(post).values():
        assert dale.head(path).status_code == 405
        assert dale.post(path, {"text": "Hello"}).status_code == 405
    assert not StaffLook.objects.exists()


@pytest.mark.parametrize("state", ["pause", "held", "hidden", "returned", "taken_back", "removed", "erased"])
def test_guests_see_no_words_that_do_not_stand_on_the_board(cast: Cast, bring: Callable[..., Post], state: str) -> None:
    around = bring("board", cast.moss, "Hello")
    bring(state, cast.heron, f"{CANARY} reply", thread=around.thread)
    opening = bring(state, cast.heron, f"{CANARY} words", f"{CANARY} title")
    opened(cast, None)
    dale = client_of(cast.dale)
    for path in (f"{C}asked-in/board/", *(f"{C}asked-in/board/{one.thread_id}/" for one in (around, opening))):
        assert CANARY not in dale.get(path).content.decode()
    thread = opening.thread
    if state in {"pause", "held", "returned", "taken_back"}:
        with pytest.raises(Conflict):
            opened(cast, thread)


def words_at_every_address(cast: Cast, role: Role, client: Client) -> set[str]:
    """The addresses of the whole site at which the marked words come out for this client."""
    place, found = Place(cast, role), set()
    # What only takes forms shows nobody a page (tests/access).
    for name, row in ((name, row) for name, row in access.table().items() if row.reads):
        with transaction.atomic():
            address = place.address(name, own=row.own)
            # Only this test's own invitation counts.
            StaffInvitation.objects.exclude(by="motion:1").update(ended_at=clock.now(), ended_by="test")
            if CANARY.encode() in client.get(address).getvalue():
                found.add(name)
            # What stands at one address must not stand in the way of the next.
            transaction.set_rollback(True)
    return found


# A walk through all pages, which are the same on both.
@pytest.mark.sqlite_only
@pytest.mark.parametrize("case", ["uninvited", "into_another_thread", "in_another_community"])
def test_no_address_of_the_site_shows_uninvited_staff_a_word(
    cast: Cast, post: Post, bring: Callable[..., Post], case: str
) -> None:
    bring("held", cast.heron, f"{CANARY} held", f"{CANARY} held title")
    who = cast.marsh if case == "in_another_community" else cast.dale
    if case == "into_another_thread":
        opened(cast, bring("board", cast.moss).thread)
    if case == "in_another_community":
        now = clock.now()
        until = now + timedelta(days=1)
        open_to_staff(community=cast.riverside, staff=[who], thread=None, until=until, by="motion:1", now=now)
    client = client_of(who)
    assert words_at_every_address(cast, Role.STAFF, client) == set()
    for path in (f"{C}board/{post.thread_id}/", f"{C}board/", f"{C}search/?q={CANARY}", *pages(post).values()):
        answer = client.get(path)
        assert answer.status_code == 404
        assert CANARY not in answer.content.decode()


def test_members_doors_stay_shut_for_invited_staff(cast: Cast, post: Post) -> None:
    opened(cast, None)
    dale = client_of(cast.dale)
    doors = ["board/", f"board/{post.thread_id}/", "board/new/", "search/?q=a", "muted/", "waiting/", "moderation/"]
    assert {dale.get(f"{C}{door}").status_code for door in doors} <= {404}
    page = dale.get(pages(post)["thread"]).content.decode()
    assert "<textarea" not in page
    assert f"{C}report/post/" not in page
    assert "/mute/" not in page


def test_banner_stands_on_members_pages_while_it_lasts_and_on_open_ones(
    cast: Cast, post: Post, time_machine: TimeMachineFixture
) -> None:
    moss = client_of(cast.moss)
    paths = [C, f"{C}board/", f"{C}board/{post.thread_id}/", f"{C}waiting/", f"{C}people/"]
    assert not [path for path in paths if "Staff are asked in" in moss.get(path).content.decode()]
    page = open_page(cast.moss, "board")
    looks = Looks(page)
    looks.look(whole=True)
    assert page.part("asked-in") == ""
    invitation = opened(cast, None)
    looks.look(whole=True)
    assert "Staff are asked in" in page.part("asked-in")
    assert not [path for path in paths if "Staff are asked in" not in moss.get(path).content.decode()]
    assert "Staff are asked in" not in client_of(cast.teal).get("/c/riverside/").content.decode()
    close_to_staff(invitation=invitation, by="motion:2", now=clock.now())
    looks.look(whole=True)
    assert page.part("asked-in") == ""
    assert "Staff are asked in" not in moss.get(C).content.decode()


def test_banner_costs_no_query(cast: Cast, post: Post) -> None:
    moss = client_of(cast.moss)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            moss.get(f"{C}board/{post.thread_id}/")
        return len(captured)

    cost()
    before = cost()
    opened(cast, None)
    opened(cast, post.thread, cast.glen)
    assert cost() == before


def test_pages_of_guests_and_of_looks_cost_few_queries_at_any_size(
    cast: Cast, post: Post, bring: Callable[..., Post]
) -> None:
    opened(cast, None, cast.dale, cast.glen)

    def costs() -> dict[str, int]:
        found = {}
        for who, path in (
            (cast.dale, f"{C}asked-in/board/"),
            (cast.dale, pages(post)["thread"]),
            (cast.moss, f"{C}asked-in/"),
        ):
            client = client_of(who)
            client.get(path)
            with CaptureQueriesContext(connection) as captured:
                client.get(path)
            found[path] = len([q for q in captured if not re.match("^(BEGIN|SAVEPOINT|RELEASE|COMMIT)", q["sql"])])
        return found

    few = costs()
    assert max(few.values()) <= 15, few
    for _ in range(4):
        bring("board", cast.moss, thread=post.thread)
        opened(cast, bring("board", cast.fern).thread)
    assert costs() == few


def test_opening_tells_those_named_and_says_nothing_of_what(cast: Cast, post: Post) -> None:
    invitation = opened(cast, post.thread)
    notice = Notice.objects.get(kind="asked_in")
    assert notice.person == cast.dale.person
    assert CANARY not in f"{notice.sentence} {notice.path} {notice.key}"
    close_to_staff(invitation=invitation, by="motion:2", now=clock.now())
    notice.refresh_from_db()
    assert notice.withdrawn_at is not None
    entries = Entry.objects.filter(subject=invitation.ref).order_by("number")
    assert [entry.verb for entry in entries] == ["open to staff", "close to staff"]
    assert CANARY not in str([entry.facts for entry in entries])


def test_closing_twice_or_after_its_time_is_once(cast: Cast, time_machine: TimeMachineFixture) -> None:
    first, second = opened(cast, None), opened(cast, None, days=0.01)
    for _ in range(2):
        close_to_staff(invitation=first, by="motion:2", now=clock.now())
    time_machine.shift(timedelta(hours=1))
    assert close_to_staff(invitation=second, by="motion:2", now=clock.now()).ended_at is None
    assert Entry.objects.filter(verb="close to staff").count() == 1


@pytest.mark.parametrize("days", [0, -1, LONGEST.days + 1])
def test_time_that_is_over_or_too_far_is_refused(cast: Cast, days: int) -> None:
    with pytest.raises(Refused):
        opened(cast, None, days=days)


def test_only_staff_of_this_community_can_be_named(cast: Cast) -> None:
    for stranger in (cast.moss, cast.marsh):
        with pytest.raises(Conflict):
            opened(cast, None, stranger)
    row = opened(cast, None, cast.dale, cast.marsh, cast.moss)
    assert list(row.staff.all()) == [cast.dale]


def test_thread_of_another_community_is_not_opened(cast: Cast, bring: Callable[..., Post]) -> None:
    theirs = start(cast.teal)
    with pytest.raises(Conflict):
        opened(cast, theirs.thread)


def test_what_is_open_is_asked_for_many_at_once_with_one_query(
    cast: Cast, post: Post, django_assert_num_queries
) -> None:
    opened(cast, None, cast.dale)
    opened(cast, post.thread, cast.glen)
    with django_assert_num_queries(1):
        found = opened_to_each({cast.dale.pk, cast.glen.pk, cast.moss.pk}, clock.now())
    assert found == {cast.dale.pk: Opened(board=True), cast.glen.pk: Opened(threads=frozenset({post.thread_id}))}
    assert found[cast.dale.pk].covers(post.thread_id)
    assert not found[cast.glen.pk].covers(None)
    assert not NOTHING_OPENED.covers(post.thread_id)


def test_what_is_hidden_meanwhile_is_gone_for_guests_too(cast: Cast, post: Post) -> None:
    opened(cast, None)
    decided(post, "hide", cast.wren)
    page = client_of(cast.dale).get(pages(post)["thread"]).content.decode()
    assert CANARY not in page
    assert "A post that was put aside" in page


def test_look_is_refused_when_it_ends_between_the_page_and_the_record(cast: Cast, post: Post) -> None:
    invitation = opened(cast, None)
    close_to_staff(invitation=invitation, by="motion:2", now=clock.now())
    from django.http import Http404

    with pytest.raises(Http404):
        note_look(by=sitting_now(cast.dale), thread=post.thread)


@pytest.mark.parametrize("before", ["0", "-1", "abc", "9" * 30, "١"])
def test_odd_places_in_the_list_of_looks_are_answered_kindly(cast: Cast, before: str) -> None:
    assert client_of(cast.moss).get(f"{C}asked-in/", {"before": before}).status_code in {200, 404}


def test_times_are_kept_apart_by_the_databases_clock(cast: Cast, post: Post) -> None:
    row = opened(cast, None)
    assert isinstance(row.until, datetime)
    assert not StaffInvitation.objects.in_force(row.until).exists()
    assert StaffInvitation.objects.in_force(row.until - timedelta(microseconds=1)).exists()
