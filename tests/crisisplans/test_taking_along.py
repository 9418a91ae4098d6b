"""One's own plan as text, data and a file, calm and step by step; bringing one in again."""

import json
import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import clock
from communities.models import Membership
from crisisplans.along import brought, schema
from crisisplans.along.as_data import as_data
from crisisplans.along.as_text import as_text
from crisisplans.lifecycle import PlanKind
from crisisplans.models import PlanVersion
from crisisplans.parts import CRISIS, LONGEST_TEXT
from crisisplans.queries.taking import both, written_ones
from crisisplans.services.bringing import bring_in
from crisisplans.services.saving import save_words
from crisisplans.words import PlanWords
from people.decisions import Conflict
from people.models import Person
from tests.answers.forms import form_to, form_with
from tests.boards.test_how_many_queries import spent
from tests.cast import Cast, client_of
from tests.crisisplans.reading_pdf import read
from tests.crisisplans.writing import save, text_of, words_of
from tests.scenarios.test_words_survive_a_sitting_that_ended import signed_in_with
from tests.steps import NOON

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.django_db]
MARKED = "CanaryInTheHand"
TAKE, BRING, NOW = "/my-plan/take/", "/my-plan/bring/", "/my-plan/now/"
STEPS = ("Kettle on", "Ring Jo, 020 7946 0000", "The heavy blanket")
CALLS = {"may_ring": "yes", "number": "07700 900 123", "when": "after six", "say": "A friend.\nNothing else."}
WHOLE = PlanWords(
    {
        part.key: {"text": f"{MARKED} {part.key}\n-----\n  moved in\nring 01632 960 001"}
        for part in CRISIS
        if part.examples
    }
    | {"support_calls": CALLS},
    STEPS,
)
FILES = ("crisis/sheet/", "crisis/pages/", "crisis/text/", "data/")


def with_plan(who: Membership, words: PlanWords = WHOLE, kind: str = PlanKind.CRISIS) -> Client:
    save_words(person=who.person, kind=kind, words=words, seen_version=0, agreed=True)
    return client_of(who)


def data_of(person: Person) -> str:
    return as_data(written_ones(both(person, clock.now())), made_at=clock.now())


# Calm, one step at a time.


def test_calm_view_shows_the_first_steps_one_by_one_then_what_helps_and_no_more(cast: Cast) -> None:
    browser = with_plan(cast.heron)
    first = browser.get(NOW).content.decode()
    assert "Kettle on" in first
    assert "Ring Jo" not in first
    second = browser.get(f"{NOW}2/").content.decode()
    assert 'href="tel:02079460000"' in second
    pages = [browser.get(f"{NOW}{number}/").content.decode() for number in range(1, 12)]
    assert all(f"Step {number} of 11" in page for number, page in enumerate(pages, 1))
    seen = "".join(pages)
    assert all(f"{MARKED} {key}" in seen for key in ("on_my_own", "people", "safe", "reasons", "hospital"))
    assert not any(f"{MARKED} {key}" in seen for key in ("well", "warning_signs", "afterwards"))
    assert "/12/" not in pages[-1]


@pytest.mark.parametrize("step", ["0/", "12/", "99999999999999999999/"])
def test_step_that_there_is_not_leads_to_the_first(cast: Cast, step: str) -> None:
    answer = with_plan(cast.heron).get(f"{NOW}{step}")
    assert (answer.status_code, answer["Location"]) == (302, NOW)


def test_calm_view_without_a_plan_has_three_things_and_numbers_and_presses_nobody(cast: Cast) -> None:
    page = client_of(cast.heron).get(NOW).content.decode()
    assert "Three things you can do now" in page
    assert 'href="tel:116123"' in page
    assert "Begin" not in page


def test_calm_view_has_the_contacts_of_ones_nation_beside_it(cast: Cast) -> None:
    Person.objects.filter(pk=cast.heron.person_id).update(nation="northern_ireland")
    cast.heron.person.refresh_from_db()
    page = with_plan(cast.heron).get(NOW).content.decode()
    assert 'href="tel:08088088000"' in page
    assert 'href="tel:111"' not in page


# On paper and as files.


