"""When no answer came: nothing happens by itself; people decide, after counting again, and one may object."""

import pytest

import clock
from audit.queries import verify
from clock.london import day_of
from communities.lifecycle import State
from communities.models import Membership
from communities.services import change_state
from meetings.models import AbsenceCase, Register
from meetings.services.absences import follow_up
from meetings.services.deciding_absences import leave_as_it_is, make_inactive
from moderation.models import Objection, Suspension
from moderation.services import confirm_suspension, drop_suspension, object_to
from moderation.services.hearing import hear
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.attending import DAY, a_letter, fresh, said, told, with_rule
from tests.meetings.test_group_letters import apart
from tests.steps import NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


@pytest.fixture
def silent(cast: Cast, time_machine) -> AbsenceCase:
    """Moss has the letter, and their days are over; at Fellside a suspension can follow."""
    case = a_letter(cast, cast.moss, opened=True)
    time_machine.shift(DAY * 8)
    follow_up(community=cast.fellside)
    return fresh(case)


@pytest.fixture
def quiet(cast: Cast, time_machine) -> AbsenceCase:
    """The same where being inactive can follow."""
    with_rule(cast.fellside, "after_silence", "inactive")
    case = a_letter(cast, cast.moss, opened=True)
    time_machine.shift(DAY * 8)
    follow_up(community=cast.fellside)
    return fresh(case)


def now_of(member: Membership) -> Membership:
    return Membership.objects.select_related("community", "person").get(pk=member.pk)


def confirmed(by: Membership) -> Suspension:
    return confirm_suspension(suspension=Suspension.objects.get(), by=sitting_now(by))


# --- a suspension


def test_silence_is_laid_before_two_and_nothing_happens_before_both_have_said_so(cast: Cast, silent) -> None:
    assert silent.state == "proposed"
    assert now_of(cast.moss).state == State.ACTIVE
    assert "suspension_second" in told(cast.wren)
    confirmed(cast.wren)
    assert now_of(cast.moss).state == State.ACTIVE
    row = confirmed(cast.ash)
    assert (row.suspended_from, row.how, row.until - row.starts_at) == ("everything", "attendance", DAY * 90)
    assert now_of(cast.moss).state == State.SUSPENDED
    assert (fresh(silent).state, fresh(silent).outcome) == ("decided", "suspended")
    assert "3 programme days" in row.why
    assert verify() == []


def test_two_who_say_no_leave_it_as_it_is_and_counting_begins_anew(cast: Cast, silent) -> None:
    drop_suspension(suspension=Suspension.objects.get(), by=sitting_now(cast.wren))
    assert (fresh(silent).state, fresh(silent).outcome) == ("decided", "left")
    assert follow_up(community=cast.fellside) == 0
    assert AbsenceCase.objects.count() == 1


def test_it_is_counted_again_before_anybody_confirms(cast: Cast, silent) -> None:
    confirmed(cast.wren)
    session = Register.objects.order_by("session__starts_at").first().session
    said(session, cast.moss, at=clock.now())
    with pytest.raises(Conflict):
        confirmed(cast.ash)
    follow_up(community=cast.fellside)
    assert Suspension.objects.get().state == "dropped"
    assert (fresh(silent).state, fresh(silent).outcome) == ("ended", "seen")
    assert now_of(cast.moss).state == State.ACTIVE


def test_it_waits_where_another_suspension_of_theirs_is_looked_at(cast: Cast, time_machine) -> None:
    from tests.moderation.suspending import proposed

    case = a_letter(cast, cast.moss, opened=True)
    proposed(cast.moss, cast.wren)
    time_machine.shift(DAY * 8)
    follow_up(community=cast.fellside)
    assert fresh(case).state == "reached"


def test_suspension_by_another_way_ends_the_letter(cast: Cast, silent) -> None:
    from tests.moderation.suspending import by_vote

    by_vote(cast.moss)
    follow_up(community=cast.fellside)
    assert (fresh(silent).state, fresh(silent).outcome) == ("ended", "gone")


# --- being inactive


def test_one_in_office_decides_and_they_read_what_why_by_whom_and_the_way_back(cast: Cast, quiet) -> None:
    assert "letter_unanswered" in told(cast.wren)
    assert quiet.state == "reached"
    waiting = start(cast.moss)
    make_inactive(case=quiet, by=sitting_now(cast.wren), words="We keep your chair.")
    assert now_of(cast.moss).state == State.INACTIVE
    assert Membership.objects.get(pk=cast.moss.pk).state_since == clock.now()
    waiting.refresh_from_db()
    assert waiting.state == "held"
    page = client_of(cast.moss).get(f"/c/fellside/letters/yours/{quiet.pk}/").content.decode()
    for there in ("3 programme days", "One of the Top Three", "We keep your chair.", "I would like to come back"):
        assert there in page
    assert "Wren" not in page.split("Around this place")[0]
    assert "now_inactive" in told(cast.moss)
    assert verify() == []


