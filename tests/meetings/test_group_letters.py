"""The group's letter: begun by counting, written and agreed by members, on its way, answered, ended (domain, 2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

import clock
from audit.models import Entry
from audit.queries import verify
from clock.london import day_of
from communities.lifecycle import State
from communities.models import KeepApart, Membership
from communities.services import change_state
from meetings.models import AbsenceCase, LetterReached, Register
from meetings.queries.standings import standings
from meetings.services.absences import follow_up
from meetings.services.letters import (
    MOST_VERSIONS_EACH,
    agree_letter,
    answer_letter,
    note_reached,
    open_letter,
    take_back_reached,
    write_letter,
)
from moderation.models import Suspension
from people.decisions import Conflict, Refused
from tests.cast import Cast, client_of, sitting_now
from tests.meetings.attending import (
    DAY,
    a_letter,
    everybody_but,
    fresh,
    held,
    missed_days,
    said,
    taken,
    told,
    with_rule,
)
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def apart(asker: Membership, other: Membership) -> None:
    facts = {"community": asker.community, "begun_by": asker, "state": "in_force", "asked_at": clock.now()}
    KeepApart.objects.create(asker=asker, other=other, since=clock.now(), **facts)


def agreed(case: AbsenceCase, by: Membership) -> bool:
    return agree_letter(case=case, by=by, seen=case.letters.last().number)


# --- begun and ended by counting


def test_letter_is_begun_once_in_the_groups_name_with_the_rule_as_it_is(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    assert (case.state, case.needed, case.answer_days, case.after, case.months) == ("writing", 3, 7, "suspend", 3)
    assert len(case.units) == 3
    words = case.letters.get().words
    for there in ("Dear Moss", "3 programme days", "Nobody is cross with you", cast.fellside.name):
        assert there in words
    follow_up(community=cast.fellside)
    assert AbsenceCase.objects.count() == 1
    assert "letter_begun" in told(cast.wren)
    assert "letter_begun" not in told(cast.moss)
    assert Entry.objects.filter(subject=case.ref, verb="begin letter").count() == 1


def test_nobody_is_written_to_before_the_row_is_long_enough(cast: Cast) -> None:
    missed_days(cast, days=(7, 2), here=everybody_but(cast, cast.moss))
    assert follow_up(community=cast.fellside) == 0


def test_where_nothing_is_counted_nobody_is_ever_written_to(cast: Cast) -> None:
    with_rule(cast.fellside, "absence_counts", "nothing")
    missed_days(cast, days=(9, 7, 5, 3, 2), here=[])
    assert follow_up(community=cast.fellside) == 0


@pytest.mark.parametrize("what", ["late apology", "correction", "here later", "register taken back"])
def test_letter_ends_when_counting_no_longer_bears_it_out(cast: Cast, what: str, time_machine) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    sessions = [register.session for register in Register.objects.order_by("session__starts_at")]
    if what == "late apology":
        said(sessions[1], cast.moss, at=clock.now())
    elif what == "correction":
        taken(sessions[0], cast.dale, [cast.moss])
    elif what == "register taken back":
        sessions[0].state, sessions[0].change = "cancelled", "cancelled"
        sessions[0].save()
    else:
        time_machine.shift(DAY)
        taken(held(cast.fellside, clock.now()), cast.dale, [cast.moss])
    follow_up(community=cast.fellside)
    case = fresh(case)
    assert case.state == "ended"
    assert case.outcome == ("seen" if what in {"late apology", "here later"} else "recounted")
    assert "group_letter" not in told(cast.moss)
    # What was put right may be put right again: then it is counted again, and a letter is begun anew.
    assert standings(cast.fellside, clock.now())[cast.moss.pk].row < 3


def test_day_without_a_register_takes_no_letter_back(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    held(cast.fellside, clock.now() - DAY)
    follow_up(community=cast.fellside)
    assert fresh(case).state == "sent"


@pytest.mark.parametrize("verb", ["begin_break", "leave", "record_death"])
def test_letter_ends_with_a_break_with_leaving_and_with_a_death(cast: Cast, verb: str) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    change_state(membership=cast.moss, verb=verb, by="site")
    follow_up(community=cast.fellside)
    assert (fresh(case).state, fresh(case).outcome) == ("ended", "gone")


# --- written and agreed by members


def test_two_different_members_agree_and_then_it_is_on_its_way(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    assert agreed(case, cast.heron) is False
    assert agreed(case, cast.heron) is False
    assert "group_letter" not in told(cast.moss)
    assert agreed(case, cast.fern) is True
    assert fresh(case).state == "sent"
    assert "group_letter" in told(cast.moss)
    with pytest.raises(Refused):
        write_letter(case=case, by=cast.clover, words="Late words", seen=1)


def test_writing_other_words_is_a_yes_to_them_and_ends_earlier_ones(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    agreed(case, cast.heron)
    write_letter(case=case, by=cast.fern, words="Dear Moss, we miss your jokes.", seen=1)
    with pytest.raises(Conflict):
        agree_letter(case=case, by=cast.clover, seen=1)
    with pytest.raises(Conflict):
        write_letter(case=case, by=cast.clover, words="Dear Moss!", seen=1)
    assert agreed(case, cast.fern) is False
    assert agreed(case, cast.heron) is True


def test_whoever_is_kept_from_the_board_only_writes_and_agrees_like_everybody(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    assert agreed(case, cast.bramble) is False
    assert agreed(case, cast.heron) is True


def test_each_puts_other_words_in_ten_times_and_words_that_are_one_too_many_come_back(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    for number in range(1, MOST_VERSIONS_EACH + 1):
        write_letter(case=case, by=cast.heron, words=f"Dear Moss {number}", seen=number)
    last = MOST_VERSIONS_EACH + 1
    # Sent twice, the last one is there.
    assert write_letter(case=case, by=cast.heron, words=f"Dear Moss {last - 1}", seen=last).number == last
    form = {"words": "One more", "version": last}
    page = client_of(cast.heron).post(f"/c/fellside/letters/{case.pk}/", form)
    assert page.status_code == 403
    assert "the others&#x27; turn" in page.content.decode()
    assert "One more</textarea>" in page.content.decode()
    assert write_letter(case=case, by=cast.fern, words="One more", seen=last).number == last + 1


@pytest.mark.parametrize("words", ["", "   ", "x" * 3001])
def test_words_that_are_none_or_too_many_are_turned_away(cast: Cast, words: str) -> None:
    case = a_letter(cast, cast.moss)
    with pytest.raises(ValidationError):
        write_letter(case=case, by=cast.heron, words=words, seen=1)


@pytest.mark.parametrize("who", ["moss", "hazel", "sorrel", "thorn", "finch", "dale", "teal"])
def test_only_active_members_of_the_same_place_write_it_and_never_whom_it_is_to(cast: Cast, who: str) -> None:
    case = a_letter(cast, cast.moss)
    for attempt in (
        lambda: agree_letter(case=case, by=cast[who], seen=1),
        lambda: write_letter(case=case, by=cast[who], words="Mine", seen=1),
    ):
        with pytest.raises(Refused):
            attempt()


def test_whoever_is_kept_apart_from_them_neither_writes_nor_reads_it(cast: Cast) -> None:
    apart(cast.moss, cast.heron)
    apart(cast.fern, cast.moss)
    case = a_letter(cast, cast.moss)
    for one in (cast.heron, cast.fern):
        with pytest.raises(Refused):
            agreed(case, one)
        client = client_of(one)
        assert client.get(f"/c/fellside/letters/{case.pk}/").status_code == 404
        assert "Moss" not in client.get("/c/fellside/letters/").content.decode().split("Around this place")[0]


def test_yes_of_somebody_who_is_kept_apart_meanwhile_counts_no_more(cast: Cast) -> None:
    case = a_letter(cast, cast.moss)
    agreed(case, cast.heron)
    apart(cast.moss, cast.heron)
    assert agreed(case, cast.fern) is False
    assert agreed(case, cast.clover) is True


# --- reached


def test_days_run_from_its_opening_and_not_before(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    time_machine.shift(DAY * 30)
    follow_up(community=cast.fellside)
    assert fresh(case).state == "sent"
    open_letter(case=case, by=cast.moss)
    open_letter(case=case, by=cast.moss)
    assert fresh(case).answer_by == day_of(clock.now() + DAY * 7)
    assert LetterReached.objects.get().how == "opened"


def test_only_whom_it_is_to_opens_and_answers_it(cast: Cast) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    for one in (cast.heron, cast.wren, cast.dale, cast.pebble):
        with pytest.raises(Refused):
            open_letter(case=case, by=one)
        with pytest.raises(Refused):
            answer_letter(case=case, by=one, answer="come")


def test_days_run_from_the_day_that_somebody_writes_down(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    time_machine.shift(DAY * 4)
    note_reached(case=case, by=sitting_now(cast.dale), how="posted", on=day_of(clock.now() - DAY * 2))
    assert fresh(case).answer_by == day_of(clock.now() + DAY * 5)
    with pytest.raises(Conflict):
        note_reached(case=case, by=cast.heron, how="told", on=day_of(clock.now()))


@pytest.mark.parametrize(("how", "days"), [("handed", 1), ("handed", -5), ("opened", 0)])
def test_day_to_come_before_it_was_agreed_or_by_a_way_that_is_not_theirs_is_turned_away(
    cast: Cast, how: str, days: int
) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    with pytest.raises(Refused):
        note_reached(case=case, by=cast.heron, how=how, on=day_of(clock.now() + DAY * days))


def test_staff_write_it_down_with_their_second_step_alone(cast: Cast) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    with pytest.raises(Refused) as refused:
        note_reached(case=case, by=cast.glen, how="handed", on=day_of(clock.now()))
    assert refused.value.remedy == "second_step"


def test_mistake_is_put_right_and_the_days_stop(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, sent=True)
    note_reached(case=case, by=cast.heron, how="handed", on=day_of(clock.now()))
    take_back_reached(case=case, by=cast.heron)
    time_machine.shift(DAY * 20)
    follow_up(community=cast.fellside)
    assert (fresh(case).state, fresh(case).answer_by) == ("sent", None)
    open_letter(case=case, by=cast.moss)
    with pytest.raises(Refused):
        take_back_reached(case=case, by=cast.heron)


# --- answered by one tap


@pytest.mark.parametrize("answer", ["come", "ring", "not_now"])
def test_any_answer_is_contact_and_counting_begins_anew(cast: Cast, answer: str, time_machine) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    answer_letter(case=case, by=cast.moss, answer=answer)
    answer_letter(case=case, by=cast.moss, answer="come")
    assert (fresh(case).state, fresh(case).answer) == ("answered", answer)
    assert "letter_answered" in told(cast.heron)
    assert ("ring_asked" in told(cast.dale)) is ("ring_asked" in told(cast.wren)) is (answer == "ring")
    follow_up(community=cast.fellside)
    assert AbsenceCase.objects.count() == 1
    assert standings(cast.fellside, clock.now())[cast.moss.pk].row == 0


def test_answer_after_the_time_still_counts_and_takes_back_what_two_were_asked(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    time_machine.shift(DAY * 8)
    follow_up(community=cast.fellside)
    assert fresh(case).state == "proposed"
    answer_letter(case=case, by=cast.moss, answer="not_now")
    assert Suspension.objects.get().state == "dropped"
    assert Membership.objects.get(pk=cast.moss.pk).state == State.ACTIVE


def test_last_day_to_answer_is_whole(cast: Cast, time_machine) -> None:
    case = a_letter(cast, cast.moss, opened=True)
    time_machine.shift(timedelta(days=7, hours=11))
    follow_up(community=cast.fellside)
    assert fresh(case).state == "reached"
    time_machine.shift(timedelta(hours=1))
    follow_up(community=cast.fellside)
    assert fresh(case).state == "proposed"
    assert verify() == []
