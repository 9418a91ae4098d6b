"""Clover is on a bus with an old phone, without script. Three questions, a tunnel, a sitting that ends; then a plan,
and its first steps stand beside what she writes that night."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from time_machine import TimeMachineFixture

from crisisplans.models import PlanDraft, PlanVersion
from tests.answers.forms import form_with
from tests.cast import Cast, client_of
from tests.crisisplans.writing import MINE, text_of, words_of
from tests.scenarios.night import NEW, page, send
from tests.scenarios.test_words_survive_a_sitting_that_ended import signed_in_with
from tests.steps import HELD, NIGHT

pytestmark = [pytest.mark.time_machine(NIGHT, tick=False), pytest.mark.usefixtures("words_hold")]
START = f"{MINE}start/"


def answer(browser: Client, number: int, text: str, button: str = "go_on") -> str:
    """Open a question, write, press; return where that leads."""
    address = f"{START}{number}/"
    form = form_with(browser.get(address), "page_key") | {"text": text, button: "1"}
    return browser.post(address, form)["Location"]


def test_a_first_plan_in_five_minutes_on_a_bus(cast: Cast, time_machine: TimeMachineFixture) -> None:
    clover = client_of(cast.clover, csrf=True)
    assert "You need not have one." in page(clover, MINE)
    assert "about five minutes" in page(clover, START)

    assert answer(clover, 1, "Kettle on, radio on.") == f"{START}2/"

    # A tunnel: the line is gone, and when it is back the sitting has ended. Her words come along.
    form = form_with(clover.get(f"{START}2/"), "page_key") | {"text": "Jo, 020 7946 0000", "go_on": "1"}
    Session.objects.all().delete()
    stopped = clover.post(f"{START}2/", form)
    assert "Jo, 020 7946 0000" in stopped.content.decode()
    signed_in_with(clover, stopped, cast.clover.person.sign_in_name)
    assert "Jo, 020 7946 0000" in clover.get(f"{START}2/", follow=True).content.decode()
    assert answer(clover, 2, "Jo, 020 7946 0000") == f"{START}3/"

    # Her stop. The third question can wait; a week later she goes on where she was.
    assert answer(clover, 3, "", "stop") == MINE
    assert not PlanVersion.objects.exists()
    time_machine.shift(timedelta(days=7))
    clover = client_of(cast.clover, csrf=True)
    assert "Go on where you were" in page(clover, MINE)
    assert f'href="{START}3/"' in clover.get(START).content.decode()
    assert answer(clover, 3, "") == f"{START}look/"

    # She looks it over, agrees to the one sentence, and it is a plan.
    look = form_with(clover.get(f"{START}look/"), "page_key")
    assert (look["step_1"], look["step_2"]) == ("Kettle on, radio on.", "Jo, 020 7946 0000")
    del look["agreed"]
    assert "Please tick this" in clover.post(f"{START}look/", look | {"step_2": "Ring Jo"}).content.decode()
    done = clover.post(f"{START}look/", look | {"step_2": "Ring Jo", "agreed": "on"}, follow=True)
    assert "You have a plan now." in done.content.decode()
    assert words_of(cast.clover).first_steps == ("Kettle on, radio on.", "Ring Jo")
    assert text_of(cast.clover, "people") == "Jo, 020 7946 0000"
    assert PlanVersion.objects.count() == 1
    assert clover.get(START)["Location"] == MINE

    # That night she writes. Her first steps stand beside it, in its pause and on a hold, for her alone.
    for words in ("The owl is back.", f"It is bad, {HELD}."):
        own = send(clover, NEW, title="Awake", text=words)
        assert "Ring Jo" in page(clover, own)
    for other in (cast.wren, cast.dale, cast.moss):
        assert "Ring Jo" not in page(client_of(other), MINE)


def test_what_was_answered_is_no_draft_any_more_once_it_is_a_plan(cast: Cast) -> None:
    clover = client_of(cast.clover)
    for number, text in enumerate(("Kettle on", "Jo", "The canal"), 1):
        answer(clover, number, text)
    look = form_with(clover.get(f"{START}look/"), "page_key") | {"agreed": "on"}
    clover.post(f"{START}look/", look)
    assert "not saved" not in page(clover, MINE)
    assert PlanDraft.objects.exclude(part="first_steps").count() == 3  # each says only that its page was saved


def test_a_plan_of_nothing_is_not_made(cast: Cast) -> None:
    clover = client_of(cast.clover)
    look = form_with(clover.get(f"{START}look/"), "page_key") | {"agreed": "on"}
    assert clover.post(f"{START}look/", look).status_code == 403
    assert not PlanVersion.objects.exists()