@pytest.mark.parametrize("form", FILES)
def test_file_is_an_attachment_kept_in_no_cache_and_named_without_the_place(cast: Cast, form: str) -> None:
    answer = with_plan(cast.heron).get(f"{TAKE}{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith('attachment; filename="my-plan.')
    assert answer["Cache-Control"] == "no-store"


def test_pdf_holds_every_part_and_the_text_too(cast: Cast) -> None:
    browser = with_plan(cast.heron)
    words = " ".join(line for page in read(browser.get(f"{TAKE}crisis/pages/").content) for line in page.lines)
    text = browser.get(f"{TAKE}crisis/text/").content.decode()
    for key in WHOLE.parts:
        if key != "support_calls":
            assert f"{MARKED} {key}" in words
            assert f"{MARKED} {key}" in text
    assert "A safe number: 07700" in text


def test_printed_page_holds_every_part_the_steps_and_whom_to_ring(cast: Cast) -> None:
    page = with_plan(cast.heron).get("/my-plan/print/").content.decode()
    assert all(f"{MARKED} {key}" in page for key in WHOLE.parts if key != "support_calls")
    assert all(step in page for step in STEPS)
    assert "116 123" in page


@pytest.mark.parametrize("form", ["crisis/sheet/", "crisis/text/", "development/pages/"])
def test_file_without_a_plan_leads_to_the_page_that_says_so(cast: Cast, form: str) -> None:
    answer = client_of(cast.heron).get(f"{TAKE}{form}")
    assert (answer.status_code, answer["Location"]) == (302, TAKE)
    assert "nothing written" in client_of(cast.heron).get(TAKE).content.decode()


@pytest.mark.parametrize("form", ["letters/text/", "crisis/letters/", "crisis/"])
def test_file_that_there_is_not_is_missing(cast: Cast, form: str) -> None:
    assert with_plan(cast.heron).get(f"{TAKE}{form}").status_code == 404


# At most ten questions, whatever the size (house rules): the same for a short and a long plan.


ADDRESSES = [NOW, f"{NOW}5/", TAKE, BRING, "/my-plan/print/", *(f"{TAKE}{form}" for form in FILES)]


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_in_the_hand_ask_few_questions(cast: Cast, address: str) -> None:
    browser = with_plan(cast.heron)
    browser.get(NOW)
    assert len(spent(lambda: browser.get(address))) <= 6


@pytest.mark.parametrize("address", [NOW, TAKE, BRING, "/my-plan/print/", *(f"{TAKE}{form}" for form in FILES)])
def test_nothing_of_anothers_plan_is_on_ones_own_pages(cast: Cast, address: str) -> None:
    with_plan(cast.heron)
    with_plan(cast.fern, PlanWords({"on_my_own": {"text": "Fern's own"}}))
    for who in (cast.fern, cast.wren, cast.dale, cast.teal):
        assert MARKED.encode() not in client_of(who).get(address).content


@pytest.mark.parametrize("address", [NOW, TAKE, "/my-plan/print/", *(f"{TAKE}{form}" for form in FILES)])
def test_plan_that_is_shut_after_a_way_back_is_on_none_of_them(cast: Cast, address: str) -> None:
    with_plan(cast.heron)
    later = clock.now().replace(year=2027)
    Person.objects.filter(pk=cast.heron.person_id).update(plan_closed_until=later)
    answer = client_of(cast.heron).get(address)
    assert answer.status_code == 403
    assert MARKED.encode() not in answer.content
    assert b"116123" in answer.content


# As data, in the published shape.


def fits(shape: dict[str, Any], value: object, at: str = "") -> None:
    """The few words of JSON Schema that ours uses."""
    if "const" in shape:
        assert value == shape["const"], at
        return
    kinds = {"object": dict, "array": list, "string": str, "null": type(None)}
    wanted = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    assert isinstance(value, tuple(kinds[kind] for kind in wanted)), at
    if isinstance(value, dict):
        assert set(shape.get("required", ())) <= set(value), at
        assert set(value) <= set(shape["properties"]), at
        for name, part in value.items():
            fits(shape["properties"][name], part, f"{at}/{name}")
    if isinstance(value, list):
        assert len(value) <= shape["maxItems"], at
        for part in value:
            fits(shape["items"], part, at)
    if isinstance(value, str):
        assert len(value) <= shape.get("maxLength", 10**6), at


def test_data_has_the_published_shape_and_every_word(cast: Cast) -> None:
    with_plan(cast.heron)
    with_plan(cast.heron, PlanWords({"hopes": {"text": "A south window"}}), PlanKind.DEVELOPMENT)
    data = json.loads(data_of(cast.heron.person))
    fits(json.loads(schema.PATH.read_text()), data)
    assert data["plans"]["crisis"]["first_steps"] == list(STEPS)
    assert data["plans"]["crisis"]["parts"]["support_calls"]["words"] == CALLS
    assert {key: part["words"] for key, part in data["plans"]["crisis"]["parts"].items()} == dict(
        words_of(cast.heron).parts
    )


def test_docs_hold_the_shape_as_it_is() -> None:
    assert schema.PATH.read_text() == schema.written()


def test_shape_is_there_for_everybody_and_the_page_leads_to_it(cast: Cast) -> None:
    address = reverse("crisisplans:take_shape")
    assert f'href="{address}"' in client_of(cast.heron).get(BRING).content.decode()
    fits(Client().get(address).json(), json.loads(data_of(cast.heron.person)))


# Bringing it in again.


def found(text: str) -> brought.Brought:
    return brought.read(text)


def test_data_brought_back_says_every_word_again(cast: Cast) -> None:
    with_plan(cast.heron)
    back = found(data_of(cast.heron.person))
    words = words_of(cast.heron)
    assert {key: dict(fields) for (_kind, key), fields in back.parts.items() if key != "first_steps"} == {
        key: dict(fields) for key, fields in words.parts.items()
    }
    assert back.parts["crisis", "first_steps"]["text"].split("\n") == list(STEPS)
    assert back.unplaced == ()
    assert found(back.written()) == back


def test_text_brought_back_says_every_word_again(cast: Cast) -> None:
    with_plan(cast.heron)
    [(_own, told)] = written_ones(both(cast.heron.person, clock.now()))
    back = found(as_text(told))
    assert {key: dict(fields) for (_kind, key), fields in back.parts.items() if key != "first_steps"} == {
        key: dict(fields) for key, fields in words_of(cast.heron).parts.items()
    }
    assert back.parts["crisis", "first_steps"]["text"].split("\n") == list(STEPS)
    assert back.unplaced == ()


@pytest.mark.parametrize("title", ["My development plan", "My personal development plan"])
def test_text_is_told_by_the_title_of_either_edition(title: str) -> None:
    found = brought.read(f"{title}\n-----\nWhat I would like in my life\n-----\nA flat that faces south\n")
    assert [(kind, key) for kind, key in found.parts] == [("development", "hopes")]
    assert found.unplaced == ()


def test_words_without_a_place_are_shown_and_none_is_dropped() -> None:
    text = "Hello there\n\nMy pets\n-------\nTwo cats\n\nWhat I keep going for\n------\nThe dog"
    back = found(text)
    assert back.parts == {("crisis", "reasons"): {"text": "The dog"}}
    assert back.unplaced == ("Hello there", "My pets\nTwo cats")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "{",
        '{"format": "other"}',
        "{" * 5000,
        '{"brought": []}',
        "\x00",
        '{"format": "peernet-plan", "version": 9, "plans": {}}',
    ],
)
def test_what_is_no_plan_is_said_kindly_and_takes_nothing_in(cast: Cast, text: str) -> None:
    answer = client_of(cast.heron).post(BRING, {"text": text})
    assert answer.status_code == 200
    assert "One more look, please" in answer.content.decode()
    assert not PlanVersion.objects.exists()


