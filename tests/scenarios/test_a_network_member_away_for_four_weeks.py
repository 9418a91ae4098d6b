"""Teal of the network comes to nothing for four weeks. The group writes; one in office decides; Teal comes back."""

from datetime import timedelta

import pytest

import clock
from audit.queries import verify
from communities.models import Membership
from meetings.models import AbsenceCase, ComeBackAsked
from meetings.services.coming import say_coming
from tests.cast import client_of
from tests.meetings.groups import a_session
from tests.scenarios.night import BOARD, NOTICES, page, send
from tests.scenarios.weeks import day_of_programme, days_go_by

MONDAY = "2026-06-01 12:00:00+01:00"
pytestmark = pytest.mark.time_machine(MONDAY, tick=False)
LETTERS = "/c/riverside/letters/"


def test_a_network_member_away_for_four_weeks(cast, time_machine):
    others = [cast.otter, cast.kestrel, cast.plover, cast.pebble]

    # Two groups a week. In the second week one is called off: that week counts for nobody.
    def a_week(*, is_whole: bool = True) -> None:
        day_of_programme(cast.marsh, others)
        days_go_by(time_machine, 3)
        if is_whole:
            day_of_programme(cast.marsh, others)
        else:
            a_session(cast.riverside, clock.now(), counts=True, state="cancelled", change="cancelled")
        days_go_by(time_machine, 4)

    day_of_programme(cast.marsh, [*others, cast.teal])
    days_go_by(time_machine, 7)
    a_week()
    a_week(is_whole=False)
    for _week in range(3):
        a_week()
    assert not AbsenceCase.objects.exists()
    a_week()
    case = AbsenceCase.objects.get()
    assert (case.membership, case.counts, len(case.units), case.answer_days) == (cast.teal, "weeks", 4, 14)

    # Plover and Pebble say yes to the words. Teal opens the letter at home, and can't answer just now.
    for key in ("plover", "pebble"):
        assert client_of(cast[key]).post(f"{LETTERS}{case.pk}/agree/", {"version": "1"}).status_code == 302
    own = f"{LETTERS}yours/{case.pk}/"
    assert client_of(cast.teal).post(f"{own}open/").status_code == 302
    days_go_by(time_machine, 14)
    assert "They have until" in page(client_of(cast.plover), LETTERS)

    # After fourteen whole days one of those in office looks, and decides. No machine does.
    days_go_by(time_machine, 1)
    otter = client_of(cast.otter)
    assert "had no answer" in page(otter, NOTICES)
    assert Membership.objects.get(pk=cast.teal.pk).state == "active"
    send(otter, f"{LETTERS}{case.pk}/decide/", "words", verb="inactive", words="Come whenever you like.")
    teal = client_of(cast.teal)
    assert teal.get(BOARD.replace("fellside", "riverside")).status_code == 404
    read = page(teal, own)
    for there in ("You are inactive for now", "for 4 weeks", "One of the caretakers", "Come whenever you like."):
        assert there in read

    # A month on, Teal asks to come to Thursday's group. Kestrel says welcome, with a plan to look at soon.
    days_go_by(time_machine, 30)
    session = a_session(cast.riverside, clock.now() + timedelta(days=2), counts=True, title="Thursday group")
    teal, kestrel = client_of(cast.teal), client_of(cast.kestrel)
    send(teal, "/c/riverside/come-back/", "words", choice=str(session.pk), words="May I?")
    # Teal may say already that they come to that one.
    assert say_coming(session=session, by=Membership.objects.get(pk=cast.teal.pk), answer="coming").answer == "coming"
    asked = f"/c/riverside/come-back/{ComeBackAsked.objects.get().pk}/"
    assert "Thursday group" in page(kestrel, asked)
    send(kestrel, asked, "csrfmiddlewaretoken", choice="soon")
    assert Membership.objects.get(pk=cast.teal.pk).state == "active"
    assert "Welcome back." in page(teal, NOTICES)
    assert verify() == []
