"""A motion that is carried happens by itself, once; one that can't happen any more says so."""

from datetime import date, timedelta

import pytest
from time_machine import TimeMachineFixture

import clock
from boards.models import HoldAll, StaffInvitation, Thread
from communities.lifecycle import Office, State
from communities.models import Rule, RuleChange, TermOfOffice
from communities.queries import rules_of
from communities.services import change_state
from elections.models import Motion
from elections.motions.services import effects, happen_due, propose_motion
from elections.services import close_due
from meetings.models import CommunityMeeting
from moderation.models import Suspension
from notices.models import Notice
from tests.cast import Cast
from tests.elections.motions.steps import Votes, asked, fresh, proposed
from tests.steps import NOON, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]


def test_admission_carried_makes_a_member_and_tells_them(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "admission", about=cast.finch, day=date(2026, 6, 9), questions="Why us?")
    after = votes.through(motion, yes=6)
    cast.finch.refresh_from_db()
    assert (after.state, after.effect, cast.finch.state) == ("carried", "done", State.ACTIVE)
    assert Notice.objects.filter(person=cast.finch.person, kind="admitted").count() == 1


def test_selection_day_makes_a_vote_for_each_candidate(cast: Cast, votes: Votes) -> None:
    change_state(membership=cast.willow, verb="join_again", by="site")
    first = propose_motion(
        by=cast.heron, asked=asked("admission", about=(cast.finch, cast.willow), day=date(2026, 6, 9))
    )
    both = list(Motion.objects.filter(selection_day=first.selection_day).order_by("pk"))
    assert [motion.about for motion in both] == [cast.finch, cast.willow]
    votes.opened(first)
    for motion, yes, no in ((both[0], 6, 0), (both[1], 0, 6)):
        votes.voted(fresh(motion), yes, no)
    votes.closed(first)
    assert [fresh(motion).state for motion in both] == ["carried", "lost"]
    assert [change.state for change in (fresh(both[0]).about, fresh(both[1]).about)] == ["active", "prospective"]


def test_rule_carried_holds_with_old_and_new_words_and_the_reason(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "rule", rule="pause_day_minutes", value="10", words="Ten minutes to think.")
    assert motion.asks == {"old": 5, "new": 10}
    votes.through(motion, yes=6, no=1)
    assert rules_of(cast.fellside).pause_day_minutes == 10
    change = RuleChange.objects.get(community=cast.fellside)
    assert (change.old, change.new, change.reason) == (5, 10, "Ten minutes to think.")
    assert change.decided_by == "The members, by a vote"
    assert Rule.objects.get(community=cast.fellside).reason == "Ten minutes to think."
    assert rules_of(cast.riverside).pause_day_minutes == 5


def test_suspension_carried_suspends_with_a_letter_until_its_end(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "suspension", about=cast.moss, suspended_from="everything", weeks=4)
    after = votes.through(motion, yes=6, no=3)
    cast.moss.refresh_from_db()
    assert (after.effect, cast.moss.state, cast.moss.suspended_from) == ("done", "suspended", "everything")
    assert cast.moss.suspended_until == clock.now() + timedelta(weeks=4)
    row = Suspension.objects.get(membership=cast.moss)
    assert (row.how, row.why, row.by) == ("motion", "It would help us all.", motion.ref)


def test_return_carried_ends_a_suspension(cast: Cast, votes: Votes) -> None:
    after = votes.through(proposed(cast.wren, "return", about=cast.bramble), yes=6)
    cast.bramble.refresh_from_db()
    assert (after.effect, cast.bramble.state) == ("done", "active")


def test_recall_carried_ends_the_office_and_nothing_else(cast: Cast, votes: Votes) -> None:
    after = votes.through(proposed(cast.heron, "recall", about=cast.wren), yes=6, no=3)
    cast.wren.refresh_from_db()
    assert (after.effect, cast.wren.state) == ("done", "active")
    held = TermOfOffice.objects.in_force(clock.now()).filter(office=Office.TOP_THREE)
    assert set(held.values_list("membership", flat=True)) == {cast.ash.pk, cast.juniper.pk}


def test_staff_invitation_carried_asks_staff_in_to_one_thread(
    cast: Cast, votes: Votes, time_machine: TimeMachineFixture
) -> None:
    thread = start(cast.moss).thread
    time_machine.shift(timedelta(minutes=6))
    motion = proposed(cast.heron, "staff_invitation", staff=(cast.dale.pk,), thread=thread.pk, days=7)
    after = votes.through(motion, yes=6)
    row = StaffInvitation.objects.get()
    assert (after.effect, row.thread, list(row.staff.all())) == ("done", Thread.objects.get(), [cast.dale])
    assert row.until == clock.now() + timedelta(days=7)


def test_staff_invitation_without_days_lasts_until_the_next_meeting(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "staff_invitation", staff=(cast.dale.pk, cast.glen.pk))
    votes.through(motion, yes=6)
    assert StaffInvitation.objects.get().until == clock.now() + effects.UNTIL_A_MEETING


def test_special_meeting_carried_is_called_without_anybodys_words(cast: Cast, votes: Votes) -> None:
    after = votes.through(proposed(cast.heron, "special_meeting", words="Kettles are missing."), yes=6)
    meeting = CommunityMeeting.objects.get(kind="special")
    assert (after.effect, meeting.called_by) == ("done", after.ref)
    assert "Kettles" not in meeting.why