ODD = {
    "crisis": {
        "parts": {
            "well": {"words": {"text": 7}},
            "pets": {"words": {"text": "Two cats"}},
            "support_calls": {"words": {"may_ring": "perhaps", "number": None}},
            "safe": "bare",
            "people": [1],
            "reasons": {"text": "The dog"},
        },
        "note": "Beside it",
    },
    "other": 5,
    "development": {"first_steps": "x", "parts": ["Swim"]},
}


def test_odd_data_loses_no_word() -> None:
    back = found(json.dumps({"format": "peernet-plan", "version": 1, "plans": ODD}))
    assert back.parts == {("crisis", "well"): {"text": "7"}, ("crisis", "reasons"): {"text": "The dog"}}
    assert set(back.unplaced) == {"Two cats", "perhaps", "bare", "[1]", "Beside it", "5", "x", "['Swim']"}


def test_heading_of_marks_without_end_takes_no_long_time_and_is_shown() -> None:
    began = time.perf_counter()
    heading = "a" + "\u0301" * 100_000 + "\u0316" * 100_000
    assert found(f"{heading}\n---\nwords").unplaced == (f"{heading}\nwords",)
    assert time.perf_counter() - began < 2


def test_headings_that_are_a_picture_alone_are_told_apart() -> None:
    headings = [("crisis", "well", "\U0001f333"), ("crisis", "safe", "\U0001f6b2")]
    back = brought.read("Hello\n\n\U0001f333\n---\nOne\n\n\U0001f6b2\n---\nTwo", headings)
    assert back.parts == {("crisis", "well"): {"text": "One"}, ("crisis", "safe"): {"text": "Two"}}
    assert back.unplaced == ("Hello",)


