"""The register: who takes it and when, what it stores, corrections with their trace, and what was never taken."""

from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from communities.lifecycle import State
from communities.models import Membership, StateSince
from meetings import registered
from meetings.forms.register import RegisterForm
from meetings.lifecycle.coming import Answer, AwayKind, Was
from meetings.lifecycle.timetable import Role, SessionState
from meetings.models import Mark, MarkChange, Register, Session
from meetings.queries.register import sheet_of, untaken
from meetings.services.register import take_register
from meetings.services.reminding import ask_for_registers
from notices import kinds
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.groups import a_role, a_session
from tests.meetings.sayings import a_register, an_answer, an_away_time

AT = "2026-06-10 12:00:00+01:00"  # a Wednesday
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(AT, tick=False)]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def session(cast: Cast) -> Session:
    """Of the programme, since ten this morning, over at half past eleven; Moss is its secretary."""
    row = a_session(cast.fellside, clock.now() - 2 * HOUR, counts=True)
    a_role(row, Role.SECRETARY, cast.moss)
    return row


def _taken(session: Session, by: Membership, marks: dict[Membership, str], seen: int = 0, guests: int = 0) -> Register:
    numbered = {member.pk: was for member, was in marks.items()}
    return take_register(session=session, by=by, marks=numbered, seen=seen, guests=guests)


def _stands(session: Session) -> dict[str, str]:
    return dict(Mark.objects.filter(register__session=session).values_list("membership__display_name", "was"))


@pytest.mark.parametrize(("role", "who"), [(Role.CHAIR, "fern"), (Role.SECRETARY, "clover")])
def test_chair_and_secretary_of_that_session_take_it(cast: Cast, role: Role, who: str) -> None:
    row = a_session(cast.fellside, clock.now() - HOUR, counts=True)
    a_role(row, role, cast[who])
    assert _taken(row, cast[who], {cast.heron: Was.HERE}).taken_by == cast[who]


def test_staff_take_it_with_their_second_step(cast: Cast, session: Session) -> None:
    with pytest.raises(Refused):
        _taken(session, cast.dale, {cast.heron: Was.HERE})
    assert _taken(session, sitting_now(cast.dale), {cast.heron: Was.HERE})


@pytest.mark.parametrize("who", ["heron", "wren", "finch", "marsh"])
def test_nobody_else_does(cast: Cast, session: Session, who: str) -> None:
    with pytest.raises(Refused):
        _taken(session, sitting_now(cast[who]), {cast.heron: Was.HERE})


def test_a_housekeeper_does_not(cast: Cast, session: Session) -> None:
    a_role(session, Role.HOUSEKEEPER, cast.fern)
    with pytest.raises(Refused):
        _taken(session, cast.fern, {cast.heron: Was.HERE})


@pytest.mark.parametrize(("minutes", "taken"), [(31, False), (30, True), (-60 * 24 * 400, True)])
def test_from_half_an_hour_before_and_ever_after(cast: Cast, minutes: int, taken: bool) -> None:
    row = a_session(cast.fellside, clock.now() + timedelta(minutes=minutes))
    a_role(row, Role.CHAIR, cast.moss)
    if taken:
        assert _taken(row, cast.moss, {})
    else:
        with pytest.raises(Refused):
            _taken(row, cast.moss, {})


def test_never_of_one_that_was_called_off(cast: Cast, session: Session) -> None:
    Session.objects.filter(pk=session.pk).update(state=SessionState.CANCELLED, change="cancelled")
    with pytest.raises(Refused):
        _taken(session, cast.moss, {})


def test_marks_and_guests_and_numbers_in_the_record(cast: Cast, session: Session) -> None:
    marks = {cast.heron: Was.HERE, cast.fern: Was.ILL, cast.clover: Was.NOT_HERE, cast.hazel: ""}
    assert _taken(session, cast.moss, marks, guests=2).guests == 2
    assert _stands(session) == {"Heron": "here", "Fern": "ill", "Clover": "not_here"}
    entry = Entry.objects.get(verb="take register")
    assert (entry.actor, entry.subject) == (cast.moss.ref, session.ref)
    assert '"guests":2,"here":1,"not here":1,"register":' in entry.facts
    assert "ill" not in entry.facts


def test_sent_twice_it_is_one(cast: Cast, session: Session) -> None:
    marks = {cast.heron: Was.HERE, cast.fern: Was.NOT_HERE}
    first = _taken(session, cast.moss, marks)
    assert _taken(session, cast.moss, marks) == first
    assert not MarkChange.objects.exists()


def test_whoever_does_not_belong_here_is_on_no_register(cast: Cast, session: Session) -> None:
    for stranger in (cast.teal, cast.willow, cast.thorn, cast.dale):
        with pytest.raises(Conflict):
            _taken(session, cast.moss, {cast.heron: Was.HERE, stranger: Was.HERE})
    assert not Register.objects.exists()


