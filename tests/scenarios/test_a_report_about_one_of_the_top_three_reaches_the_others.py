"""Juniper is one of the Top Three and has written something that hurts Heron. Heron reports it. It reaches Ash, who is
on duty; Juniper, on duty too, never learns of it. Ash hides the post, and Heron reads what came of it.
"""

from datetime import timedelta

import pytest

from moderation.services import follow_up_reports
from tests.cast import client_of, on_duty
from tests.scenarios.night import NEW, NOTICES, QUEUE, decide, links, page, send, threads
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
REPORT = "/c/fellside/report/"


def test_a_report_about_one_of_the_top_three_reaches_the_others(cast, time_machine):
    on_duty(cast.ash)
    on_duty(cast.juniper)
    ash, juniper, heron = (client_of(cast[key]) for key in ("ash", "juniper", "heron"))
    send(juniper, NEW, title="Some people", text="Some people here only ever want to be pitied. You know who.")
    time_machine.shift(timedelta(minutes=5))

    [thread] = threads(heron)
    [link] = links(heron, thread, f"{REPORT}post/")
    asked = page(heron, link)
    assert "Those who look after the board, now: Ash and Wren. Nobody else." in asked
    assert "No page here tells them that you reported this." in asked
    done = send(heron, link, "read_by", reason="hurts", words="This is about me. Everybody knows it.")
    assert "Ash is on duty" in page(heron, done)
    assert "Juniper is on duty" not in page(heron, done)
    assert "Some people" in page(heron, thread)

    time_machine.shift(timedelta(minutes=20))
    follow_up_reports()
    assert "Somebody is worried about something" in page(ash, NOTICES)
    assert "Somebody is worried about something" not in page(juniper, NOTICES)
    assert "was reported" not in page(juniper, QUEUE)
    [post] = links(ash, QUEUE, QUEUE)
    assert "Everybody knows it." in page(ash, post)
    assert juniper.get(post).status_code == 404
    decide(ash, post, "hide", "unkind", "Please come and talk with us.")

    assert "What you reported has been looked at." in page(heron, NOTICES)
    outcome = page(heron, done)
    assert "have done something about it" in outcome
    assert "It is off the board" in outcome
    assert "Heron" not in page(juniper, "/c/fellside/waiting/")
    assert "Somebody is worried about something" not in page(ash, NOTICES)
