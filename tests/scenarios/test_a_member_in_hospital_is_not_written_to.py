"""Clover is in hospital, and nobody writes. Fern is ill and nobody knows: the letter goes away with a word of it."""

import pytest

import clock
from audit.queries import verify
from clock.london import day_of
from meetings.models import AbsenceCase
from meetings.queries.standings import standings
from meetings.services.away import Days, say_away
from meetings.services.coming import say_coming
from tests.cast import client_of, sitting_now
from tests.scenarios.night import page
from tests.scenarios.weeks import DAY, at_fellside_but, day_of_programme, days_go_by
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def test_a_member_in_hospital_is_not_written_to(cast, time_machine):
    # Two programme days without Clover; before the third her sister rings, and staff put it down.
    for gap in (0, 2):
        days_go_by(time_machine, gap)
        day_of_programme(cast.dale, at_fellside_but(cast, cast.clover))
    days_go_by(time_machine, 2)
    first = day_of(clock.now() - DAY * 4)
    say_away(by=sitting_now(cast.dale), about=cast.clover, kind="hospital", days=Days(first))

    # Six more weeks: nobody writes. Contact is contact, whoever made it.
    for _week in range(6):
        days_go_by(time_machine, 7)
        day_of_programme(cast.dale, at_fellside_but(cast, cast.clover))
    assert not AbsenceCase.objects.exists()
    assert standings(cast.fellside, clock.now())[cast.clover.pk].row == 0
    # What members see of it: not the reason.
    assert "ospital" not in page(client_of(cast.heron), "/c/fellside/people/")

    # Fern is ill too, and nobody was told: three days without a word, and a letter is begun.
    for _day in range(3):
        days_go_by(time_machine, 2)
        last = day_of_programme(cast.dale, at_fellside_but(cast, cast.clover, cast.fern))
    days_go_by(time_machine, 1)
    case = AbsenceCase.objects.get()
    assert case.membership == cast.fern
    # The next morning Fern says: I was ill. It ends, as if it had never been; nobody has read it.
    say_coming(session=last, by=cast.fern, answer="ill", words="A fever.")
    days_go_by(time_machine, 0)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("ended", "seen")
    assert "A fever" not in page(client_of(cast.heron), "/c/fellside/letters/")
    assert "There is nobody to write to" in page(client_of(cast.heron), "/c/fellside/letters/")
    assert verify() == []
