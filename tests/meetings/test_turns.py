"""Turns as chair, secretary and housekeeper: who is given one, giving back, asking, swapping, saying so in the room."""

import re
from datetime import timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from clock.london import day_of
from communities.lifecycle import ApartState, State
from communities.models import KeepApart, Membership
from meetings.lifecycle.coming import Answer
from meetings.lifecycle.timetable import How, Role
from meetings.models import Group, RoleAsking, Session, SessionRole
from meetings.queries.rota_ground import ground_for
from meetings.services.away import Days, say_away
from meetings.services.coming import say_coming
from meetings.services.rota import share_out_all
from meetings.services.turns import (
    NOT_THEIRS,
    NOT_YOURS,
    ask_for_turn,
    choose_turns,
    give_back_turn,
    hand_turn,
    stop_asking_for_turn,
    take_over_turn,
    take_turn,
)
from notices.models import Notice
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.groups import a_group, a_role, a_session
from tests.meetings.recording import marked_here, would_like
from tests.meetings.sayings import an_answer, an_away_time
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)
DAY = timedelta(days=1)


def apart(asker: Membership, other: Membership) -> None:
    """Two who are kept apart."""
    facts = {"begun_by": asker, "asked_at": clock.now(), "since": clock.now(), "state": ApartState.IN_FORCE}
    KeepApart.objects.create(community=asker.community, asker=asker, other=other, **facts)


@pytest.fixture
def group(cast: Cast) -> Group:
    return a_group(cast.wren)


def ahead(group: Group, days: float = 3) -> Session:
    return a_session(group.community, clock.now() + days * DAY, group=group)


def holders(session: Session) -> dict[str, int]:
    return dict(SessionRole.objects.filter(session=session).values_list("role", "membership_id"))


def told(member: Membership, kind: str) -> int:
    return Notice.objects.filter(person=member.person, kind=kind, withdrawn_at=None).count()


def test_those_who_would_like_turns_are_given_one_and_told_without_a_word_of_it(cast: Cast, group: Group) -> None:
    session = ahead(group)
    would_like(cast.moss, Role.CHAIR)
    assert share_out_all() == 1
    assert share_out_all() == 0
    assert holders(session) == {"chair": cast.moss.pk}
    assert told(cast.moss, "turn_given") == 1


def test_nobody_is_given_what_they_did_not_ask_for(cast: Cast, group: Group) -> None:
    ahead(group)
    choose_turns(by=cast.moss, roles=frozenset({"chair"}))
    choose_turns(by=cast.moss, roles=frozenset())
    assert share_out_all() == 0


@pytest.mark.parametrize("days", [0.5, 29])
def test_turns_are_given_out_neither_at_the_last_minute_nor_further_than_four_weeks(
    cast: Cast, group: Group, days: float
) -> None:
    would_like(cast.moss)
    ahead(group, days)
    assert share_out_all() == 0


def test_four_weeks_are_shared_by_turns(cast: Cast, group: Group) -> None:
    for member in (cast.moss, cast.fern):
        would_like(member, Role.CHAIR)
    sessions = [ahead(group, 2 + 7 * week) for week in range(4)]
    share_out_all()
    assert [holders(each)["chair"] for each in sessions] == [cast.moss.pk, cast.fern.pk] * 2


def test_turns_of_a_group_go_to_those_who_come_to_it(cast: Cast, group: Group) -> None:
    would_like(cast.moss, Role.CHAIR)
    would_like(cast.fern, Role.CHAIR)
    marked_here(a_session(cast.fellside, clock.now() - 7 * DAY, group=group), cast.dale, cast.fern)
    session = ahead(group)
    share_out_all()
    assert holders(session) == {"chair": cast.fern.pk}


@pytest.mark.parametrize("reason", ["answer", "away", "gave_back", "asked"])
def test_whoever_can_not_or_would_rather_not_is_left_out_of_that_session(cast: Cast, group: Group, reason: str) -> None:
    session = ahead(group)
    would_like(cast.moss, Role.CHAIR)
    if reason == "answer":
        an_answer(cast.moss, session, Answer.ILL)
    elif reason == "away":
        an_away_time(cast.moss, days=7)
    else:
        a_role(session, Role.CHAIR, cast.moss)
        if reason == "asked":
            RoleAsking.objects.create(session=session, role="chair", by=cast.moss, made_at=clock.now())
            SessionRole.objects.all().delete()
        else:
            give_back_turn(session=session, role="chair", by=cast.moss)
    assert share_out_all() == 0


