"""Everything of one's own, whole, and nobody else's in it (safety checks, 2.7)."""

import asyncio
import json
import tracemalloc
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.core.handlers.asgi import ASGIRequest
from django.db import connection
from django.test import AsyncRequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

import clock
from boards.lifecycle import State
from boards.models import Draft, DraftWords, Mute, Post, PostVersion
from moderation.services import change_standing
from peernet.own import documents, schema
from peernet.own.parts import all_parts, not_own
from peernet.own.sending import streamed
from people.models import Person
from tests.cast import Cast, client_of
from tests.steps import HELD, NOON, decided, reply, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)


def told(person: Person) -> dict:
    return json.loads("".join(documents.as_json(person, clock.now())))


def page(person: Person) -> str:
    return "".join(documents.as_page("own/file.html", person, clock.now()))


def test_every_field_of_every_model_is_given_out_or_says_why_not() -> None:
    undecided = []
    for model in apps.get_models():
        if model in not_own():
            continue
        parts = [part for part in all_parts() if part.model is model]
        decided_on = {name for part in parts for name in (*part.fields, *part.left_out)}
        names = {field.name for field in model._meta.concrete_fields}
        undecided += [f"{model._meta.label}.{name}" for name in sorted(names ^ decided_on)]
    assert not undecided, "give it out or say why not, in the app's own_data.py: " + ", ".join(undecided)


def test_every_reason_is_a_sentence_and_no_model_is_both() -> None:
    reasons = [str(why) for part in all_parts() for why in part.left_out.values()]
    reasons += [str(why) for why in not_own().values()]
    assert all(why.endswith(".") and len(why) > 8 for why in reasons)
    assert not {part.model for part in all_parts()} & set(not_own())


def test_parts_have_names_of_their_own() -> None:
    keys = [part.key for part in all_parts()]
    assert len(keys) == len(set(keys))


def test_docs_hold_the_schema_as_it_is() -> None:
    assert schema.PATH.read_text() == schema.written()


@pytest.fixture
def full_house(cast: Cast, words_hold: None, time_machine: TimeMachineFixture) -> Cast:
    """Heron has written in every way; so has everybody around, in words that are not Heron's."""
    opening = start(cast.moss, "MOSS-WROTE-THIS", "MOSS-TITLE")
    time_machine.shift(timedelta(minutes=6))
    reply(cast.heron, opening.thread, "HERON-REPLY")
    start(cast.heron, f"HERON-HELD {HELD}", "HERON-TITLE")
    returned = start(cast.heron, f"HERON-RETURNED {HELD}", "HERON-SECOND-TITLE")
    decided(returned, "return", cast.wren, reason="unkind", words="WORDS-TO-HERON")
    held = start(cast.clover, f"CLOVER-HELD {HELD}", "CLOVER-TITLE")
    decided(held, "return", cast.wren, words="WORDS-TO-CLOVER")
    now = clock.now()
    Mute.objects.create(membership=cast.heron, person=cast.moss, since=now)
    Mute.objects.create(membership=cast.heron, word="HERON-MUTED-WORD", since=now)
    draft = Draft(membership=cast.heron, form_key=uuid4(), saved_at=now)
    draft.words = DraftWords(title="HERON-DRAFT-TITLE", text="HERON-DRAFT", cover="HERON-COVER")
    draft.save()
    return cast


OWN = ("HERON-REPLY", "HERON-HELD", "HERON-TITLE", "HERON-RETURNED", "WORDS-TO-HERON", "It may hurt somebody")
OWN_APART = ("HERON-MUTED-WORD", "HERON-DRAFT-TITLE", "HERON-DRAFT", "HERON-COVER", "One of the Top Three")


def test_all_own_words_are_in_both_shapes_and_nobody_elses(full_house: Cast) -> None:
    heron = full_house.heron.person
    for text in (json.dumps(told(heron)), page(heron)):
        assert [words for words in (*OWN, *OWN_APART, heron.sign_in_name, "Heron") if words not in text] == []
        others = [one.display_name for key, one in full_house.everybody.items() if key not in {"heron"}]
        names = [one.person.sign_in_name for key, one in full_house.everybody.items() if key != "heron"]
        strange = ("MOSS-WROTE-THIS", "MOSS-TITLE", "CLOVER-HELD", "CLOVER-TITLE", "WORDS-TO-CLOVER")
        assert [word for word in (*strange, *others, *names) if word in text] == []


def test_one_who_decided_finds_their_decisions_without_the_posts(full_house: Cast) -> None:
    text = json.dumps(told(full_house.wren.person))
    assert "WORDS-TO-HERON" in text
    assert [word for word in ("HERON-RETURNED", "CLOVER-HELD", "Heron", "Clover") if word in text] == []


def test_no_secret_is_in_it(full_house: Cast) -> None:
    heron = full_house.heron.person
    client_of(heron)
    text = json.dumps(told(heron))
    salts = list(PostVersion.objects.values_list("salt", flat=True))
    assert [word for word in (heron.password, *salts, Draft.objects.get().sealed) if word in text] == []


