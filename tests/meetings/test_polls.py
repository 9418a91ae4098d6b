"""When can we meet? Who asks, who answers, what is shown of it, and what comes of it, once."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from clock.london import LONDON
from communities.lifecycle import State
from communities.models import Membership
from meetings.lifecycle.polls import TIMES_STEPS, Rhythm, Suits, TimesState
from meetings.models import Group, PollMark, PollTime, Session, TimePoll
from meetings.poll_times import next_day, spread, time_words
from meetings.queries.polls import shown
from meetings.services.erasing import forget_words_of
from meetings.services.polls import MOST_OWN, PollSaid, ask_times, call_off_poll, change_times, mark_times
from meetings.services.settling_polls import settle_poll
from notices import kinds
from notices.models import Notice
from people import kept
from people.decisions import Conflict, Refused
from tests.answers.forms import form_with
from tests.cast import Cast, client_of, on_duty, sitting_now
from tests.meetings.poll_steps import SEVEN, a_mark, a_poll, in_days
from tests.steps import HELD, NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
PAGES = "/c/fellside/groups/times/"
CANARY = "kettle-canary"
ASKS = {"wren", "rowan", "linden", "heron", "bramble"}
ANSWERS = ASKS | {"finch"}
READS = ANSWERS | {"dale"}
RUNS = {"wren", "ash", "dale"}


def numbers(poll: TimePoll) -> list[int]:
    return [row.pk for row in poll.times.all()]


@pytest.mark.parametrize("key", sorted(READS | {"hazel", "sorrel", "thorn", "willow", "teal"}))
def test_members_ask_those_who_come_answer_and_staff_only_read(cast: Cast, key: str) -> None:
    poll = a_poll(cast.moss)
    client = client_of(cast[key])
    assert client.get(f"{PAGES}{poll.pk}/").status_code == (200 if key in READS else 404)
    assert client.get(f"{PAGES}ask/").status_code == (200 if key in ASKS else 404)
    client.post(f"{PAGES}{poll.pk}/", {f"time_{numbers(poll)[0]}": "well"})
    assert PollMark.objects.exists() == (key in ANSWERS)
    said = PollSaid("Walk", 60, Rhythm.ONCE)
    if key in ASKS:
        assert ask_times(by=cast[key], said=said, times=in_days(2), form_key=uuid4()).made_by == cast[key]
    elif key != "teal":
        with pytest.raises(Refused):
            ask_times(by=cast[key], said=said, times=in_days(2), form_key=uuid4())


def test_form_of_ticks_asks_about_each_hour_on_each_day_and_twice_is_once(cast: Cast) -> None:
    client = client_of(cast.heron)
    sent = {
        "form_key": str(uuid4()),
        "title": CANARY,
        "often": "once",
        "minutes": "90",
        "weeks": "2",
        "on_5": "on",
        "on_1": "on",
        "at_1900": "on",
        "at_other": "10:15",
        "place": "By the bridge",
        "words": "Bring tea",
    }
    for _again in range(2):
        assert client.post(f"{PAGES}ask/", sent).status_code == 302
    poll = TimePoll.objects.get()
    # NOON is Wednesday 10 June.
    days = [date(2026, 6, day) for day in (13, 16, 20, 23)]
    assert [(row.day, row.starts) for row in poll.times.all()] == [
        (day, at) for day in days for at in (time(10, 15), time(19))
    ]
    assert poll.until == datetime(2026, 6, 23, 19, tzinfo=LONDON)
    told = set(Notice.objects.values_list("person__sign_in_name", flat=True))
    names = "wren ash juniper rowan linden moss fern clover finch bramble"
    assert told == {f"{name}-of-the-cast-10" for name in names.split()}
    assert CANARY not in str([*Notice.objects.values(), *Entry.objects.values()])
    assert verify() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"on_1": ""}, "on_0"),
        ({"at_1900": ""}, "at_1000"),
        ({"at_other": "03:00"}, "at_other"),
        ({f"on_{day}": "on" for day in range(7)} | {"weeks": "3"}, "on_0"),
        ({"often": "always"}, "often"),
        ({"place": "x" * 201}, "place"),
    ],
)
def test_what_can_not_be_asked_comes_back_with_its_words(cast: Cast, change: dict[str, str], field: str) -> None:
    sent = {"form_key": str(uuid4()), "title": "Walk", "often": "once", "minutes": "90", "weeks": "1", "words": "Tea"}
    sent |= {"on_1": "on", "at_1900": "on"}
    kept = {name: value for name, value in (sent | change).items() if value}
    answer = client_of(cast.heron).post(f"{PAGES}ask/", kept)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert b"Tea" in answer.content
    assert not TimePoll.objects.exists()


@pytest.mark.parametrize(
    ("tick", "about"),
    [
        ("at_1900", '<a href="#id_on_0"><strong>On which days?</strong> Please'),
        ("on_1", '<a href="#id_at_1000"><strong>At what time of day?</strong> Please'),
    ],
)
def test_where_none_is_ticked_it_is_said_of_all_and_not_of_the_first(cast: Cast, tick: str, about: str) -> None:
    sent = {"form_key": str(uuid4()), "title": "Walk", "often": "once", "minutes": "90", "weeks": "1", tick: "on"}
    assert about in client_of(cast.heron).post(f"{PAGES}ask/", sent).content.decode()


def test_sent_after_the_sitting_ended_its_words_and_ticks_come_back(cast: Cast) -> None:
    sent = {
        "form_key": str(uuid4()),
        "title": "Walk",
        "often": "weekly",
        "minutes": "120",
        "on_4": "on",
        "at_1830": "on",
    }
    answer = Client().post(f"{PAGES}ask/", sent | {"words": "Tea"})

    sealed = kept.unseal(form_with(answer, "kept")["kept"])
    assert sealed is not None
    assert sealed.fields.items() >= (sent | {"words": "Tea"}).items()


def test_answer_is_whole_each_time_and_can_be_changed(cast: Cast) -> None:
    poll = a_poll(cast.moss)
    first, second, third = numbers(poll)
    mark_times(poll=poll, by=cast.heron, marks={first: "well", second: "if_need_be"})
    for _again in range(2):
        mark_times(poll=poll, by=cast.heron, marks={second: "well", third: "if_need_be", 999999: "well", first: "no"})
    assert dict(PollMark.objects.values_list("time", "how")) == {second: "well", third: "if_need_be"}
    mark_times(poll=poll, by=cast.heron, marks={})
    assert not PollMark.objects.exists()


def test_others_see_how_many_can_and_never_who(cast: Cast) -> None:
    poll = a_poll(cast.moss)
    a_mark(poll, cast.heron, 1)
    a_mark(poll, cast.fern, 1, Suits.IF_NEED_BE)
    a_mark(poll, cast.clover, 0)
    for key in ("wren", "moss", "dale", "finch"):
        page = client_of(cast[key]).get(f"{PAGES}{poll.pk}/").content.decode()
        assert "2 can come" in page
        # The third time suits nobody so far: it does not stand among those that most can come to.
        assert page.split('id="best"')[1].count('class="row__title"') == 2
        assert not [name for name in ("Heron", "Fern", "Clover") if name in page]
    found = shown(poll, cast.moss)
    assert ([line.time.pk for line in found.best], found.answered) == ([numbers(poll)[1]], 3)
    # Clover can only come to the first: two groups reach all three.
    assert ([line.time.pk for line in found.two], found.two_reach) == (numbers(poll)[:2], 3)


@pytest.mark.parametrize("state", [State.LEFT, State.ON_A_BREAK, State.INACTIVE, State.DIED])
def test_whoever_is_away_since_counts_no_more(cast: Cast, state: State) -> None:
    poll = a_poll(cast.moss)
    a_mark(poll, cast.heron, 1)
    Membership.objects.filter(pk=cast.heron.pk).update(state=state)
    assert shown(poll, cast.moss).best == []


def test_asked_is_over_with_ones_answer_and_with_the_poll(cast: Cast) -> None:
    poll = ask_times(by=cast.moss, said=PollSaid("Walk", 60, "once"), times=in_days(1, 2), form_key=uuid4())
    wanted = kinds.get("times_asked").still_wanted
    assert wanted is not None
    notice = Notice.objects.get(person=cast.fern.person)
    assert wanted(notice)
    mark_times(poll=poll, by=cast.heron, marks={numbers(poll)[0]: "well"})
    waits = Notice.objects.filter(kind="times_asked", withdrawn_at=None)
    assert not waits.filter(person=cast.heron.person).exists()
    assert waits.filter(person=cast.fern.person).exists()
    call_off_poll(poll=poll, by=cast.moss)
    assert not waits.exists()
    assert not wanted(notice)
    with pytest.raises(Refused):
        mark_times(poll=poll, by=cast.heron, marks={})


VERBS: dict[str, Callable[[TimePoll, Membership], TimePoll]] = {
    "change": lambda poll, by: change_times(poll=poll, by=by, add=in_days(5), take_out=[], seen=poll.edition),
    "settle": lambda poll, by: settle_poll(poll=poll, by=by, times=numbers(poll)[:1]),
    "call_off": lambda poll, by: call_off_poll(poll=poll, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("key", ["moss", "wren", "dale", "heron", "rowan", "linden", "finch", "bramble", "thorn"])
@pytest.mark.parametrize("state", list(TimesState))
def test_each_step_is_for_whoever_asked_and_those_who_keep_the_timetable(
    cast: Cast, verb: str, key: str, state: TimesState
) -> None:
    poll = a_poll(cast.moss)
    if state != TimesState.OPEN:
        closed = {"state": state, "closed_by": cast.moss, "closed_at": clock.now()}
        TimePoll.objects.filter(pk=poll.pk).update(**closed)
    allowed = key in {"moss", "wren", "dale"}
    by = sitting_now(cast[key])
    if allowed and state in TIMES_STEPS[verb].sources:
        assert VERBS[verb](poll, by).state == TIMES_STEPS[verb].target
        assert verify() == []
    elif allowed and (verb, state) == ("call_off", TimesState.CALLED_OFF):
        assert VERBS[verb](poll, by).state == state
    else:
        with pytest.raises((Refused, Conflict)):
            VERBS[verb](poll, by)
        assert not Entry.objects.exists()


def test_second_step_given_long_ago_closes_nobody_elses(cast: Cast) -> None:
    old = clock.now() - timedelta(hours=12)
    for key in ("wren", "dale"):
        with pytest.raises(Refused):
            call_off_poll(poll=a_poll(cast.moss), by=sitting_now(cast[key], old))


def test_single_times_become_sessions_once_and_whoever_answered_is_told(cast: Cast) -> None:
    poll = a_poll(cast.moss, title=CANARY)
    for which, key in ((0, "heron"), (0, "moss"), (2, "fern")):
        a_mark(poll, cast[key], which)
    chosen = [numbers(poll)[0], numbers(poll)[2]]
    for _again in range(2):
        settle_poll(poll=poll, by=cast.moss, times=chosen)
    with pytest.raises(Conflict):
        settle_poll(poll=poll, by=cast.moss, times=numbers(poll)[:1] + numbers(poll)[1:2])
    made = list(Session.objects.order_by("starts_at"))
    assert [row.starts_at.astimezone(LONDON).strftime("%d %H:%M") for row in made] == ["11 19:00", "13 19:00"]
    assert {(row.member_led, row.counts, row.group, row.title) for row in made} == {(True, False, None, CANARY)}
    told = Notice.objects.filter(kind="times_settled")
    assert set(told.values_list("person", flat=True)) == {cast.heron.person_id, cast.fern.person_id}
    assert CANARY not in str([*told.values(), *Entry.objects.values()])
    page = client_of(cast.fern).get(f"{PAGES}{poll.pk}/").content.decode()
    assert all(f"/groups/sessions/{row.pk}/" in page for row in made)
    assert verify() == []


@pytest.mark.parametrize(("often", "interval"), [(Rhythm.WEEKLY, 7), (Rhythm.FORTNIGHTLY, 14)])
def test_weekly_time_becomes_a_group_from_its_next_such_day(
    cast: Cast, time_machine: TimeMachineFixture, often: str, interval: int
) -> None:
    poll = a_poll(cast.moss, often=often)
    a_mark(poll, cast.heron, 1)
    time_machine.shift(timedelta(days=10))
    settle_poll(poll=poll, by=cast.moss, times=numbers(poll)[1:2])
    group = Group.objects.get()
    # Asked about Friday 12 June; on Saturday 20 June the next Friday is the 26th.
    assert (group.first_day, group.starts, group.member_led, group.made_by) == (
        date(2026, 6, 26),
        SEVEN,
        True,
        cast.moss,
    )
    days = [row.slot for row in group.sessions.order_by("starts_at")[:3]]
    assert [(day - group.first_day).days for day in days] == [0, interval, 2 * interval]


def test_nothing_is_made_of_times_that_have_gone_by(cast: Cast, time_machine: TimeMachineFixture) -> None:
    poll = a_poll(cast.moss)
    time_machine.shift(timedelta(days=2))
    with pytest.raises(ValidationError):
        settle_poll(poll=poll, by=cast.moss, times=numbers(poll)[:1])
    answer = client_of(cast.moss).post(f"{PAGES}{poll.pk}/settle/", {"times": numbers(poll)[:1]})
    assert answer.status_code == 200
    time_machine.shift(timedelta(days=2))
    with pytest.raises(Refused):
        settle_poll(poll=poll, by=cast.moss, times=numbers(poll)[2:])
    page = client_of(cast.heron).get(f"{PAGES}{poll.pk}/").content.decode()
    assert ("its last time has come" in page, "Save" in page) == (True, False)
    assert not Session.objects.exists()


def test_times_are_changed_from_the_edition_that_was_seen_and_answers_stay(cast: Cast) -> None:
    poll = a_poll(cast.moss)
    first, second, _third = numbers(poll)
    a_mark(poll, cast.heron, 0)
    a_mark(poll, cast.heron, 1)
    changed = change_times(poll=poll, by=cast.moss, add=in_days(9), take_out=[first], seen=1)
    assert (changed.edition, changed.until) == (2, datetime(2026, 6, 19, 19, tzinfo=LONDON))
    with pytest.raises(Conflict):
        change_times(poll=poll, by=cast.moss, add=in_days(10), take_out=[], seen=1)
    assert [line.count.can for line in shown(changed, cast.heron).times] == [1, 0, 0]
    with pytest.raises(ValidationError):
        change_times(poll=poll, by=cast.moss, add=[], take_out=numbers(poll), seen=2)
    back = change_times(poll=poll, by=cast.moss, add=in_days(1), take_out=[second], seen=2)
    assert [line.count.can for line in shown(back, cast.heron).times] == [1, 0, 0]
    assert PollTime.objects.count() == 4


def test_any_such_day_is_the_same_time_of_a_weekly_poll(cast: Cast) -> None:
    poll = a_poll(cast.moss, often=Rhythm.WEEKLY)
    assert change_times(poll=poll, by=cast.moss, add=in_days(8, 15), take_out=[], seen=1).edition == 1
    assert PollTime.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"day": "2026-06-20"}, "starts"),
        ({"starts": "19:00"}, "day"),
        ({"day": "2026-06-10", "starts": "19:00"}, "day"),
        ({"day": "2026-06-20", "starts": "04:00"}, "starts"),
        ({"take_out": "all"}, "take_out"),
    ],
)
def test_form_of_changes_says_what_is_wrong(cast: Cast, sent: dict[str, str], field: str) -> None:
    poll = a_poll(cast.moss)
    data = {"edition": "1"} | sent | ({"take_out": numbers(poll)} if "take_out" in sent else {})
    answer = client_of(cast.moss).post(f"{PAGES}{poll.pk}/change/", data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert client_of(cast.heron).get(f"{PAGES}{poll.pk}/change/").status_code == 404


def test_nobody_asks_so_much_that_others_stop_looking(cast: Cast) -> None:
    for _poll in range(MOST_OWN):
        a_poll(cast.moss)
    with pytest.raises(Refused):
        ask_times(by=cast.moss, said=PollSaid("Walk", 60, "once"), times=in_days(1), form_key=uuid4())


@pytest.mark.parametrize(
    ("said", "times"),
    [
        (PollSaid(" ", 60, "once"), [1]),
        (PollSaid("x" * 81, 60, "once"), [1]),
        (PollSaid("Walk", 60, "once"), []),
        (PollSaid("Walk", 60, "once"), [-1]),
        (PollSaid("Walk", 60, "once"), range(1, 22)),
    ],
)
def test_service_asks_nothing_that_can_not_be(cast: Cast, said: PollSaid, times: list[int]) -> None:
    with pytest.raises(ValidationError):
        ask_times(by=cast.moss, said=said, times=in_days(*times), form_key=uuid4())
    with pytest.raises(ValidationError):
        ask_times(by=cast.moss, said=said, times=in_days(1, at=time(3)), form_key=uuid4())


def test_erasing_ones_words_takes_them_from_what_one_asked(cast: Cast) -> None:
    poll = a_poll(cast.moss, title=CANARY)
    forget_words_of(cast.moss, clock.now())
    page = client_of(cast.heron).get(PAGES).content.decode()
    assert (CANARY in page, "The words were taken away" in page) == (False, True)
    assert client_of(cast.heron).get(f"{PAGES}{poll.pk}/").status_code == 200


def test_words_about_danger_lead_to_somebody_to_talk_to(cast: Cast, words_hold: None) -> None:
    said = PollSaid("please hold me", 60, "once")
    poll = ask_times(by=cast.moss, said=said, times=in_days(1), form_key=uuid4())
    leads = [
        b"Nobody need be alone" in client_of(cast[key]).get(f"{PAGES}{poll.pk}/").content
        for key in ("moss", "wren", "fern")
    ]
    assert leads == [True, True, False]


def test_words_about_danger_in_a_poll_are_told_to_those_who_look_until_it_is_over(cast: Cast, words_hold: None) -> None:
    on_duty(cast.wren)
    sent = {"form_key": str(uuid4()), "title": HELD, "often": "once", "minutes": "90", "weeks": "2"}
    sent |= {"on_5": "on", "at_1900": "on"}
    answer = client_of(cast.moss).post(f"{PAGES}ask/", sent, follow=True).content.decode()
    assert "is on duty. If you may be in danger now" in answer
    urgent = Notice.objects.filter(kind="words_urgent", withdrawn_at=None)
    assert [(one.person_id, HELD in f"{one.key} {one.path}") for one in urgent] == [(cast.wren.person_id, False)]
    call_off_poll(poll=TimePoll.objects.get(), by=cast.moss)
    assert not urgent.all().exists()


def test_another_communitys_poll_is_missing(cast: Cast) -> None:
    poll = a_poll(cast.teal, title=CANARY)
    client = client_of(cast.wren)
    assert CANARY not in client.get(PAGES).content.decode()
    for page in ("", "change/", "settle/", "call-off/"):
        assert client.get(f"{PAGES}{poll.pk}/{page}").status_code in {404, 405}
        assert client.post(f"{PAGES}{poll.pk}/{page}", {f"time_{numbers(poll)[0]}": "well"}).status_code == 404
    mine = a_poll(cast.moss)
    mark_times(poll=mine, by=cast.heron, marks={numbers(poll)[0]: "well"})
    assert not PollMark.objects.exists()


def test_page_takes_the_same_questions_for_few_and_for_everybody(cast: Cast) -> None:
    poll = a_poll(cast.moss, days=range(1, 21))
    client = client_of(cast.moss)
    asked = []
    for many in (0, 20):
        for which in range(many):
            a_poll(cast.heron)
            for key in ("heron", "moss", "fern", "clover", "finch"):
                a_mark(poll, cast[key], which)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{PAGES}{poll.pk}/").status_code == 200
        with CaptureQueriesContext(connection) as listed:
            assert client.get(PAGES).status_code == 200
        asked.append((len(queries), len(listed)))
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 10


def test_ticks_are_spread_over_the_weeks_from_tomorrow() -> None:
    today = date(2026, 6, 10)
    assert spread([2], [time(19)], weeks=1, today=today) == [(date(2026, 6, 17), time(19))]
    assert spread([3], [time(19), time(19)], weeks=2, today=today) == [
        (date(2026, 6, 11), time(19)),
        (date(2026, 6, 18), time(19)),
    ]
    assert spread([], [time(19)], weeks=3, today=today) == []


def test_time_is_said_as_it_is_meant() -> None:
    day, now = date(2026, 6, 16), datetime(2026, 6, 16, 12, tzinfo=LONDON)
    assert time_words(day, time(19), Rhythm.ONCE) == "Tuesday 16 June, 7 pm"
    assert time_words(day, time(19, 30), Rhythm.WEEKLY) == "Tuesdays, 7:30 pm"
    assert time_words(day, time(10), Rhythm.FORTNIGHTLY) == "Every second Tuesday, 10 am"
    assert next_day(day, Rhythm.ONCE, now) == day
    assert next_day(day, Rhythm.WEEKLY, now) == date(2026, 6, 23)


def test_time_that_suits_nobody_yet_says_so_in_words(cast: Cast) -> None:
    poll = a_poll(cast.moss)
    first, *others = numbers(poll)
    mark_times(poll=poll, by=cast.heron, marks={first: "well"})
    page = client_of(cast.moss).get(f"{PAGES}{poll.pk}/settle/").content.decode()
    assert page.count(": nobody yet") == len(others) > 0
    assert "1 can come" in page
    assert "0 can come" not in page