@pytest.mark.parametrize("who", ["moss", None])
def test_holding_everything_carried_holds_for_its_days(cast: Cast, votes: Votes, who: str | None) -> None:
    about = {"about": cast[who]} if who else {}
    after = votes.through(proposed(cast.heron, "hold_all", days=7, **about), yes=6)
    row = HoldAll.objects.get()
    assert (after.effect, row.membership) == ("done", cast[who] if who else None)
    assert row.until == clock.now() + timedelta(days=7)


def test_free_motion_carried_stands_on_record(cast: Cast, votes: Votes) -> None:
    after = votes.through(proposed(cast.heron), yes=6)
    assert (after.state, after.effect) == ("carried", "done")


@pytest.mark.parametrize(
    ("said", "state"),
    [((6, 0, 0), "carried"), ((3, 2, 1), "carried"), ((3, 3, 0), "lost"), ((0, 0, 6), "lost"), ((1, 0, 0), "too_few")],
)
def test_motion_is_decided_by_its_rules(cast: Cast, votes: Votes, said: tuple[int, int, int], state: str) -> None:
    assert votes.through(proposed(cast.heron), *said).state == state


@pytest.mark.parametrize(("yes", "no", "state"), [(4, 2, "carried"), (4, 3, "lost")])
def test_suspension_takes_two_yes_for_each_no(cast: Cast, votes: Votes, yes: int, no: int, state: str) -> None:
    motion = proposed(cast.heron, "suspension", about=cast.moss, suspended_from="board", weeks=1)
    assert votes.through(motion, yes, no).state == state


def test_motion_not_carried_changes_nothing(cast: Cast, votes: Votes) -> None:
    after = votes.through(proposed(cast.heron, "rule", rule="pause_day_minutes", value="10"), yes=2, no=5)
    assert (after.state, after.effect, rules_of(cast.fellside).pause_day_minutes) == ("lost", "", 5)


@pytest.mark.parametrize(
    ("proposal", "verb", "why"),
    [
        (("admission", "finch", {"day": date(2026, 6, 9)}), "leave", "gone"),
        (("admission", "finch", {"day": date(2026, 6, 9)}), "admit", "already"),
        (("suspension", "moss", {"suspended_from": "board", "weeks": 1}), "leave", "gone"),
        (("recall", "wren", {}), "begin_break", "no_office"),
        (("return", "bramble", {}), "end_suspension", "already"),
        (("return", "bramble", {}), "leave", "gone"),
        (("hold_all", "moss", {"days": 7}), "record_death", "gone"),
    ],
)
def test_effect_that_cannot_happen_any_more_says_so(
    cast: Cast, votes: Votes, proposal: tuple[str, str, dict], verb: str, why: str
) -> None:
    kind, who, more = proposal
    motion = proposed(cast.ash if kind == "return" else cast.heron, kind, about=cast[who], **more)
    if motion.poll is None:
        motion = votes.opened(motion)
    votes.voted(motion, yes=7)
    change_state(membership=cast[who], verb=verb, by="site")
    after = votes.closed(motion)
    assert (after.state, after.effect, after.why_not) == ("carried", "not_possible", why)


def test_effect_of_a_rule_that_changed_meanwhile_says_so(cast: Cast, votes: Votes) -> None:
    motion = votes.opened(proposed(cast.heron, "rule", rule="pause_day_minutes", value="10"))
    votes.voted(motion, yes=6)
    Rule.objects.create(community=cast.fellside, key="pause_day_minutes", value=7, since=clock.now())
    after = votes.closed(motion)
    assert (after.effect, after.why_not) == ("not_possible", "changed")
    assert rules_of(cast.fellside).pause_day_minutes == 7


def test_motion_falls_away_before_its_vote_when_it_is_so_already(cast: Cast, votes: Votes) -> None:
    motion = proposed(cast.heron, "admission", about=cast.finch, day=date(2026, 6, 9))
    change_state(membership=cast.finch, verb="leave", by="site")
    after = votes.opened(motion)
    assert (after.state, after.why_not, after.poll) == ("fell_away", "gone", None)


def test_effect_happens_once_however_often_it_is_asked(cast: Cast, votes: Votes) -> None:
    votes.through(proposed(cast.heron, "special_meeting"), yes=6)
    assert (close_due(), happen_due()) == (0, 0)
    assert CommunityMeeting.objects.filter(kind="special").count() == 1


def test_effect_that_fails_on_our_side_leaves_the_count_and_happens_later(
    cast: Cast, votes: Votes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    motion = votes.opened(proposed(cast.heron, "rule", rule="pause_day_minutes", value="10"))
    votes.voted(motion, yes=6)
    right = effects.EFFECTS[motion.kind]
    monkeypatch.setitem(effects.EFFECTS, motion.kind, broken)
    after = votes.closed(motion)
    assert (after.state, after.effect, rules_of(cast.fellside).pause_day_minutes) == ("carried", "", 5)
    monkeypatch.setitem(effects.EFFECTS, motion.kind, right)
    assert happen_due() == 1
    assert (fresh(motion).effect, rules_of(cast.fellside).pause_day_minutes) == ("done", 10)


@pytest.mark.parametrize("kind", sorted(effects.EFFECTS))
def test_each_kind_has_its_effect_and_its_form(kind: str) -> None:
    from elections.motions.forms import FORMS  # the forms import the services

    assert set(effects.EFFECTS) == set(FORMS)
    assert kind in FORMS
