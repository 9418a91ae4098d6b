"""What waits for staff: told in their hours, again until one has seen it, without a word; asking them in by two."""

import re
from collections.abc import Callable
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import Post, StaffInvitation
from communities.models import Membership, TermOfOffice
from meetings.services import plan_meeting
from moderation.lifecycle import EventKind, EventNeed
from moderation.models import AskingIn, SignificantEvent, StaffNotice
from moderation.schedule import follow_up
from moderation.services.asking_in import ask_staff_in, drop_asking_in, end_asking_in, second_asking_in
from moderation.services.for_staff import acknowledge, follow_up_staff_notices, tell_staff
from moderation.staff_forms import EventForm
from moderation.staff_notices import AGAIN_AFTER, OFTEN, THEN_AFTER
from notices.models import Notice, Outgoing
from notices.sending import send_all_due
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.steps import HELD, NOON, decided, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)

C = "/c/fellside/"
FORM = {"kind": "quarrel", "value": "ring"}


def event(cast: Cast, by: str = "wren") -> SignificantEvent:
    return tell_staff(by=sitting_now(cast[by]), kind=EventKind.QUARREL, need=EventNeed.RING, form_key=uuid4())


def told(kind: str = "significant_event", *, now_only: bool = True) -> dict[str, int]:
    """How often each of staff has been told of it, of all that are due, taken back or not."""
    rows = Notice.objects.filter(kind=kind)
    rows = rows.filter(due_at__lte=clock.now()) if now_only else rows
    found: dict[str, int] = {}
    for row in rows:
        name = Membership.objects.get(pk=int(row.key.rpartition(":")[2])).display_name
        found[name] = found.get(name, 0) + 1
    return found


# Significant events.


def test_form_has_no_place_for_words(cast: Cast) -> None:
    form = EventForm()
    assert {type(field).__name__ for field in form.fields.values()} == {"ChoiceField", "UUIDField"}
    wren = client_of(cast.wren)
    wren.post(f"{C}moderation/tell-staff/", FORM | {"form_key": str(uuid4()), "words": "CANARY", "text": "CANARY"})
    assert SignificantEvent.objects.count() == 1
    stored = [str(row) for model in (SignificantEvent, StaffNotice, Notice, Entry) for row in model.objects.values()]
    assert "CANARY" not in str(stored) + client_of(cast.dale).get(f"{C}moderation/staff/").content.decode()


def test_an_odd_kind_is_not_taken(cast: Cast) -> None:
    wren = client_of(cast.wren)
    wren.post(f"{C}moderation/tell-staff/", {"kind": "CANARY", "value": "ring", "form_key": str(uuid4())})
    assert not SignificantEvent.objects.exists()


@pytest.mark.parametrize("who", ["heron", "rowan", "linden", "dale", "bramble"])
def test_only_those_in_office_tell_staff(cast: Cast, who: str) -> None:
    with pytest.raises(Refused):
        event(cast, who)


def test_same_form_is_one_event_and_twenty_a_day_are_enough(cast: Cast) -> None:
    key = uuid4()
    wren = sitting_now(cast.wren)
    for _ in range(2):
        tell_staff(by=wren, kind=EventKind.LAW, need=EventNeed.KNOW, form_key=key)
    assert SignificantEvent.objects.count() == 1
    for _ in range(19):
        event(cast)
    with pytest.raises(Refused):
        event(cast)


def test_staff_read_it_in_their_hours_and_the_form_says_before_when_nobody_will(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.dale, 3, starts=time(9), ends=time(10))  # tomorrow
    page = client_of(cast.wren).get(f"{C}moderation/tell-staff/").content.decode()
    assert "Nobody will read this before tomorrow at 9 am" in page
    event(cast)
    assert told() == {}
    time_machine.shift(timedelta(hours=21))
    assert told() == {"Dale": 1, "Glen": 1}  # Glen has said no hours: with the first of the others
    page = client_of(cast.wren).get(f"{C}moderation/tell-staff/").content.decode()
    assert "At this hour Dale of staff reads notices" in page


def test_told_again_within_their_hours_until_one_has_seen_it(cast: Cast, time_machine: TimeMachineFixture) -> None:
    on_duty(cast.dale, 2, starts=time(12), ends=time(20))  # until this evening
    event(cast)
    for _ in range(3):
        follow_up_staff_notices()
    assert told()["Dale"] == 1
    time_machine.shift(AGAIN_AFTER["event"])
    for _ in range(3):
        follow_up_staff_notices()
    assert told()["Dale"] == 2
    assert Notice.objects.filter(kind="significant_event", withdrawn_at=None, person=cast.dale.person).count() == 1
    time_machine.shift(timedelta(hours=6))  # 10 pm: outside their hours nobody is told
    follow_up_staff_notices()
    assert told()["Dale"] == 2
    acknowledge(notice=StaffNotice.objects.get(), by=sitting_now(cast.glen))
    time_machine.shift(timedelta(days=7, hours=-8))
    assert follow_up_staff_notices() == 0
    assert told()["Dale"] == 2