@pytest.mark.parametrize("says", ["answer", "away", "for them"])
def test_turn_is_free_in_the_moment_in_which_its_member_says_that_they_can_not_come(
    cast: Cast, group: Group, says: str
) -> None:
    session, other = ahead(group, 0.1), ahead(group, 20)
    for one in (session, other):
        a_role(one, Role.CHAIR, cast.moss)
    would_like(cast.fern, Role.CHAIR)
    ask_for_turn(session=session, role="chair", by=cast.moss)
    if says == "answer":
        say_coming(session=session, by=cast.moss, answer=Answer.ILL)
    elif says == "away":
        say_away(by=cast.moss, kind="ill", days=Days(day_of(clock.now())))
    else:
        say_coming(session=session, by=sitting_now(cast.dale), about=cast.moss, answer=Answer.CANNOT)
    assert holders(session) == {}
    assert Entry.objects.filter(verb="free turn", subject=session.ref).values_list("actor", flat=True).get() == "site"
    assert bool(holders(other)) == (says != "away")
    assert told(cast.fern, "turn_asked") == 0
    assert take_turn(session=session, role="chair", by=cast.fern).membership_id == cast.fern.pk


def test_turn_stays_while_one_is_away_and_comes_all_the_same_and_once_the_session_has_begun(
    cast: Cast, group: Group, time_machine: TimeMachineFixture
) -> None:
    session = ahead(group, 0.1)
    a_role(session, Role.CHAIR, cast.moss)
    say_coming(session=session, by=cast.moss, answer=Answer.COMING)
    say_away(by=cast.moss, kind="away", days=Days(day_of(clock.now())))
    assert holders(session) == {"chair": cast.moss.pk}
    time_machine.move_to(session.starts_at)
    say_coming(session=session, by=cast.moss, answer=Answer.ILL)
    assert holders(session) == {"chair": cast.moss.pk}


def test_turn_of_somebody_who_can_not_come_is_free_and_goes_on(cast: Cast, group: Group) -> None:
    session = ahead(group)
    would_like(cast.moss, Role.CHAIR)
    share_out_all()
    an_answer(cast.moss, session, Answer.HOSPITAL)
    would_like(cast.fern, Role.CHAIR)
    share_out_all()
    assert holders(session) == {"chair": cast.fern.pk}
    assert told(cast.moss, "turn_given") == 0


def test_turn_is_free_also_on_the_day_and_given_to_nobody_then(cast: Cast, group: Group) -> None:
    session = ahead(group, 0.2)
    a_role(session, Role.CHAIR, cast.moss)
    an_answer(cast.moss, session, Answer.ILL)
    would_like(cast.fern, Role.CHAIR)
    share_out_all()
    assert holders(session) == {}


def test_what_somebody_took_themselves_stays_when_they_want_no_more(cast: Cast, group: Group) -> None:
    session = ahead(group)
    take_turn(session=session, role="chair", by=cast.moss)
    choose_turns(by=cast.moss, roles=frozenset())
    would_like(cast.fern, Role.CHAIR)
    share_out_all()
    assert holders(session) == {"chair": cast.moss.pk}


def test_two_who_are_kept_apart_are_never_put_beside_each_other(cast: Cast, group: Group) -> None:
    apart(cast.moss, cast.fern)
    session = ahead(group)
    would_like(cast.moss, Role.CHAIR)
    would_like(cast.fern, Role.SECRETARY)
    share_out_all()
    assert holders(session) == {"chair": cast.moss.pk}


def test_one_kept_apart_is_neither_asked_nor_sees_what_is_asked(cast: Cast, group: Group) -> None:
    apart(cast.moss, cast.fern)
    session = ahead(group)
    would_like(cast.fern, Role.CHAIR)
    would_like(cast.clover, Role.CHAIR)
    a_role(session, Role.CHAIR, cast.moss)
    asking = ask_for_turn(session=session, role="chair", by=cast.moss)
    assert (told(cast.clover, "turn_asked"), told(cast.fern, "turn_asked")) == (1, 0)
    assert "I take it" not in client_of(cast.fern).get("/c/fellside/groups/turns/").content.decode()
    assert client_of(cast.fern).post(f"/c/fellside/groups/turns/asked/{asking.pk}/").status_code == 404
    page = client_of(cast.moss).get(f"/c/fellside/groups/sessions/{session.pk}/turn/chair/").content.decode()
    assert ("Clover" in page, "Fern" in page) == (True, False)


def _read(who: Membership, path: str) -> str:
    """What stands on a page, without what is new in each answer."""
    return re.sub(r'value="[\w-]{30,}"', "", client_of(who).get(path).content.decode().partition("<main")[2])