def test_brought_words_survive_a_sitting_that_ended_and_are_looked_at_again(cast: Cast) -> None:
    browser = client_of(cast.fern, csrf=True)
    first = form_with(browser.get(BRING), "text") | {"text": "Me on a good day\n---\nTea"}
    second = form_with(browser.post(BRING, first), "taken_in") | {"agreed": "on"}
    Session.objects.all().delete()
    back = signed_in_with(browser, browser.post(BRING, second), cast.fern.person.sign_in_name)
    again = form_to(back, BRING)
    assert "Tea" in again["text"]
    assert "Tea" in form_with(browser.get(BRING), "text")["text"]
    assert "taken_in" in form_with(browser.post(BRING, again), "text")
    assert not PlanVersion.objects.filter(plan__person=cast.fern.person).exists()


def look_at(browser: Client, text: str) -> dict[str, str]:
    """The second form, as a browser would send it as it stands, with the sentence ticked."""
    return form_with(browser.post(BRING, {"text": text}), "taken_in") | {"agreed": "on"}


def test_brought_parts_are_looked_at_first_and_saved_as_one_new_version(cast: Cast) -> None:
    with_plan(cast.heron)
    text = data_of(cast.heron.person)
    fern = client_of(cast.fern)
    page = fern.post(BRING, {"text": text}).content.decode()
    assert f"{MARKED} well" in page
    assert not PlanVersion.objects.filter(plan__person=cast.fern.person).exists()
    form = form_with(fern.post(BRING, {"text": text}), "taken_in")
    ticked = [f"crisis:{key}" for key in ("first_steps", "well", "support_calls")]
    answer = fern.post(BRING, form | {"take": ticked, "agreed": "on"})
    assert answer["Location"] == "/my-plan/"
    assert set(words_of(cast.fern).parts) == {"well", "support_calls"}
    assert words_of(cast.fern).first_steps == STEPS
    assert PlanVersion.objects.filter(plan__person=cast.fern.person).count() == 1


def test_part_that_holds_other_words_is_not_ticked_and_replaced_only_when_it_is(cast: Cast) -> None:
    save(cast.heron, "reasons", "The dog")
    browser = client_of(cast.heron)
    text = "What I keep going for\n---\nThe cat\n\nMe on a good day\n---\nTea"
    page = browser.post(BRING, {"text": text}).content.decode()
    assert 'value="crisis:well" id="take-1" checked' in page
    assert 'value="crisis:reasons" id="take-2">' in page
    assert "The dog" in page
    form = form_with(browser.post(BRING, {"text": text}), "taken_in") | {"agreed": "on"}
    browser.post(BRING, form | {"take": ["crisis:well"]})
    assert (text_of(cast.heron, "reasons"), text_of(cast.heron, "well")) == ("The dog", "Tea")
    form = form_with(browser.post(BRING, {"text": text}), "taken_in") | {"agreed": "on"}
    browser.post(BRING, form | {"take": ["crisis:reasons"]})
    assert text_of(cast.heron, "reasons") == "The cat"
    numbers = PlanVersion.objects.filter(plan__person=cast.heron.person).order_by("number")
    assert [version.number for version in numbers] == [1, 2, 3]


def test_part_changed_meanwhile_on_another_page_is_not_replaced(cast: Cast) -> None:
    save(cast.heron, "reasons", "The dog")
    browser = client_of(cast.heron)
    form = form_with(browser.post(BRING, {"text": "What I keep going for\n---\nThe cat"}), "taken_in")
    save(cast.heron, "reasons", "The dog and the garden")
    answer = browser.post(BRING, form | {"take": ["crisis:reasons"], "agreed": "on"})
    page = answer.content.decode()
    assert "Please look once more" in page
    assert "The cat" in page
    assert text_of(cast.heron, "reasons") == "The dog and the garden"


def test_part_changed_in_the_very_moment_is_not_replaced_either(cast: Cast) -> None:
    save(cast.heron, "reasons", "The dog")
    save(cast.heron, "reasons", "The dog and the garden")
    with pytest.raises(Conflict):
        bring_in(
            person=cast.heron.person,
            brought=found("What I keep going for\n---\nThe cat"),
            chosen={("crisis", "reasons")},
            seen={"crisis": 1},
            agreed=True,
        )
    assert text_of(cast.heron, "reasons") == "The dog and the garden"


