"""Each way of failing has a kind page with help on it, and the words that were sent."""

import logging

import pytest
from django.db import connection

from peernet.log_lines import WithoutWords
from people import kept

from .conftest import LONG, WORDS
from .forms import form_to, read, send

SENT = {
    "title": "Tonight",
    "text": WORDS,
    "form_key": "k-1",
    "version": "7",
    "password": "never-shown",
    "code": "123456",
}
WAYS = [("refused", 403), ("conflict", 409), ("missing", 404), ("denied", 403), ("broken", 500)]


@pytest.mark.parametrize(("how", "status"), WAYS)
def test_words_any_failure_come_back_byte_for_byte(member, how, status):
    response = send(member, f"/fail/{how}/", {**SENT, "text": LONG})
    assert response.status_code == status
    back = form_to(response, f"/fail/{how}/")
    assert back["text"] == LONG
    assert back["title"] == "Tonight"
    assert back["form_key"] == "k-1"


@pytest.mark.parametrize(("how", "status"), WAYS)
def test_failure_any_names_no_number_and_has_help(member, how, status):
    page = member.get(f"/fail/{how}/").content.decode()
    assert "tel:999" in page
    assert "tel:116123" in page
    assert "sms:85258" in page
    assert "/help-now/" in page
    for cold in ("403", "404", "409", "500", "error", "Error", "forbidden", "user", "invalid"):
        assert cold not in page.replace("field--error", "")


@pytest.mark.parametrize("how", [how for how, _ in WAYS])
def test_passwords_and_codes_failure_are_never_given_back(member, how):
    page = send(member, f"/fail/{how}/", SENT).content.decode()
    assert "never-shown" not in page
    assert "123456" not in page


def test_words_sent_again_arrive(member):
    failed = send(member, "/fail/refused/", SENT)
    again = form_to(failed, "/fail/refused/")
    response = member.post("/fail/nothing/", again)
    assert response.content == b"It arrived"


def test_conflict_shows_what_happened_and_carries_the_new_version(member):
    response = send(member, "/fail/conflict/", SENT)
    page = response.content.decode()
    assert "Somebody else decided on this post first." in page
    assert "two of the Top Three" in page
    assert form_to(response, "/fail/conflict/")["version"] == "8"


def test_refusal_with_a_remedy_keeps_the_words_in_the_sitting(member):
    response = send(member, "/fail/second-step/", SENT)
    assert "next=%2Fyour-words%2F" in response.content.decode()
    waiting = member.get("/your-words/")
    assert form_to(waiting, "/fail/second-step/")["text"] == WORDS


def test_kept_words_wait_until_they_have_arrived(member):
    again = {"text": WORDS, "form_key": "k-1"}
    send(member, "/fail/second-step/", again)
    send(member, "/fail/refused/", {"text": "another"})
    assert "Nobody knows" in member.get("/your-words/").content.decode()
    session = member.session
    session["kept_words"] = {"/fail/arrives/": kept.seal("/fail/arrives/", again)}
    session.save()
    assert member.post("/fail/arrives/", form_to(member.get("/your-words/"), "/fail/arrives/")).status_code == 302
    assert "Nobody knows" not in member.get("/your-words/").content.decode()


def test_kept_words_can_be_let_go(member):
    send(member, "/fail/second-step/", SENT)
    assert send(member, "/your-words/let-go/", {}).status_code == 302
    assert "Nobody knows" not in member.get("/your-words/").content.decode()


def test_missing_and_not_yours_are_the_same_page(member):
    assert member.get("/fail/missing/").content == member.get("/no/such/place/").content


def test_page_only_for_forms_opened_by_hand_is_no_dead_end(member):
    response = member.get("/only-post/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "/help-now/" in response.content.decode()


def test_too_much_for_a_form_words_are_shown(member):
    text = "ü💜\r\n" * 70_000
    response = send(member, "/fail/nothing/", {"text": text})
    assert response.status_code == 400
    assert form_to(response, "/fail/nothing/")["text"] == text


def test_far_too_much_for_a_form_is_answered_kindly(member):
    response = send(member, "/fail/nothing/", {"text": "a" * 9_000_000})
    assert response.status_code == 400
    assert "a lot of words" in response.content.decode()


def test_script_in_words_and_reasons_is_only_text(member):
    nasty = "</textarea><script>alert(1)</script><img src=x onerror=alert(1)>"
    for how, _ in WAYS:
        page = send(member, f'/fail/{how}/?a="><script>', {"text": nasty, "form_key": '"><script>'}).content.decode()
        assert "<script>" not in page
        assert "<img" not in page


def test_fault_log_holds_place_and_kind_but_no_word(member, caplog):
    caplog.handler.setFormatter(WithoutWords("%(message)s"))
    with caplog.at_level(logging.DEBUG):
        send(member, "/fail/broken/", SENT)
    logged = "".join(caplog.handler.format(record) for record in caplog.records)
    assert "RuntimeError" in logged
    assert "failing_urls.py" in logged
    assert "Nobody knows" not in logged
    assert "Tonight" not in logged


def test_failing_error_page_still_has_the_numbers(member, monkeypatch):
    monkeypatch.setattr("peernet.answers.page", None)
    response = member.get("/fail/broken/")
    assert response.status_code == 500
    assert "tel:116123" in response.content.decode()


def test_pages_for_faults_make_no_query(member, django_assert_num_queries):
    with django_assert_num_queries(2):  # who is signed in: the sitting and the person
        send(member, "/fail/conflict/", SENT)
    assert connection.vendor


def test_answer_without_words_has_no_empty_form(member):
    assert read(send(member, "/fail/refused/", {"form_key": "k"})).actions == ["/leave-this-page/"]


def test_decision_that_meets_a_conflict_keeps_its_choices_and_the_words(member):
    sent = {"verb": "return", "reason": "names-somebody", "words": WORDS, "version": "7", "state": "held"}
    back = form_to(send(member, "/fail/conflict/", sent), "/fail/conflict/")
    assert back == {**sent, "version": "8", "csrfmiddlewaretoken": back["csrfmiddlewaretoken"]}


def test_conflict_shows_the_other_words_as_text(member):
    page = send(member, "/fail/changed/", SENT).content.decode()
    assert "The words as they are now" in page
    assert "<dd>One &lt;b&gt;line&lt;/b&gt;<br>another</dd>" in page
