"""A diary for one's own calendar: what other calendars read in it, and who reads nothing."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from time_machine import TimeMachineFixture

import clock
from clock.london import LONDON, first_moment
from communities.lifecycle import State, SuspendedFrom
from communities.models import Membership, StateSince
from meetings.diary import calendar_of, plain
from meetings.lifecycle.feeds import CalledBy, Holds
from meetings.lifecycle.timetable import SessionState
from meetings.models import Coming, DiaryFeed, Session
from meetings.recurrence import is_skipped
from meetings.services.feeds import DiaryChoices, end_diary, make_diary
from peernet.log_lines import plain_path
from people.decisions import Refused
from tests.cast import Cast, client_of
from tests.meetings.diaries import a_diary, read
from tests.meetings.groups import a_session, a_venue
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
PAGE = "/c/fellside/groups/diary/"
CANARIES = {"title": "Title-canary", "about": "About-canary", "place": "Place-canary", "why_words": "Why-canary"}
READS = {"wren", "rowan", "linden", "heron", "finch", "hazel", "bramble", "dale"}
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOCK_CHANGES = [date(2026, 10, 25), date(2027, 3, 28), date(2030, 10, 27), date(2031, 3, 30)]


@given(
    st.one_of(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.sampled_from(CLOCK_CHANGES)),
    st.times(),
    st.integers(5, 720),
    st.text(max_size=200),
    st.tuples(st.integers(0, 10_000), st.booleans()),
)
# The first letters of all writings take a second to list.
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_another_parser_reads_the_very_moment_and_words_that_were_written(
    day: date, at: time, minutes: int, title: str, change: tuple[int, bool]
) -> None:
    sequence, takes_place = change
    at = at.replace(second=0, microsecond=0)
    starts_at = first_moment(day, at)
    session = Session(
        pk=7,
        title=title,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        changed_at=datetime(2026, 6, 10, 12, tzinfo=UTC),
        sequence=sequence,
        state=SessionState.PLANNED if takes_place else SessionState.CANCELLED,
    )
    feed = DiaryFeed(membership_id=1, called_by=CalledBy.TITLE)
    (entry,) = read(calendar_of(feed, [session]))
    starts = entry.dtstart.value
    assert starts.astimezone(UTC) == starts_at
    assert is_skipped(day, at) or at.fold or starts.time() == at
    assert entry.duration.value == timedelta(minutes=minutes)
    assert entry.summary.value == plain(title)
    assert (int(entry.sequence.value), entry.status.value) == (sequence, "CONFIRMED" if takes_place else "CANCELLED")


def test_lines_are_short_enough_and_end_as_the_format_wants() -> None:
    feed = DiaryFeed(membership_id=1, called_by=CalledBy.OWN_WORDS, own_words="Zeitüberschneidung, " * 20)
    now = datetime(2026, 6, 10, 12, tzinfo=UTC)
    session = Session(pk=7, title="", starts_at=now, ends_at=now + HOUR, changed_at=now)
    file = calendar_of(feed, [session])
    lines = file.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert b"BEGIN:VTIMEZONE" in file


def test_nothing_of_a_session_stands_in_it_until_its_owner_chooses_so(cast: Cast) -> None:
    venue = a_venue(cast.fellside)
    a_session(
        cast.fellside,
        clock.now() + DAY,
        venue=venue,
        link="https://link-canary.example/",
        facilitator=cast.dale,
        **CANARIES,
    )
    neutral = Client().get(a_diary(cast.heron)).content.decode()
    words = [*CANARIES.values(), venue.name, "link-canary", "Dale", "Heron", "ellside", "eernet"]
    assert not [word for word in words if word in neutral]
    (entry,) = read(neutral.encode())
    assert (entry.summary.value, entry.contents["class"][0].value) == ("Appointment", "PRIVATE")
    own = Client().get(a_diary(cast.heron, called_by="own_words", own_words="Choir")).content.decode()
    assert not [word for word in words if word in own]
    assert read(own.encode())[0].summary.value == "Choir"
    whole = Client().get(a_diary(cast.heron, called_by="title", with_place=True)).content.decode()
    (entry,) = read(whole.encode())
    assert entry.summary.value == "Title-canary"
    assert venue.name in entry.location.value
    assert "link-canary" in entry.location.value
    assert not [word for word in ("About-canary", "Why-canary", "Dale", "Heron", "ellside") if word in whole]


def test_moved_session_keeps_its_id_and_one_called_off_says_so(cast: Cast) -> None:
    session = a_session(cast.fellside, clock.now() + DAY)
    address = a_diary(cast.heron)
    (before,) = read(Client().get(address).content)
    Session.objects.filter(pk=session.pk).update(
        starts_at=session.starts_at + HOUR, ends_at=session.ends_at + HOUR, sequence=1
    )
    (moved,) = read(Client().get(address).content)
    assert (moved.uid.value, moved.sequence.value) == (before.uid.value, "1")
    assert moved.dtstart.value == before.dtstart.value + HOUR
    Session.objects.filter(pk=session.pk).update(state="cancelled", change="cancelled", sequence=2)
    (off,) = read(Client().get(address).content)
    assert (off.uid.value, off.status.value, off.sequence.value) == (before.uid.value, "CANCELLED", "2")
    (renewed,) = read(Client().get(a_diary(cast.heron)).content)
    assert renewed.uid.value == before.uid.value
    (of_another,) = read(Client().get(a_diary(cast.moss)).content)
    assert of_another.uid.value != before.uid.value


def test_same_hour_of_the_evening_across_both_changes_of_the_clocks(cast: Cast) -> None:
    for day in (date(2026, 10, 22), date(2026, 10, 29), date(2026, 11, 5)):
        a_session(cast.fellside, first_moment(day, time(19)))
    entries = read(Client().get(a_diary(cast.heron)).content)
    assert {entry.dtstart.value.time() for entry in entries} == {time(19)}
    assert [entry.dtstart.value.utcoffset() for entry in entries] == [HOUR, timedelta(0), timedelta(0)]


@pytest.mark.parametrize("key", sorted(READS | {"thorn", "willow"}))
def test_whoever_sees_the_timetable_has_one_and_nobody_else(cast: Cast, key: str) -> None:
    client = client_of(cast[key])
    assert client.get(PAGE).status_code == (200 if key in READS else 404)
    if key not in READS:
        with pytest.raises(Refused):
            make_diary(by=cast[key], choices=DiaryChoices())
        return
    made = client.post(PAGE, {"called_by": "neutral", "holds": "all", "make": "1"})
    address = made.context["link"].removeprefix("http://testserver")
    assert Client().get(address)["Content-Type"] == "text/calendar; charset=utf-8"
    assert address not in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("state", "suspended_from", "is_there"),
    [
        (State.LEFT, "", False),
        (State.DIED, "", False),
        (State.SUSPENDED, SuspendedFrom.EVERYTHING, False),
        (State.SUSPENDED, SuspendedFrom.BOARD, True),
        (State.ON_A_BREAK, "", True),
        (State.INACTIVE, "", True),
    ],
)
def test_address_is_over_with_its_owners_right(cast: Cast, state: State, suspended_from: str, is_there: bool) -> None:
    a_session(cast.fellside, clock.now() + DAY)
    address = a_diary(cast.heron)
    until = clock.now() + DAY if suspended_from else None
    Membership.objects.filter(pk=cast.heron.pk).update(
        state=state, suspended_from=suspended_from, suspended_until=until
    )
    assert Client().get(address).status_code == (200 if is_there else 404)


def test_whoever_left_and_came_again_begins_anew(cast: Cast) -> None:
    address = a_diary(cast.heron)
    StateSince.objects.create(membership=cast.heron, state=State.LEFT, since=clock.now() + HOUR)
    assert Client().get(address).status_code == 404


def test_renewed_ended_and_never_made_look_the_same(cast: Cast) -> None:
    first = a_diary(cast.heron)
    second = a_diary(cast.heron)
    ended = a_diary(cast.moss)
    for _twice in range(2):
        end_diary(by=cast.moss)
    answers = [Client().get(address) for address in (first, ended, "/diary/never-made.ics")]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert Client().get(second).status_code == 200
    assert first.split("/")[2][:20] not in str(list(DiaryFeed.objects.values()))


def test_only_what_one_comes_to_where_that_was_chosen(cast: Cast) -> None:
    now = clock.now()
    comes, waits, can_not, says_nothing = (a_session(cast.fellside, now + days * DAY) for days in (1, 2, 3, 4))
    for session, answer in ((comes, "coming"), (waits, "waiting"), (can_not, "cannot")):
        said = {"membership": cast.heron, "said_by": cast.heron, "said_at": now}
        Coming.objects.create(session=session, answer=answer, **said)
    Coming.objects.create(session=says_nothing, answer="coming", membership=cast.moss, said_by=cast.moss, said_at=now)
    entries = read(Client().get(a_diary(cast.heron, holds=Holds.COMING)).content)
    assert [entry.dtstart.value for entry in entries] == [comes.starts_at, waits.starts_at]
    assert len(read(Client().get(a_diary(cast.heron)).content)) == 4


def test_somebody_inactive_has_only_what_they_could_come_back_to(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() + DAY)
    a_session(cast.fellside, clock.now() + 2 * DAY, member_led=True)
    assert len(read(Client().get(a_diary(cast.sorrel)).content)) == 1


def test_another_communitys_sessions_are_in_no_diary_of_this_one(cast: Cast) -> None:
    a_session(cast.riverside, clock.now() + DAY)
    # Moss is a member there too, under another name.
    assert read(Client().get(a_diary(cast.moss)).content) == []
    assert len(read(Client().get(a_diary(cast.pebble)).content)) == 1


def test_choices_are_kept_under_the_same_address_and_own_words_are_asked_for(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() + DAY)
    client, address = client_of(cast.heron), a_diary(cast.heron)
    sent = {"called_by": "own_words", "own_words": "", "holds": "all"}
    answer = client.post(PAGE, sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["own_words"])
    assert client.post(PAGE, sent | {"own_words": "x" * 41}).status_code == 200
    # Of a sign that only steers a screen nothing is left.
    assert list(client.post(PAGE, sent | {"own_words": "\x01"}).context["form"].errors) == ["own_words"]
    assert client.post(PAGE, sent | {"own_words": "Class"}).status_code == 302
    assert read(Client().get(address).content)[0].summary.value == "Class"
    assert client.post(PAGE, {"called_by": "neutral", "own_words": "Class", "holds": "all"}).status_code == 302
    assert DiaryFeed.objects.get().own_words == ""
    assert client.post(f"{PAGE}end/").status_code == 302
    assert client.post(PAGE, {"called_by": "neutral", "holds": "all"}).status_code == 409
    assert Client().get(address).status_code == 404


def test_it_is_stored_by_no_cache_found_by_no_search_and_in_no_log(cast: Cast) -> None:
    address = a_diary(cast.heron)
    answer = Client().get(address)
    assert (answer["Cache-Control"], "noindex" in answer["X-Robots-Tag"]) == ("no-store", True)
    assert plain_path(address) == "/diary/…"
    assert not answer.cookies
    assert Client().post(address).status_code == 405


def test_reading_is_noted_once_an_hour_and_a_mere_look_not_at_all(cast: Cast, time_machine: TimeMachineFixture) -> None:
    address = a_diary(cast.heron)
    Client().head(address)
    assert DiaryFeed.objects.get().used_at is None
    first = clock.now()
    for minutes in (0, 30, 30):
        time_machine.shift(timedelta(minutes=minutes))
        Client().get(address)
        assert DiaryFeed.objects.get().used_at == (first if clock.now() < first + HOUR else clock.now())


def test_half_a_year_of_sessions_takes_no_more_questions_than_one(cast: Cast) -> None:
    now = clock.now()
    venue = a_venue(cast.fellside)
    a_session(cast.fellside, now + DAY, venue=venue)
    address, asked = a_diary(cast.heron, holds=Holds.COMING, called_by="title", with_place=True), []
    for many in (1, 100):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(address).status_code == 200
        asked.append(len(queries))
        Session.objects.bulk_create(
            Session(
                community=cast.fellside,
                title="One",
                venue=venue,
                starts_at=now + DAY + n * HOUR,
                ends_at=now + DAY + (n + 1) * HOUR,
                changed_at=now,
            )
            for n in range(many)
        )
        DiaryFeed.objects.update(used_at=now)
    assert max(asked) <= 6


def test_london_by_the_files_own_rules_is_london_for_many_years() -> None:
    feed = DiaryFeed(membership_id=1)
    days = [date(year, month, 25) for year in range(2026, 2046) for month in (3, 4, 10, 11)]
    sessions = [
        Session(pk=n, starts_at=at, ends_at=at + HOUR, changed_at=at)
        for n, at in enumerate(first_moment(day, time(19)) for day in days)
    ]
    for day, entry in zip(days, read(calendar_of(feed, sessions)), strict=True):
        assert entry.dtstart.value.utcoffset() == datetime.combine(day, time(19), LONDON).utcoffset()