def test_danger_is_told_each_quarter_of_an_hour_at_first_then_each_hour() -> None:
    from moderation.staff_notices import _again_after

    assert [_again_after("danger", times) for times in (1, OFTEN, OFTEN + 1)] == [
        timedelta(minutes=15),
        timedelta(minutes=15),
        THEN_AFTER,
    ]


def test_mail_outage_is_survived(cast: Cast, time_machine: TimeMachineFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    on_duty(cast.dale)
    cast.dale.person.emailaddress_set.create(email="dale@example.org", verified=True, primary=True)

    def away(self: EmailBackend) -> None:
        raise OSError("the mail server is away")

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "open", away)
        event(cast)
        for _ in range(6):
            send_all_due()
            follow_up()
            time_machine.shift(timedelta(hours=2))
        assert mail.outbox == []
    follow_up()
    send_all_due()
    assert len([letter for letter in mail.outbox if letter.to == ["dale@example.org"]]) == 1
    assert Outgoing.objects.exists()


def test_whoever_sent_it_sees_and_is_told_that_staff_have_seen_it(cast: Cast) -> None:
    event(cast)
    wren = client_of(cast.wren)
    assert "Nobody of staff has seen it yet" in wren.get(f"{C}moderation/tell-staff/").content.decode()
    for who in (cast.dale, cast.glen, cast.dale):
        client_of(who).post(f"{C}moderation/staff/{StaffNotice.objects.get().pk}/seen/")
    assert "Dale has seen it" in wren.get(f"{C}moderation/tell-staff/").content.decode()
    assert Notice.objects.filter(kind="staff_have_seen", person=cast.wren.person).count() == 1
    assert Entry.objects.filter(verb="seen by staff").count() == 1


@pytest.mark.parametrize("who", ["heron", "wren", "marsh"])
def test_only_staff_of_the_community_say_that_they_have_seen_it(cast: Cast, who: str) -> None:
    event(cast)
    row = StaffNotice.objects.get()
    assert client_of(cast[who]).post(f"{C}moderation/staff/{row.pk}/seen/").status_code == 404
    assert client_of(cast.dale, second_factor=False).post(f"{C}moderation/staff/{row.pk}/seen/").status_code == 403
    row.refresh_from_db()
    assert row.seen_at is None


def test_staff_of_another_community_cannot_by_its_own_address_either(cast: Cast) -> None:
    event(cast)
    row = StaffNotice.objects.get()
    assert client_of(cast.marsh).post(f"/c/riverside/moderation/staff/{row.pk}/seen/").status_code == 404


# A hold that met nobody.


