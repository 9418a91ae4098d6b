"""The timetable in everybody's hands: who may keep it, who is told, what stands on its pages and what they cost."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from clock.london import LONDON
from communities.lifecycle import State
from communities.models import Membership, Rule
from meetings.lifecycle.coming import Answer
from meetings.lifecycle.timetable import Role
from meetings.models import Coming, Group, Session, Venue
from meetings.policies.timetable import runs_session
from meetings.recurrence import Frequency, Often
from meetings.said import GroupSaid, Moved, SessionSaid, VenueSaid
from meetings.services import (
    add_session,
    add_venue,
    cancel_session,
    change_group,
    change_venue,
    end_group,
    hold_session,
    move_session,
    start_group,
    use_venue,
)
from meetings.services.turns import take_turn
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.groups import a_group, a_role, a_session, a_venue
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

TODAY = date(2026, 6, 10)
WEDNESDAYS = Often(Frequency.WEEKLY, (2,))
TOMORROW = datetime(2026, 6, 11, 19, tzinfo=LONDON)
MOST_QUERIES = 10


def said(**fields: Any) -> GroupSaid:
    given = {"title": "Evening group", "often": WEDNESDAYS, "first_day": TODAY, "starts": time(19), "minutes": 90}
    return GroupSaid(**(given | fields))


def started(by: Membership, **fields: Any) -> Group:
    return start_group(by=sitting_now(by), said=said(**fields), form_key=uuid4())


def one_more(by: Membership, **fields: Any) -> Session:
    given = {"title": "A walk", "starts_at": TOMORROW, "minutes": 60}
    return add_session(by=sitting_now(by), said=SessionSaid(**(given | fields)), form_key=uuid4())


def comes(session: Session, member: Membership, answer: str = Answer.COMING) -> None:
    now = clock.now()
    Coming.objects.create(session=session, membership=member, answer=answer, said_at=now, said_by=member)


def told() -> set[str]:
    return {notice.person.sign_in_name.partition("-")[0] for notice in Notice.objects.filter(kind="session_changed")}


@pytest.mark.parametrize("who", ["wren", "dale"])
def test_those_who_keep_the_timetable_start_every_kind(cast: Cast, who: str) -> None:
    group = started(cast[who], kind="programme", counts=True, facilitator=cast.glen)
    assert (group.kind, group.counts, group.facilitator) == ("programme", True, cast.glen)
    assert set(Session.objects.values_list("kind", "counts", "facilitator")) == {("programme", True, cast.glen.pk)}


def test_any_active_member_starts_a_group_that_members_lead_and_nothing_more(cast: Cast) -> None:
    group = started(cast.heron, kind="programme", counts=True, facilitator=cast.dale)
    assert (group.kind, group.counts, group.facilitator, group.member_led) == ("group", False, None, True)
    changed = change_group(group=group, by=cast.heron, said=said(counts=True, title="Ours"), seen=1)
    assert (changed.title, changed.counts, changed.member_led) == ("Ours", False, True)


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "thorn"])
def test_nobody_else_starts_a_group(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        started(cast[who])
    with pytest.raises(Refused):
        one_more(cast[who])


def test_whoever_is_kept_from_the_board_only_starts_a_group_and_has_no_office_in_it(cast: Cast) -> None:
    """Domain, section 5: everything else as an active member, but no office."""
    group = started(cast.bramble)
    client = client_of(cast.bramble)
    assert client.get(f"/c/fellside/groups/{group.pk}/change/").status_code == 200
    assert client.get("/c/fellside/groups/turns/").status_code == 404
    session = group.sessions.order_by("starts_at").first()
    assert not runs_session(cast.bramble, session, clock.now())
    with pytest.raises(Refused):
        take_turn(session=session, role="chair", by=cast.bramble)


def test_those_in_office_need_the_second_step_for_more_than_their_own(cast: Cast) -> None:
    group = a_group(cast.dale)
    with pytest.raises(Refused) as refused:
        change_group(group=group, by=cast.wren, said=said(), seen=1)
    assert refused.value.remedy == "second_step"


def test_group_of_members_is_changed_by_who_started_it_or_who_keeps_the_timetable(cast: Cast) -> None:
    group = started(cast.heron)
    for who in ("moss", "rowan", "linden", "otter", "marsh"):
        with pytest.raises(Refused):
            change_group(group=group, by=sitting_now(cast[who]), said=said(title="Mine"), seen=1)
        with pytest.raises(Refused):
            end_group(group=group, by=sitting_now(cast[who]), after=TODAY)
    end_group(group=group, by=sitting_now(cast.wren), after=TODAY)
    assert Group.objects.get().state == "ended"


def test_whoever_started_it_and_is_away_does_not_keep_it_any_more(cast: Cast) -> None:
    group = started(cast.heron)
    Membership.objects.filter(pk=cast.heron.pk).update(state=State.ON_A_BREAK)
    with pytest.raises(Refused):
        end_group(group=group, by=cast.heron, after=TODAY)


@pytest.mark.parametrize("who", ["marsh", "heron"])
def test_only_staff_of_this_community_can_be_named_as_leading(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        started(cast.dale, facilitator=cast[who])


def test_place_of_another_community_or_given_up_is_refused(cast: Cast) -> None:
    theirs, gone = a_venue(cast.riverside), a_venue(cast.fellside, "Old hall", state="not_used")
    for venue in (theirs, gone):
        with pytest.raises(Refused):
            started(cast.dale, venue=venue)
        with pytest.raises(Refused):
            one_more(cast.heron, venue=venue)


def test_session_of_another_community_is_not_there_to_change(cast: Cast) -> None:
    theirs = a_session(cast.riverside, TOMORROW)
    for verb in (cancel_session, hold_session):
        with pytest.raises(Refused):
            verb(session=theirs, by=sitting_now(cast.dale))


def test_moved_from_an_old_page_is_refused_and_the_same_twice_is_once(cast: Cast) -> None:
    session, dale = a_session(cast.fellside, TOMORROW), sitting_now(cast.dale)
    later = Moved(TOMORROW + timedelta(hours=1), 90)
    move_session(session=session, by=dale, said=later, seen=0)
    again = move_session(session=session, by=dale, said=later, seen=0)
    assert again.sequence == 1
    with pytest.raises(Conflict):
        move_session(session=session, by=dale, said=Moved(TOMORROW + timedelta(hours=2), 90), seen=0)


def test_called_off_twice_is_once_and_it_is_not_moved_any_more(cast: Cast) -> None:
    session, dale = a_session(cast.fellside, TOMORROW), sitting_now(cast.dale)
    for _ in range(2):
        cancel_session(session=session, by=dale, why="No heating")
    assert Entry.objects.filter(verb="cancel session").count() == 1
    with pytest.raises(Conflict):
        move_session(session=session, by=dale, said=Moved(TOMORROW + timedelta(hours=1), 90), seen=1)
    assert hold_session(session=session, by=dale).takes_place


def test_begun_session_can_be_called_off_but_neither_moved_nor_changed_once_it_is_over(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    session = a_session(cast.fellside, TOMORROW)
    time_machine.move_to(TOMORROW + timedelta(minutes=1))
    dale = sitting_now(cast.dale)
    with pytest.raises(Refused):
        move_session(session=session, by=dale, said=Moved(TOMORROW + timedelta(hours=3), 90), seen=0)
    assert not cancel_session(session=session, by=dale).takes_place
    other = a_session(cast.fellside, TOMORROW)
    time_machine.move_to(other.ends_at)
    with pytest.raises(Refused):
        cancel_session(session=other, by=sitting_now(cast.dale))


def test_those_who_come_are_told_and_nobody_else(cast: Cast) -> None:
    session = a_session(cast.fellside, TOMORROW, facilitator=cast.glen)
    comes(session, cast.heron)
    comes(session, cast.moss, Answer.WAITING)
    comes(session, cast.fern, Answer.CANNOT)
    a_role(session, Role.CHAIR, cast.clover)
    cancel_session(session=session, by=sitting_now(cast.dale))
    assert told() == {"heron", "moss", "glen", "clover"}
    path = Notice.objects.filter(kind="session_changed").values_list("path", flat=True)
    assert set(path) == {reverse("meetings:session", args=["fellside", session.pk])}


def test_of_the_programme_everybody_who_may_come_is_told_once(cast: Cast) -> None:
    group = started(cast.dale, kind="programme", counts=True)
    change_group(
        group=group, by=sitting_now(cast.dale), said=said(kind="programme", counts=True, starts=time(18)), seen=1
    )
    assert told() >= {"heron", "moss", "bramble", "wren"}
    assert not told() & {"thorn", "hazel", "finch", "willow", "otter"}
    assert Notice.objects.filter(kind="session_changed").count() == len(told())


def test_record_has_numbers_and_kinds_and_no_word(cast: Cast) -> None:
    venue = add_venue(by=sitting_now(cast.dale), said=VenueSaid("NAME-OF-A-PLACE", "AN-ADDRESS"))
    group = started(cast.dale, title="NAME-OF-A-GROUP", about="WORDS-ABOUT", venue=venue)
    session = Session.objects.filter(group=group).first()
    assert session is not None
    cancel_session(session=session, by=sitting_now(cast.dale), why="WHY-WORDS")
    written = str(list(Entry.objects.values_list("verb", "actor", "subject", "facts")))
    assert "start group" in written
    assert "cancel session" in written
    assert [w for w in ("NAME-OF", "AN-ADDRESS", "WORDS-ABOUT", "WHY-WORDS") if w in written] == []


def test_place_is_kept_once_by_its_name_and_not_given_up_while_groups_meet_there(cast: Cast) -> None:
    dale = sitting_now(cast.dale)
    venue = add_venue(by=dale, said=VenueSaid("The Mill", step_free="yes"))
    assert add_venue(by=dale, said=VenueSaid("The Mill", step_free="yes")) == venue
    with pytest.raises(ValidationError):
        add_venue(by=dale, said=VenueSaid("The Mill", step_free="no"))
    group = started(cast.dale, venue=venue)
    with pytest.raises(Conflict):
        use_venue(venue=venue, by=dale, used=False)
    end_group(group=group, by=dale, after=TODAY)
    use_venue(venue=venue, by=dale, used=False)
    with pytest.raises(Conflict):
        change_venue(venue=venue, by=dale, said=VenueSaid("Mill"))
    assert use_venue(venue=venue, by=dale, used=True).state == "in_use"
    for who in ("heron", "finch"):
        with pytest.raises(Refused):
            add_venue(by=sitting_now(cast[who]), said=VenueSaid("Mine"))


def test_session_is_run_by_its_chair_secretary_and_staff_and_by_who_started_the_group(cast: Cast) -> None:
    session, now = a_session(cast.fellside, TOMORROW), clock.now()
    a_role(session, Role.CHAIR, cast.heron)
    a_role(session, Role.SECRETARY, cast.moss)
    a_role(session, Role.HOUSEKEEPER, cast.fern)
    ours = a_session(cast.fellside, TOMORROW, group=a_group(cast.clover, member_led=True))
    runs = {name: bool(runs_session(sitting_now(one), session, now)) for name, one in cast.everybody.items()}
    assert {name for name, yes in runs.items() if yes} == {"heron", "moss", "dale", "glen"}
    assert runs_session(cast.clover, ours, now)
    assert not runs_session(cast.heron, ours, now)
    assert runs_session(cast.dale, session, now + timedelta(days=1)).remedy == "second_step"
    Membership.objects.filter(pk=cast.heron.pk).update(state=State.ON_A_BREAK)
    assert not runs_session(Membership.objects.get(pk=cast.heron.pk), session, now)


def page(who: Membership, name: str, *args: object, **get: str) -> str:
    answer = client_of(who).get(reverse(f"meetings:{name}", args=["fellside", *args]), get)
    assert answer.status_code == 200
    return answer.content.decode()


def test_week_shows_what_is_on_called_off_and_moved_in_the_order_of_time(cast: Cast) -> None:
    early = a_session(cast.fellside, TOMORROW - timedelta(hours=9), title="Morning group")
    late = a_session(cast.fellside, TOMORROW, title="Late group")
    a_session(cast.fellside, TOMORROW + timedelta(days=7), title="Next week")
    a_session(cast.fellside, TOMORROW, title="Gone", state="cancelled", change="dropped")
    a_session(cast.riverside, TOMORROW, title="Elsewhere")
    cancel_session(session=late, by=sitting_now(cast.dale))
    shown = page(cast.heron, "timetable")
    assert shown.index(early.title) < shown.index(late.title)
    assert "called off" in shown
    assert [title for title in ("Next week", "Gone", "Elsewhere") if title in shown] == []
    assert "Next week" in page(cast.heron, "timetable", **{"from": "2026-06-17"})
    for odd in ("", "yesterday", "9999-12-31", "0001-01-01", "2026-13-01"):
        assert "Morning group" in page(cast.heron, "timetable", **{"from": odd})


def test_somebody_inactive_sees_what_they_may_come_back_to_without_the_online_address(cast: Cast) -> None:
    link = "https://rooms.example.org/ours"
    soon = a_session(cast.fellside, TOMORROW, title="Open group", link=link)
    hidden = [
        a_session(cast.fellside, TOMORROW, title="Of members", member_led=True),
        a_session(cast.fellside, TOMORROW + timedelta(weeks=5), title="Far away"),
        a_session(cast.fellside, TOMORROW, title="Not held", state="cancelled", change="cancelled"),
        a_session(cast.fellside, clock.now() - timedelta(hours=5), title="Was before"),
    ]
    shown = page(cast.sorrel, "timetable") + page(cast.sorrel, "session", soon.pk)
    assert "Open group" in shown
    assert link not in shown
    for row in hidden:
        assert row.title not in shown
        missing = client_of(cast.sorrel).get(reverse("meetings:session", args=["fellside", row.pk]))
        assert missing.status_code == 404
    assert link in page(cast.heron, "session", soon.pk)


def test_session_of_another_community_is_missing(cast: Cast) -> None:
    theirs = a_session(cast.riverside, TOMORROW)
    for name in ("session", "session_move", "session_cancel"):
        answer = client_of(cast.dale).get(reverse(f"meetings:{name}", args=["fellside", theirs.pk]))
        assert answer.status_code == 404


FORM = {
    "title": "Evening group",
    "words": "For whoever likes it",
    "frequency": "weekly",
    "weekdays": ["2"],
    "day": "2026-06-10",
    "starts": "19:00",
    "ends": "20:30",
    "on_bank_holidays": "rests",
    "kind": "group",
}


def send(who: Membership, name: str, *args: object, **fields: Any) -> Any:
    return client_of(who).post(reverse(f"meetings:{name}", args=["fellside", *args]), fields)


def test_group_is_started_from_its_form_and_sent_twice_is_one(cast: Cast) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert send(cast.heron, "group_new", **FORM, form_key=key).status_code == 302
    group = Group.objects.get()
    assert (group.rule, group.minutes, group.member_led) == ("FREQ=WEEKLY;BYDAY=WE", 90, True)
    shown = page(cast.moss, "group", group.pk)
    assert "Every Wednesday, 7 pm to 8:30 pm" in shown
    assert reverse("meetings:group_change", args=["fellside", group.pk]) not in shown
    assert reverse("meetings:group_change", args=["fellside", group.pk]) in page(cast.heron, "group", group.pk)


@pytest.mark.parametrize(
    ("wrong", "said_why"),
    [
        ({"title": ""}, "Please give it a name."),
        ({"ends": "19:02"}, "look at the end again"),
        ({"until": "2026-06-01"}, "No day is left"),
        ({"frequency": "monthly", "weekdays": ["1", "2"]}, "one day of the week"),
        ({"day": "2027-06-10"}, "very far away"),
        ({"day": "0001-01-01"}, "very long ago"),
        ({"until": "0001-01-01"}, "No day is left"),
        ({"link": "http://example.org"}, "begins with https://"),
        ({"room": "0"}, "from 1 to 500"),
        ({"venue": "999"}, "Select a valid choice"),
        ({"day": "not a day"}, "Enter a valid date"),
        ({"weekdays": ["9"]}, "Select a valid choice"),
    ],
)
def test_form_says_kindly_what_to_put_right_and_keeps_every_word(
    cast: Cast, wrong: dict[str, Any], said_why: str
) -> None:
    answer = send(cast.heron, "group_new", **(FORM | wrong), form_key=str(uuid4()))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert said_why in shown
    assert "For whoever likes it" in shown
    assert not Group.objects.exists()


def test_more_room_than_is_comfortable_is_warned_about_and_done_all_the_same(cast: Cast) -> None:
    answer = client_of(cast.dale).post(
        reverse("meetings:group_new", args=["fellside"]), FORM | {"form_key": str(uuid4()), "room": "16"}, follow=True
    )
    assert "up to 15 in a group feel comfortable" in answer.content.decode()
    assert Group.objects.get().room == 16


def test_last_day_of_a_group_beyond_every_calendar_is_said_at_its_field(cast: Cast) -> None:
    group = a_group(cast.heron, member_led=True)
    answer = send(cast.heron, "group_end", group.pk, day="9999-12-31")
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["day"])
    with pytest.raises(ValidationError):
        end_group(group=group, by=cast.heron, after=date(9999, 12, 31))


def test_group_is_changed_from_the_form_it_fills(cast: Cast) -> None:
    group = started(cast.dale, often=Often(Frequency.MONTHLY, (2,), 2, date(2026, 12, 31)), room=12)
    shown = client_of(cast.dale).get(reverse("meetings:group_change", args=["fellside", group.pk]))
    filled = {name: value for name, value in shown.context["form"].initial.items() if value not in (None, "", False)}
    sent = {name: str(value) for name, value in filled.items() if name != "weekdays"} | {"weekdays": ["2"]}
    assert send(cast.dale, "group_change", group.pk, **sent).status_code == 302
    assert Group.objects.get().edition == 1
    assert send(cast.dale, "group_change", group.pk, **(sent | {"title": "Other"})).status_code == 302
    assert (Group.objects.get().title, Group.objects.get().edition) == ("Other", 2)
    assert send(cast.dale, "group_change", group.pk, **(sent | {"title": "Third"})).status_code == 409


def test_extra_session_that_is_moved_says_both_and_why_and_is_extra_again_once_held(cast: Cast) -> None:
    group = started(cast.dale)
    dale = sitting_now(cast.dale)
    extra = add_session(by=dale, said=SessionSaid("One more", TOMORROW, 90), form_key=uuid4(), group=group)
    assert "An extra one" in page(cast.heron, "session", extra.pk)
    later = Moved(TOMORROW + timedelta(hours=1), 90, why="The bus is late")
    move_session(session=extra, by=dale, said=later, seen=extra.sequence)
    moved = page(cast.heron, "session", extra.pk)
    for words in ("The bus is late", "An extra one", "another time or place than at first"):
        assert words in moved
    assert "than usual" not in moved
    cancel_session(session=extra, by=dale)
    assert "An extra one" not in page(cast.heron, "session", extra.pk)
    assert hold_session(session=extra, by=dale).change == "extra"


def test_session_is_moved_called_off_and_held_from_its_page(cast: Cast) -> None:
    session = a_session(cast.fellside, TOMORROW)
    sent = {"day": "2026-06-12", "starts": "18:00", "ends": "19:00", "seen": "0", "words": "The hall is taken"}
    assert send(cast.dale, "session_move", session.pk, **sent).status_code == 302
    assert "The hall is taken" in page(cast.heron, "session", session.pk)
    assert send(cast.dale, "session_cancel", session.pk, words="No heating").status_code == 302
    assert "No heating" in page(cast.heron, "session", session.pk)
    assert send(cast.dale, "session_hold", session.pk).status_code == 302
    assert Session.objects.get().takes_place


@pytest.mark.time_machine("2026-03-20 12:00:00+00:00", tick=False)
def test_hour_that_the_clocks_leave_out_is_refused_on_the_form(cast: Cast) -> None:
    session = a_session(cast.fellside, datetime(2026, 3, 28, 19, tzinfo=LONDON))
    sent = {"day": "2026-03-29", "starts": "01:30", "ends": "03:00", "seen": "0"}
    answer = send(cast.dale, "session_move", session.pk, **sent)
    assert "the clocks go forward" in answer.content.decode()
    assert Session.objects.get().sequence == 0


def test_places_are_put_down_and_read(cast: Cast) -> None:
    sent = {
        "title": "The Mill",
        "address": "1 Low Road",
        "travel": "Bus 4",
        "step_free": "partly",
        "step_free_words": "",
    }
    assert send(cast.dale, "venue_new", **sent).status_code == 302
    again = send(cast.dale, "venue_new", **(sent | {"step_free": "no"}))
    assert "a place of this name already" in again.content.decode()
    shown = page(cast.finch, "venues")
    assert all(words in shown for words in ("The Mill", "1 Low Road", "Bus 4", "Partly step-free"))
    assert send(cast.dale, "venue_use", Venue.objects.get().pk, verb="give_up").status_code == 302
    assert "The Mill" not in page(cast.finch, "venues")


@pytest.mark.parametrize("many", [1, 40], ids=["few", "many"])
def test_pages_ask_at_most_ten_questions_however_much_there_is(cast: Cast, many: int) -> None:
    venue = a_venue(cast.fellside)
    group = a_group(cast.dale, venue=venue, facilitator=cast.glen)
    for n in range(many):
        a_venue(cast.fellside, f"Place {n}")
        a_group(cast.dale, title=f"Group {n}", venue=venue, facilitator=cast.glen)
        a_session(cast.fellside, TOMORROW + timedelta(minutes=n), group=group, venue=venue, facilitator=cast.glen)
    session = Session.objects.first()
    assert session is not None
    addresses = [
        ("timetable",),
        ("groups",),
        ("group", group.pk),
        ("group_new",),
        ("group_change", group.pk),
        ("group_extra", group.pk),
        ("session", session.pk),
        ("session_move", session.pk),
        ("session_cancel", session.pk),
        ("venues",),
        ("session_new",),
    ]
    client = client_of(cast.dale)
    asked = {}
    for name, *args in addresses:
        address = reverse(f"meetings:{name}", args=["fellside", *args])
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        asked[name] = len(queries)
    assert {name: n for name, n in asked.items() if n > MOST_QUERIES} == {}


@pytest.mark.parametrize(("room", "says"), [(2, True), (3, False)])
def test_more_who_come_than_is_comfortable_is_said_and_nobody_is_sent_away(cast: Cast, room: int, says: bool) -> None:
    Rule.objects.create(community=cast.fellside, key="comfortable_group", value=room, since=clock.now())
    session = a_session(cast.fellside, TOMORROW)
    for name in ("heron", "moss", "fern"):
        comes(session, cast[name])
    assert ("3 people say that they come" in page(cast.wren, "session", session.pk)) == says