def test_crisis_plan_is_not_taken_in_without_the_sentence(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = form_with(browser.post(BRING, {"text": "Me on a good day\n---\nTea"}), "taken_in")
    page = browser.post(BRING, form | {"take": ["crisis:well"]}).content.decode()
    assert "Please tick this if it is right for you" in page
    assert "Tea" in page
    assert not PlanVersion.objects.exists()


def test_development_plan_needs_no_sentence(cast: Cast) -> None:
    browser = client_of(cast.heron)
    form = form_with(browser.post(BRING, {"text": "Small steps on the way\n---\nSwim"}), "taken_in")
    browser.post(BRING, form | {"take": ["development:steps"]})
    assert dict(words_of(cast.heron, PlanKind.DEVELOPMENT).parts) == {"steps": {"text": "Swim"}}


def test_part_longer_than_a_plan_holds_is_shown_and_cannot_be_ticked(cast: Cast) -> None:
    browser = client_of(cast.heron)
    text = f"Me on a good day\n---\n{'tea ' * LONGEST_TEXT}\n\nWhat I keep going for\n---\nThe cat"
    page = browser.post(BRING, {"text": text})
    assert "longer than the part can be" in page.content.decode()
    form = form_with(page, "taken_in") | {"agreed": "on"}
    answer = browser.post(BRING, form | {"take": ["crisis:well", "crisis:reasons"]})
    assert answer.status_code == 200
    assert not PlanVersion.objects.exists()


def test_data_with_letters_that_are_none_is_taken_in_without_them(cast: Cast) -> None:
    browser = client_of(cast.heron)
    plans = {"crisis": {"parts": {"well": {"words": {"text": "T\ud800e\0a"}}}}}
    text = json.dumps({"format": "peernet-plan", "version": 1, "plans": plans})
    form = form_with(browser.post(BRING, {"text": text}), "taken_in") | {"agreed": "on"}
    browser.post(BRING, form | {"take": ["crisis:well"]})
    assert text_of(cast.heron, "well") == "Tea"


def test_words_brought_in_and_taken_along_are_in_no_line_of_the_log(
    cast: Cast, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    browser = with_plan(cast.heron)
    for form in FILES:
        browser.get(f"{TAKE}{form}")
    browser.post(BRING, {"text": f"Me on a good day\n---\n{MARKED}"})
    browser.post(BRING, {"plan_file": SimpleUploadedFile(f"{MARKED}.txt", f"{{{MARKED}".encode())})
    assert caplog.records
    assert MARKED not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_file_is_read_however_a_program_wrote_it(cast: Cast, encoding: str) -> None:
    file = SimpleUploadedFile("plan.txt", "Me on a good day\r\n---\r\nCafé £2\r\n".encode(encoding))
    assert "Café £2" in client_of(cast.heron).post(BRING, {"plan_file": file, "text": ""}).content.decode()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n\x81\x8d", b"x" * 300_001, b"\xff\xfe\x00"])
def test_file_that_is_no_words_or_too_large_is_said_kindly(cast: Cast, content: bytes) -> None:
    file = SimpleUploadedFile("plan.txt", content)
    page = client_of(cast.heron).post(BRING, {"plan_file": file}).content.decode()
    assert "One more look, please" in page


def test_large_file_is_never_laid_on_the_disk(cast: Cast, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    opened: list[object] = []
    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", opened.append)
    file = SimpleUploadedFile("plan.txt", f"{MARKED} ".encode() * 250_000)
    page = client_of(cast.heron).post(BRING, {"plan_file": file}).content.decode()
    assert "One more look, please" in page
    assert opened == list(tmp_path.iterdir()) == []


def test_script_in_what_was_brought_is_shown_as_words(cast: Cast) -> None:
    text = "Me on a good day\n---\n<script>alert(1)</script>\n\n<b>x\n---\n<img src=x onerror=alert(1)>"
    page = client_of(cast.heron).post(BRING, {"text": text}).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


# From every page.


@pytest.mark.parametrize(
    "address",
    ["/", "/help-now/", "/my-plan/now/", "/c/fellside/board/", "/c/fellside/rules/", "/accounts/", "/no-such-page/"],
)
def test_my_plan_is_one_tap_from_every_page(cast: Cast, address: str) -> None:
    page = client_of(cast.heron).get(address).content.decode()
    band = page.partition('<header class="band">')[2].partition("</header>")[0]
    assert 'href="/my-plan/"' in band
    assert "Help now" in band
    assert "Exit this page" in band


@pytest.mark.parametrize("who", ["finch", "hazel", "sorrel", "bramble", "thorn", "willow", "dale"])
def test_my_plan_is_there_in_every_state(cast: Cast, who: str) -> None:
    browser = with_plan(cast[who])
    assert "Kettle on" in browser.get(NOW).content.decode()
    assert browser.get(f"{TAKE}crisis/sheet/").status_code == 200


def test_signed_out_nobody_is_led_to_a_plan(db: None) -> None:
    assert 'href="/my-plan/"' not in Client().get("/help-now/").content.decode()
    assert Client().get(NOW).status_code == 302
