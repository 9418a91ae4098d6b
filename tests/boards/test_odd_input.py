"""What no page of ours would send: it is answered kindly, nothing breaks, and no word is lost."""

from uuid import uuid4

import pytest
from django.test import Client

from boards.models import Draft, Post
from boards.queries import Place
from tests.cast import Cast, client_of
from tests.steps import NOON, fresh, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
NEW = "/c/fellside/board/new/"


def sent(client: Client, **words: str):
    return client.post(NEW, {"form_key": str(uuid4()), "title": "Tea", "text": "Rain"} | words)


@pytest.mark.parametrize(
    "words",
    [
        {"text": ""},
        {"text": "   \r\n\t  "},
        {"text": "\u00a0\u2003"},
        {"title": ""},
        {"title": "   "},
        {"title": "x" * 121},
        {"text": "x" * 10_001},
        {"text": "x" * 9_997},  # too long only together with the title
        {"text": "a\0b"},
        {"form_key": "not a key"},
    ],
    ids=repr,
)
def test_words_that_cannot_be_sent_come_back_with_a_reason(cast: Cast, words: dict[str, str]) -> None:
    answer = sent(client_of(cast.heron), **words)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Post.objects.exists()


@pytest.mark.parametrize("text", ["   ", "x" * 10_001])
def test_reply_and_change_that_cannot_be_sent_come_back_too(cast: Cast, bring, text: str) -> None:
    thread, waiting = bring("board", cast.moss).thread_id, bring("pause", cast.heron)
    heron = client_of(cast.heron)
    key = {"form_key": str(uuid4())}
    assert heron.post(f"/c/fellside/board/{thread}/", key | {"text": text}).status_code == 200
    change = key | {"title": "Tea", "text": text, "version": "1"}
    assert heron.post(f"/c/fellside/waiting/{waiting.pk}/change/", change).status_code == 200
    assert fresh(waiting).version == 1


def test_longest_post_is_kept_to_the_last_letter(cast: Cast) -> None:
    text = ("Rain \U0001f49c\n" * 1_400)[:9_990]
    assert sent(client_of(cast.heron), text=text).status_code == 302
    assert Post.objects.get().text == text


@pytest.mark.parametrize(
    "place",
    [
        "",
        "x",
        "1,2,3",
        "2026-06-10,1",
        "2026-06-10T12:00:00,1",
        "2026-06-10T12:00:00+00:00,0",
        "2026-06-10T12:00:00+00:00,-5",
        "2026-06-10T12:00:00+00:00,99999999999999999999",
        "0001-01-01T00:00:00+14:00,5",
        "9999-12-31T23:59:59-14:00,5",
        "0001-01-01T00:00:00+00:00,5",
        "9999-12-31T23:59:59+00:00,5",
        "2026-06-10T12:00:00 00:00,1",
    ],
)
def test_any_place_in_an_address_gives_a_page(cast: Cast, bring, place: str) -> None:
    thread = bring("board", cast.moss).thread_id
    heron = client_of(cast.heron)
    paths = [
        "/c/fellside/board/?before=",
        f"/c/fellside/board/{thread}/?before=",
        f"/c/fellside/board/{thread}/?after=",
    ]
    assert [heron.get(path + place.replace("+", "%2B")).status_code for path in paths] == [200, 200, 200]


def test_place_in_an_address_comes_back_as_it_was(cast: Cast) -> None:
    post = start(cast.heron)
    place = Place(post.visible_at, post.pk)
    assert Place.read(str(place)) == place


@pytest.mark.parametrize("number", ["0", "99999999", "9999999999999999999999"])
def test_number_of_nothing_is_missing(cast: Cast, number: str) -> None:
    wren = client_of(cast.wren)
    places = ["board/{}/", "waiting/{}/", "waiting/{}/change/", "waiting/{}/take-back/", "moderation/{}/"]
    assert {wren.get(f"/c/fellside/{place.format(number)}").status_code for place in places} == {404}


def test_same_form_in_two_threads_is_two_posts(cast: Cast, bring) -> None:
    threads = [bring("board", cast.moss).thread_id for _ in range(2)]
    form = {"text": "Me too", "form_key": str(uuid4())}
    heron = client_of(cast.heron)
    for thread in (*threads, *threads):
        assert heron.post(f"/c/fellside/board/{thread}/", form).status_code == 302
    assert sorted(Post.objects.filter(text="Me too").values_list("thread_id", flat=True)) == sorted(threads)


@pytest.mark.parametrize("asked", ["9" * 19, "9" * 30, "9" * 5_000, "٣", "²", "-1"])
def test_a_draft_asked_for_by_a_number_that_no_draft_has_is_none(cast: Cast, asked: str) -> None:
    """Python reads no number of more than 4,300 digits."""
    assert client_of(cast.heron).get(NEW, {"draft": asked}).status_code == 200


def test_a_draft_of_a_version_that_no_post_has_is_refused_with_its_words(cast: Cast, bring) -> None:
    waiting = bring("pause", cast.heron)
    change = {"save_draft": "1", "form_key": str(uuid4()), "title": "Tea", "text": "Rain", "version": "9" * 20}
    answer = client_of(cast.heron).post(f"/c/fellside/waiting/{waiting.pk}/change/", change)
    assert answer.status_code == 403
    assert "Rain" in answer.content.decode()
    assert not Draft.objects.exists()