def test_file_is_of_the_shape_that_is_written_down(full_house: Cast) -> None:
    found, shape = told(full_house.heron.person), schema.schema()["properties"]
    assert sorted(found) == sorted(schema.schema()["required"])
    assert (found["format"], found["version"]) == ("peernet own data", 1)
    assert sorted(found["parts"]) == shape["parts"]["required"]
    for key, rows in found["parts"].items():
        for row in rows:
            assert sorted(row) == sorted(shape["parts"]["properties"][key]["items"]["required"])
    assert {"part": "sign_in", "field": "password"}.items() <= found["left_out"][1].items()


def test_words_made_to_harm_are_only_words_on_the_page(cast: Cast) -> None:
    start(cast.heron, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    shown = page(cast.heron.person)
    assert "<script>" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown


WHOLE = "/accounts/yours/whole/"
STANDINGS = ("heron", "finch", "hazel", "sorrel", "bramble", "thorn", "willow", "wren", "rowan", "linden", "dale")


@pytest.mark.parametrize("key", STANDINGS)
def test_everybody_can_take_what_is_theirs_also_away_suspended_and_after_leaving(cast: Cast, key: str) -> None:
    client = client_of(cast[key])
    assert client.get("/accounts/yours/").status_code == 200
    answer = client.post(WHOLE, {"choice": "json"})
    found = json.loads(b"".join(answer.streaming_content))
    assert found["parts"]["memberships"][0]["display_name"] == cast[key].display_name
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'


def test_nobody_takes_the_data_of_somebody_who_has_died(cast: Cast) -> None:
    client = client_of(cast.heron)
    change_standing(membership=cast.heron, verb="record_death", by="site")
    assert client.get("/accounts/yours/").status_code == 404
    assert client.post(WHOLE, {"choice": "json"}).status_code == 404
    assert client.get("/accounts/yours/fellside/erase/").status_code == 404


@pytest.mark.parametrize(("choice", "kept"), [("look", False), ("page", True), ("json", True), ("nonsense", False)])
def test_it_is_looked_at_or_kept_as_was_chosen(cast: Cast, choice: str, kept: bool) -> None:
    answer = client_of(cast.heron).post(WHOLE, {"choice": choice})
    body = b"".join(answer.streaming_content).decode()
    assert ("Content-Disposition" in answer) is kept
    assert "Heron" in body
    assert documents.HERE not in body


def test_a_phone_left_open_is_asked_for_the_password_first(cast: Cast) -> None:
    client = client_of(cast.heron, second_factor=False, at=clock.now() - timedelta(minutes=6))
    for answer in (client.post(WHOLE, {"choice": "json"}), client.get("/accounts/yours/fellside/erase/")):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_an_old_password_alone_is_not_enough_where_there_is_a_second_step(cast: Cast) -> None:
    Authenticator.objects.create(user=cast.wren.person, type=Authenticator.Type.TOTP, data={})
    assert client_of(cast.wren, second_factor=False).post(WHOLE, {"choice": "json"}).status_code == 302
    assert client_of(cast.wren).post(WHOLE, {"choice": "json"}).status_code == 200


def test_too_many_in_an_hour_are_refused_and_the_next_hour_is_free(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    client = client_of(cast.heron)
    assert [client.post(WHOLE, {"choice": "json"}).status_code for _ in range(11)] == [200] * 10 + [403]
    time_machine.shift(timedelta(hours=1))
    later = client_of(cast.heron)
    assert later.post(WHOLE, {"choice": "json"}).status_code == 200


def many_posts(cast: Cast, many: int) -> None:
    now = clock.now()
    thread = start(cast.heron).thread
    Post.objects.bulk_create(
        [
            Post(
                community=cast.fellside,
                thread=thread,
                author=cast.heron,
                state=State.ACCEPTED,
                text="Words " * 100,
                written_at=now,
                pause_ends_at=now,
                visible_at=now,
                changed_at=now,
                form_key=uuid4(),
            )
            for _ in range(many)
        ],
        batch_size=500,
    )


def peak_of(cast: Cast) -> tuple[int, int]:
    tracemalloc.start()
    length = sum(len(piece) for piece in documents.in_pieces(documents.as_json(cast.heron.person, clock.now())))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return length, peak


def test_thousands_of_posts_take_no_more_memory_than_a_few_hundred(cast: Cast) -> None:
    many_posts(cast, 400)
    few, first_peak = peak_of(cast)
    many_posts(cast, 4600)
    with CaptureQueriesContext(connection) as asked:
        length, peak = peak_of(cast)
    assert length > 10 * few
    assert peak < 2 * first_peak + 2_000_000
    assert len(asked) < 200


@pytest.mark.django_db(transaction=True)
def test_an_asgi_server_gets_it_piece_by_piece() -> None:
    made: list[int] = []

    def pieces():
        for number in range(5):
            made.append(number)
            yield b"x"

    async def first() -> list[int]:
        request = AsyncRequestFactory().get("/")
        assert isinstance(request, ASGIRequest)
        response = streamed(request, pieces(), "text/plain")
        async for _piece in response:
            return list(made)
        return []

    assert asyncio.run(first()) == [0]


def test_nothing_of_it_stays_in_the_sitting(cast: Cast) -> None:
    start(cast.heron, "HERON-WROTE")
    client = client_of(cast.heron)
    b"".join(client.post(WHOLE, {"choice": "look"}).streaming_content)
    assert "HERON-WROTE" not in json.dumps(dict(client.session.items()))
    assert SESSION_KEY in client.session