def test_hold_overdue_waits_on_staffs_page_without_a_word_until_seen_or_decided(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    post = start(cast.heron, f"CANARY {HELD}", "CANARY title")
    time_machine.shift(timedelta(minutes=61))
    follow_up()
    dale = client_of(cast.dale)
    page = dale.get(f"{C}moderation/staff/").content.decode()
    assert "A post waits, and nobody has looked" in page
    assert "Ash, Juniper, Wren" in page
    assert "CANARY" not in page
    assert "Heron" not in page
    assert Notice.objects.filter(kind="hold_overdue").first().path == f"{C}moderation/staff/"
    decided(post, "release", cast.wren)
    assert "Nothing waits for you" in dale.get(f"{C}moderation/staff/").content.decode()
    assert follow_up_staff_notices() == 0


def test_hold_overdue_is_told_again_each_hour_in_their_hours(
    cast: Cast, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    on_duty(cast.dale)
    start(cast.heron, HELD)
    follow_up()
    assert told("hold_overdue")["Dale"] == 1
    time_machine.shift(timedelta(hours=1))
    follow_up()
    follow_up()
    assert told("hold_overdue")["Dale"] == 2
    acknowledge(notice=StaffNotice.objects.get(), by=sitting_now(cast.dale))
    time_machine.shift(timedelta(hours=5))
    follow_up()
    assert told("hold_overdue")["Dale"] == 2


def test_staffs_page_costs_few_queries_whatever_waits(cast: Cast, words_hold: None) -> None:
    dale = client_of(cast.dale)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            dale.get(f"{C}moderation/staff/")
        return len([query for query in captured if not re.match("BEGIN|SAVEPOINT|RELEASE|COMMIT", query["sql"])])

    cost()
    few = cost()
    for _ in range(6):
        event(cast)
        start(cast.heron, HELD)
    follow_up()
    assert cost() == few <= 15


# Asking staff in, by two.


def asking(cast: Cast, by: str = "wren", post: Post | None = None) -> AskingIn:
    return ask_staff_in(
        by=sitting_now(cast[by]),
        staff=[cast.dale],
        thread=post.thread if post else None,
        until=clock.now() + timedelta(days=2),
        form_key=uuid4(),
    )


def test_one_opens_nothing_and_a_second_opens_it(cast: Cast) -> None:
    first = asking(cast)
    assert not StaffInvitation.objects.exists()
    with pytest.raises(Refused):
        second_asking_in(asking=first, by=sitting_now(cast.wren))
    invitation = second_asking_in(asking=first, by=sitting_now(cast.ash))
    assert list(invitation.staff.all()) == [cast.dale]
    assert not invitation.is_by_vote
    with pytest.raises(Conflict):
        second_asking_in(asking=first, by=sitting_now(cast.juniper))
    assert StaffInvitation.objects.count() == 1


STATES = ("waits", "open", "dropped", "over", "first_gone")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["wren", "ash", "rowan", "linden", "heron", "dale", "otter"])
@pytest.mark.parametrize("verb", ["agree", "drop"])
def test_asking_in_state_verb_role(
    cast: Cast, time_machine: TimeMachineFixture, state: str, who: str, verb: str
) -> None:
    row = asking(cast)
    if state == "open":
        second_asking_in(asking=row, by=sitting_now(cast.juniper))
    elif state == "dropped":
        drop_asking_in(asking=row, by=sitting_now(cast.juniper))
    elif state == "over":
        time_machine.shift(timedelta(days=3))
    elif state == "first_gone":
        TermOfOffice.objects.filter(membership=cast.wren).update(ends_at=clock.now())
    in_office = who in {"wren", "ash"} and not (state == "first_gone" and who == "wren")
    agrees = who == "ash" and state == "waits"
    can = in_office and (agrees if verb == "agree" else state != "open")
    act = second_asking_in if verb == "agree" else drop_asking_in
    before = StaffInvitation.objects.count()
    try:
        act(asking=row, by=sitting_now(cast[who]))
    except (Refused, Conflict, Http404):
        assert not can, (state, who, verb)
        assert StaffInvitation.objects.count() == before
    else:
        assert can, (state, who, verb)


def test_one_in_office_ends_what_two_gave_but_not_what_members_voted_for(cast: Cast) -> None:
    invitation = second_asking_in(asking=asking(cast), by=sitting_now(cast.ash))
    end_asking_in(invitation=invitation, by=sitting_now(cast.juniper))
    invitation.refresh_from_db()
    assert invitation.ended_at == clock.now()
    StaffInvitation.objects.update(by="motion:4", ended_at=None, ended_by="")
    with pytest.raises(Refused):
        end_asking_in(invitation=StaffInvitation.objects.get(), by=sitting_now(cast.juniper))


def test_form_begins_with_the_day_of_the_next_meeting(cast: Cast) -> None:
    wren = client_of(cast.wren)
    assert 'value="2026-06-17"' in wren.get(f"{C}moderation/ask-in/").content.decode()  # none planned: a week
    plan_meeting(by=sitting_now(cast.wren), starts_at=clock.now() + timedelta(days=3))
    assert 'value="2026-06-13"' in wren.get(f"{C}moderation/ask-in/").content.decode()


def test_whole_way_by_its_pages(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("board", cast.heron)
    wren, ash = client_of(cast.wren), client_of(cast.ash)
    address = f"{C}moderation/ask-in/?thread={post.thread_id}"
    assert address.replace(f"{C}", "") in wren.get(f"{C}board/{post.thread_id}/").content.decode()
    form = {"staff": [cast.dale.pk], "until": "2026-06-12", "form_key": str(uuid4())}
    for _ in range(2):
        wren.post(address, form)
    row = AskingIn.objects.get()
    assert row.thread == post.thread
    assert row.until.isoformat() == "2026-06-12T23:00:00+00:00"  # midnight in London
    ash.post(f"{C}moderation/ask-in/{row.pk}/", {"verb": "agree"})
    invitation = StaffInvitation.objects.get()
    assert client_of(cast.dale).get(f"{C}asked-in/board/{post.thread_id}/").status_code == 200
    ash.post(f"{C}moderation/ask-in/open/{invitation.pk}/end/")
    assert client_of(cast.dale).get(f"{C}asked-in/board/{post.thread_id}/").status_code == 404


@pytest.mark.parametrize("thread", ["abc", "-1", "999999", "9" * 30])
def test_an_odd_thread_never_opens_the_whole_board(cast: Cast, thread: str) -> None:
    answer = client_of(cast.wren).post(
        f"{C}moderation/ask-in/?thread={thread}",
        {"staff": [cast.dale.pk], "until": "2026-06-12", "form_key": str(uuid4())},
    )
    assert answer.status_code == 404
    assert not AskingIn.objects.exists()


def test_thread_or_staff_of_another_community_can_not_be_named(cast: Cast) -> None:
    theirs = start(cast.teal)
    with pytest.raises(Refused):
        asking(cast, post=theirs)
    wren = client_of(cast.wren)
    for pk in (cast.marsh.pk, cast.moss.pk):
        wren.post(f"{C}moderation/ask-in/", {"staff": [pk], "until": "2026-06-12", "form_key": str(uuid4())})
    assert not AskingIn.objects.exists()