def _in_the_room(cast: Cast, session: Session, why: str) -> None:
    """Fern can't have a turn in it, for this reason; Moss is its chair."""
    a_role(session, Role.CHAIR, cast.moss)
    if why == "cannot":
        an_answer(cast.fern, session, Answer.CANNOT)
    elif why == "away":
        an_away_time(cast.fern, days=7)
    else:
        apart(*((cast.fern, cast.moss) if why == "asked" else (cast.moss, cast.fern)))


@pytest.mark.parametrize("why", ["cannot", "away", "asked", "other"])
def test_turn_by_hand_goes_by_the_rule_of_the_rota_and_gives_one_answer_for_all_reasons(
    cast: Cast, group: Group, why: str, time_machine: TimeMachineFixture
) -> None:
    session = ahead(group)
    _in_the_room(cast, session, why)
    with pytest.raises(Refused) as own:
        take_turn(session=session, role="secretary", by=cast.fern)
    time_machine.shift(3 * DAY - timedelta(minutes=20))
    with pytest.raises(Refused) as given:
        hand_turn(session=session, role="secretary", to=cast.fern, by=cast.moss)
    assert (str(own.value), str(given.value)) == (NOT_YOURS, NOT_THEIRS)
    assert holders(session) == {"chair": cast.moss.pk}


def test_turn_of_somebody_one_is_kept_apart_from_can_be_handed_over_to_one(
    cast: Cast, group: Group, time_machine: TimeMachineFixture
) -> None:
    session = ahead(group)
    _in_the_room(cast, session, "asked")
    time_machine.shift(3 * DAY - timedelta(minutes=20))
    hand_turn(session=session, role="chair", to=cast.fern, by=sitting_now(cast.dale))
    assert holders(session) == {"chair": cast.fern.pk}


@pytest.mark.parametrize("beside", ["fern", "moss"])
def test_swap_puts_neither_of_the_two_beside_somebody_they_are_kept_apart_from(
    cast: Cast, group: Group, beside: str
) -> None:
    one, other = ahead(group), ahead(group, 10)
    would_like(cast.fern, Role.CHAIR)
    a_role(one, Role.CHAIR, cast.moss)
    back = a_role(other, Role.CHAIR, cast.fern)
    asking = ask_for_turn(session=one, role="chair", by=cast.moss, to=cast.fern, back=back)
    a_role(one if beside == "fern" else other, Role.SECRETARY, cast.clover)
    apart(cast.clover, cast[beside])
    with pytest.raises(Refused):
        take_over_turn(asking=asking, by=cast.fern)
    assert holders(one)["chair"] == cast.moss.pk


def test_pages_of_turns_show_the_same_whether_somebody_is_kept_apart_or_not(cast: Cast, group: Group) -> None:
    session = ahead(group, 0.01)
    a_role(session, Role.CHAIR, cast.moss)
    here = f"/c/fellside/groups/sessions/{session.pk}/"
    seen = [_read(cast.fern, here), _read(cast.moss, here), _read(cast.moss, f"{here}turn/secretary/hand/")]
    apart(cast.fern, cast.moss)
    assert [_read(cast.fern, here), _read(cast.moss, here), _read(cast.moss, f"{here}turn/secretary/hand/")] == seen


def test_turn_is_taken_once(cast: Cast, group: Group) -> None:
    session = ahead(group)
    take_turn(session=session, role="chair", by=cast.moss)
    take_turn(session=session, role="chair", by=cast.moss)
    with pytest.raises(Conflict):
        take_turn(session=session, role="chair", by=cast.fern)


def test_turn_of_somebody_who_left_is_anybodys(cast: Cast, group: Group) -> None:
    session = ahead(group, 0.1)
    a_role(session, Role.CHAIR, cast.willow)
    take_turn(session=session, role="chair", by=cast.moss)
    assert holders(session) == {"chair": cast.moss.pk}


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "bramble", "thorn", "dale", "otter"])
def test_only_active_members_of_the_place_take_turns(cast: Cast, group: Group, who: str) -> None:
    with pytest.raises(Refused):
        take_turn(session=ahead(group), role="chair", by=sitting_now(cast[who]))


def test_turn_that_is_asked_about_goes_over_and_both_are_told(cast: Cast, group: Group) -> None:
    session = ahead(group)
    would_like(cast.fern, Role.CHAIR)
    a_role(session, Role.CHAIR, cast.moss)
    asking = ask_for_turn(session=session, role="chair", by=cast.moss)
    assert told(cast.fern, "turn_asked") == 1
    take_over_turn(asking=asking, by=cast.fern)
    assert holders(session) == {"chair": cast.fern.pk}
    assert (told(cast.fern, "turn_asked"), told(cast.moss, "turn_taken")) == (0, 1)
    with pytest.raises(Conflict):
        take_over_turn(asking=asking, by=cast.clover)