@pytest.mark.parametrize(("was", "guests"), [("asleep", 0), (Was.HERE, -1), (Was.HERE, 201)])
def test_what_can_not_be_is_refused(cast: Cast, session: Session, was: str, guests: int) -> None:
    with pytest.raises(Refused):
        _taken(session, cast.moss, {cast.heron: was}, guests=guests)


def test_whoever_counts_attendance_is_told(cast: Cast, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Session] = []
    monkeypatch.setattr(registered, "_listeners", [lambda session, now: told.append(session)])
    for _ in range(2):
        _taken(session, cast.moss, {cast.heron: Was.HERE})
    _taken(session, cast.moss, {cast.heron: Was.NOT_HERE}, seen=1)
    assert told == [session, session]


def test_a_correction_leaves_its_trace(cast: Cast, session: Session) -> None:
    _taken(session, cast.moss, {cast.heron: Was.NOT_HERE, cast.fern: Was.HERE})
    _taken(session, sitting_now(cast.dale), {cast.heron: Was.HERE, cast.fern: Was.HERE, cast.hazel: Was.HERE}, seen=1)
    trace = [(each.membership, each.was, each.became, each.by) for each in MarkChange.objects.order_by("pk")]
    assert trace == [(cast.heron, "not_here", "here", cast.dale), (cast.hazel, "", "here", cast.dale)]
    assert Entry.objects.get(verb="correct register").actor == cast.dale.ref


def test_whoever_is_not_named_keeps_their_mark(cast: Cast, session: Session) -> None:
    _taken(session, cast.moss, {cast.heron: Was.HERE, cast.fern: Was.HERE})
    _taken(session, cast.moss, {cast.fern: ""}, seen=1)
    assert _stands(session) == {"Heron": "here"}


def test_an_older_page_is_told_so(cast: Cast, session: Session) -> None:
    _taken(session, cast.moss, {cast.heron: Was.HERE})
    for seen in (0, 2):
        with pytest.raises(Conflict):
            _taken(session, cast.moss, {cast.heron: Was.NOT_HERE}, seen=seen)
    assert _stands(session) == {"Heron": "here"}


def test_guests_alone_are_a_correction_too(cast: Cast, session: Session) -> None:
    _taken(session, cast.moss, {cast.heron: Was.HERE})
    assert _taken(session, cast.moss, {cast.heron: Was.HERE}, seen=1, guests=3).edition == 2
    assert '"guests were":0' in Entry.objects.get(verb="correct register").facts


def test_it_begins_with_what_was_said(cast: Cast, session: Session) -> None:
    an_answer(cast.heron, session, Answer.COMING)
    an_answer(cast.fern, session, Answer.ILL)
    an_away_time(cast.clover, AwayKind.HOSPITAL)
    an_answer(cast.wren, session, Answer.COMING)
    an_away_time(cast.wren)
    begun = {line.membership: line.was for line in sheet_of(session).lines}
    said = [begun[who] for who in (cast.heron, cast.fern, cast.clover, cast.wren, cast.ash)]
    assert said == ["", Was.ILL, Was.HOSPITAL, "", ""]


def test_in_a_day_community_every_active_member_is_expected(cast: Cast, session: Session) -> None:
    sheet = sheet_of(session)
    assert cast.heron in [line.membership for line in sheet.expected]
    assert {cast.finch, cast.hazel, cast.sorrel, cast.bramble} == {line.membership for line in sheet.others}


def test_in_a_network_those_who_said_so_and_who_have_a_part(cast: Cast) -> None:
    row = a_session(cast.riverside, clock.now(), counts=True)
    an_answer(cast.avocet, row, Answer.COMING)
    a_role(row, Role.CHAIR, cast.teal)
    assert {line.membership for line in sheet_of(row).expected} == {cast.avocet, cast.teal}


def test_once_taken_it_shows_what_stands(cast: Cast, session: Session) -> None:
    an_answer(cast.fern, session, Answer.ILL)
    a_register(session, cast.moss, {cast.fern: Was.HERE, cast.hazel: Was.HERE})
    shown = {line.membership: (line.was, line.expected) for line in sheet_of(session).lines}
    assert (shown[cast.fern], shown[cast.hazel]) == ((Was.HERE, True), (Was.HERE, True))


def test_whoever_became_a_member_since_is_given_no_mark_by_a_correction_of_anothers(
    cast: Cast, session: Session
) -> None:
    a_register(session, cast.wren, {cast.heron: Was.NOT_HERE})
    Membership.objects.filter(pk=cast.sorrel.pk).update(state=State.ACTIVE, state_since=clock.now())
    session = Session.objects.select_related("register").get(pk=session.pk)
    sheet = sheet_of(session)
    assert (cast.sorrel in [line.membership for line in sheet.others], sheet.row is not None) == (True, True)
    form = RegisterForm({"seen": sheet.edition, f"was_{cast.heron.pk}": "word"}, sheet=sheet)
    assert form.is_valid()
    assert {pk: was for pk, was in form.marks.items() if was} == {cast.heron.pk: Was.APOLOGY}