def test_nobody_decides_before_the_time_is_over(cast: Cast) -> None:
    with_rule(cast.fellside, "after_silence", "inactive")
    case = a_letter(cast, cast.moss, opened=True)
    with pytest.raises(Refused):
        make_inactive(case=case, by=sitting_now(cast.wren), words="")


@pytest.mark.parametrize("who", ["heron", "rowan", "linden", "dale", "moss", "otter", "sorrel"])
def test_only_the_top_three_in_office_decide(cast: Cast, quiet, who: str) -> None:
    for decide in (make_inactive, leave_as_it_is):
        with pytest.raises(Refused):
            decide(case=quiet, by=sitting_now(cast[who]), words="")


def test_second_step_is_asked_for_and_a_conflict_is_not_explained(cast: Cast, quiet) -> None:
    with pytest.raises(Refused) as refused:
        make_inactive(case=quiet, by=cast.ash, words="")
    assert refused.value.remedy == "second_step"
    apart(cast.moss, cast.wren)
    with pytest.raises(Refused) as refused:
        make_inactive(case=quiet, by=sitting_now(cast.wren), words="")
    assert refused.value.reason == "This one is for the others of you."
    assert client_of(cast.wren).get(f"/c/fellside/letters/{quiet.pk}/decide/").status_code == 404


def test_nobody_decides_about_themselves(cast: Cast, time_machine) -> None:
    with_rule(cast.fellside, "after_silence", "inactive")
    case = a_letter(cast, cast.wren, opened=True)
    time_machine.shift(DAY * 8)
    with pytest.raises(Refused):
        make_inactive(case=case, by=sitting_now(cast.wren), words="")


def test_it_is_counted_again_before_one_decides(cast: Cast, quiet) -> None:
    session = Register.objects.order_by("session__starts_at").first().session
    said(session, cast.moss, at=clock.now())
    with pytest.raises(Conflict):
        make_inactive(case=quiet, by=sitting_now(cast.wren), words="")
    assert now_of(cast.moss).state == State.ACTIVE


def test_decided_twice_is_decided_once(cast: Cast, quiet) -> None:
    leave_as_it_is(case=quiet, by=sitting_now(cast.wren))
    with pytest.raises(Conflict):
        make_inactive(case=quiet, by=sitting_now(cast.ash), words="")
    assert now_of(cast.moss).state == State.ACTIVE


def test_rule_that_has_a_suspension_makes_nobody_inactive(cast: Cast, silent) -> None:
    with pytest.raises(Refused):
        make_inactive(case=silent, by=sitting_now(cast.wren), words="")


def test_rule_that_changed_meets_nobody_in_the_middle(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    with_rule(cast.fellside, "after_silence", "nothing")
    with_rule(cast.fellside, "absence_counts", "weeks")
    with_rule(cast.fellside, "answer_days", 60)
    assert fresh(case).answer_by == day_of(clock.now() + DAY * 7)
    time_machine.shift(DAY * 8)
    follow_up(community=cast.fellside)
    assert fresh(case).state == "proposed"


def test_objection_is_heard_by_another_and_they_are_back(cast: Cast, quiet) -> None:
    make_inactive(case=quiet, by=sitting_now(cast.wren), words="")
    objection = object_to(case=quiet.ref, by=now_of(cast.moss), words="I was in hospital and nobody put it down.")
    with pytest.raises(Refused):
        hear(objection=objection, by=sitting_now(cast.wren), verdict="undo")
    hear(objection=objection, by=sitting_now(cast.ash), verdict="undo")
    assert now_of(cast.moss).state == State.ACTIVE
    assert Objection.objects.get().state == "undone"
    assert client_of(cast.moss).get(f"/c/fellside/object/{quiet.ref}/").status_code == 404


def test_break_ends_it_and_an_inactive_from_the_time_before_has_nothing_to_object_to(cast: Cast, quiet) -> None:
    change_state(membership=cast.moss, verb="begin_break", by="site")
    with pytest.raises(Conflict):
        make_inactive(case=quiet, by=sitting_now(cast.wren), words="")
    follow_up(community=cast.fellside)
    assert fresh(quiet).outcome == "gone"