def test_swap_changes_both_turns(cast: Cast, group: Group) -> None:
    one, other = ahead(group), ahead(group, 10)
    would_like(cast.fern, Role.CHAIR)
    a_role(one, Role.CHAIR, cast.moss)
    back = a_role(other, Role.SECRETARY, cast.fern)
    asking = ask_for_turn(session=one, role="chair", by=cast.moss, to=cast.fern, back=back)
    with pytest.raises(Refused):
        take_over_turn(asking=asking, by=cast.clover)
    take_over_turn(asking=asking, by=cast.fern)
    assert holders(one) | holders(other) == {"chair": cast.fern.pk, "secretary": cast.moss.pk}


def test_swap_is_a_conflict_when_one_of_the_turns_is_gone(cast: Cast, group: Group) -> None:
    one, other = ahead(group), ahead(group, 10)
    would_like(cast.fern, Role.CHAIR)
    a_role(one, Role.CHAIR, cast.moss)
    back = a_role(other, Role.SECRETARY, cast.fern)
    asking = ask_for_turn(session=one, role="chair", by=cast.moss, to=cast.fern, back=back)
    give_back_turn(session=other, role="secretary", by=cast.fern)
    with pytest.raises(Conflict):
        take_over_turn(asking=asking, by=cast.fern)
    assert holders(one) == {"chair": cast.moss.pk}


def test_only_the_one_who_asked_stops_asking(cast: Cast, group: Group) -> None:
    session = ahead(group)
    would_like(cast.fern, Role.CHAIR)
    a_role(session, Role.CHAIR, cast.moss)
    asking = ask_for_turn(session=session, role="chair", by=cast.moss)
    with pytest.raises(Refused):
        stop_asking_for_turn(asking=asking, by=cast.fern)
    stop_asking_for_turn(asking=asking, by=cast.moss)
    assert told(cast.fern, "turn_asked") == 0


def test_somebody_elses_turn_is_neither_given_back_nor_asked_about(cast: Cast, group: Group) -> None:
    session = ahead(group)
    would_like(cast.clover, Role.CHAIR)
    a_role(session, Role.CHAIR, cast.moss)
    with pytest.raises(Refused):
        give_back_turn(session=session, role="chair", by=cast.fern)
    with pytest.raises(Refused):
        ask_for_turn(session=session, role="chair", by=cast.fern)


def test_in_the_room_whoever_runs_it_writes_down_who_does_it(
    cast: Cast, group: Group, time_machine: TimeMachineFixture
) -> None:
    session = ahead(group)
    a_role(session, Role.CHAIR, cast.moss)
    with pytest.raises(Refused, match="in the room"):
        hand_turn(session=session, role="chair", to=cast.fern, by=sitting_now(cast.dale))
    time_machine.shift(3 * DAY - timedelta(minutes=20))
    with pytest.raises(Refused):
        hand_turn(session=session, role="chair", to=cast.fern, by=cast.clover)
    with pytest.raises(Refused):
        hand_turn(session=session, role="chair", to=cast.finch, by=sitting_now(cast.dale))
    hand_turn(session=session, role="chair", to=cast.fern, by=sitting_now(cast.dale))
    row = SessionRole.objects.get(session=session)
    assert (row.membership_id, row.how) == (cast.fern.pk, How.GIVEN)


def test_turns_of_somebody_who_went_on_a_break_are_free(cast: Cast, group: Group) -> None:
    session = ahead(group)
    would_like(cast.moss, Role.CHAIR)
    share_out_all()
    Membership.objects.filter(pk=cast.moss.pk).update(state=State.ON_A_BREAK)
    share_out_all()
    assert holders(session) == {}


def test_rota_asks_the_same_few_questions_whatever_the_size(
    cast: Cast, group: Group, django_assert_max_num_queries
) -> None:
    would_like(cast.moss, Role.CHAIR)
    for day in range(2, 26):
        session = ahead(group, day)
        an_answer(cast.fern, session, Answer.CANNOT)
        a_role(session, Role.CHAIR, cast.fern)
        a_role(session, Role.SECRETARY, cast.moss)
    with django_assert_max_num_queries(8):
        ground = ground_for(group.community, clock.now())
    assert len(ground.lost) == 24