@pytest.fixture
def changed_since(cast: Cast, session: Session) -> Session:
    """Two days later Sorrel has come in, Hazel is back from her break, and Clover has begun one."""
    later = session.starts_at + 2 * DAY
    for member, stood, stands in (
        (cast.sorrel, None, State.ACTIVE),
        (cast.hazel, State.ON_A_BREAK, State.ACTIVE),
        (cast.clover, State.ACTIVE, State.ON_A_BREAK),
    ):
        StateSince.objects.filter(membership=member).delete()
        rows = [(stood, session.starts_at)] * bool(stood) + [(stands, later)]
        StateSince.objects.bulk_create(StateSince(membership=member, state=state, since=at) for state, at in rows)
        Membership.objects.filter(pk=member.pk).update(state=stands, state_since=later)
    return session


def test_taken_days_later_it_lists_who_was_active_then(cast: Cast, changed_since: Session) -> None:
    sheet = sheet_of(changed_since)
    there, others = ({line.membership for line in lines} for lines in (sheet.expected, sheet.others))
    assert (cast.clover in there, {cast.sorrel, cast.hazel} <= others) == (True, True)
    page = client_of(cast.moss).get(f"/c/fellside/groups/sessions/{changed_since.pk}/register/").content.decode()
    for member, buttons in ((cast.clover, 3), (cast.heron, 3), (cast.sorrel, 1), (cast.hazel, 1)):
        assert page.count(f'name="was_{member.pk}"') == buttons
    form = {"seen": 0, f"was_{cast.heron.pk}": "here", f"was_{cast.sorrel.pk}": "here", "rest": "not_here"}
    client_of(cast.moss).post(f"/c/fellside/groups/sessions/{changed_since.pk}/register/", form)
    stands = _stands(changed_since)
    assert [stands.get(name) for name in ("Heron", "Sorrel", "Clover", "Hazel")] == ["here", "here", "not_here", None]


def test_nobody_who_was_not_there_yet_is_put_down_as_not_here(cast: Cast, changed_since: Session) -> None:
    for late in (cast.sorrel, cast.hazel):
        with pytest.raises(Conflict):
            _taken(changed_since, cast.moss, {cast.heron: Was.HERE, late: Was.NOT_HERE})
    assert not Register.objects.exists()
    _taken(changed_since, cast.moss, {cast.heron: Was.HERE, cast.sorrel: Was.HERE, cast.clover: Was.NOT_HERE})
    # That somebody put down as here was not is a correction like every other.
    _taken(changed_since, cast.moss, {cast.sorrel: Was.NOT_HERE}, seen=1)
    assert _stands(changed_since)["Sorrel"] == "not_here"


def test_it_is_flagged_until_it_is_taken(cast: Cast, session: Session) -> None:
    assert untaken(cast.fellside, clock.now()) == [session]
    _taken(session, cast.moss, {})
    assert untaken(cast.fellside, clock.now()) == []


def test_page_of_registers_to_take_leads_straight_to_each_of_them(cast: Cast, session: Session) -> None:
    page = client_of(cast.wren).get("/c/fellside/groups/registers/").content.decode()
    assert f'href="/c/fellside/groups/sessions/{session.pk}/register/"' in page


def test_not_what_is_ahead_called_off_does_not_count_or_is_elsewhere(cast: Cast) -> None:
    a_session(cast.fellside, clock.now(), counts=True)
    a_session(cast.fellside, clock.now() - 3 * HOUR)
    a_session(cast.riverside, clock.now() - 3 * HOUR, counts=True)
    off = {"state": SessionState.CANCELLED, "change": "cancelled"}
    a_session(cast.fellside, clock.now() - 4 * HOUR, counts=True, **off)
    assert untaken(cast.fellside, clock.now()) == []


def test_whoever_runs_it_is_asked_once_and_no_more_when_it_is_taken(
    cast: Cast, session: Session, time_machine: TimeMachineFixture
) -> None:
    time_machine.shift(HOUR)
    for _ in range(2):
        ask_for_registers()
    [notice] = Notice.objects.filter(kind="register_waits")
    assert notice.person == cast.moss.person
    wanted = kinds.get("register_waits").still_wanted
    assert wanted is not None
    assert wanted(notice)
    _taken(session, cast.moss, {})
    assert not wanted(notice)


def test_where_nobody_runs_it_staff_are_asked(cast: Cast) -> None:
    a_session(cast.fellside, clock.now() - 4 * HOUR, counts=True)
    ask_for_registers()
    assert {notice.person for notice in Notice.objects.all()} == {cast.dale.person, cast.glen.person}
