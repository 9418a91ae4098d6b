"""Marked words in posts that others may not read, looked for everywhere they could come out (safety checks 1.5, 1.6).

Each state names exactly who may read the words somewhere: fewer would lose them, more would give them away.
"""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from time_machine import TimeMachineFixture

from audit.models import Entry
from boards.models import Post, PostVersion
from moderation.services import follow_up_holds
from notices.models import Notice, Outgoing
from notices.sending import send_all_due
from peernet.celery import Hint
from tests.cast import Cast, client_of, on_duty
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

WORDS, TITLE, REPLY = "CanaryInTheText", "CanaryInTheTitle", "CanaryInTheReply"
CANARIES = (WORDS, TITLE, REPLY)
AUTHOR, TOP = "heron", {"wren", "ash"}
ACTIVE = {"heron", "moss", "rowan", "linden", *TOP}
ROLES = [
    *sorted(ACTIVE),
    "finch",
    "hazel",
    "sorrel",
    "bramble",
    "thorn",
    "willow",
    "dale",
    "otter",
    "marsh",
]
READERS = {
    "pause": {AUTHOR},
    "released_in_pause": {AUTHOR},
    "board": ACTIVE,
    "held": {AUTHOR, *TOP},
    "returned": {AUTHOR, *TOP},
    "hidden": {AUTHOR, *TOP},
    "removed": {AUTHOR, *TOP},
    "removed_from_hold": {AUTHOR, *TOP},
    "taken_back": {AUTHOR},
    "taken_back_held": {AUTHOR, *TOP},
    "erased": set(),
}
ADDRESSES = (
    "/",
    "/notices/",
    "/help-now/",
    "/c/{community}/",
    "/c/{community}/board/",
    "/c/{community}/board/new/",
    "/c/{community}/board/{thread}/",
    "/c/{community}/board/{around}/",
    "/c/{community}/waiting/",
    "/c/{community}/waiting/{opening}/",
    "/c/{community}/waiting/{reply}/",
    "/c/{community}/waiting/{opening}/change/",
    "/c/{community}/waiting/{reply}/take-back/",
    "/c/{community}/moderation/",
    "/c/{community}/moderation/{opening}/",
    "/c/{community}/moderation/{reply}/",
    "/c/{community}/rules/",
)


class Marked:
    """An opening and a reply of Heron's in one state, with marked words."""

    def __init__(self, cast: Cast, bring: Callable[..., Post], state: str) -> None:
        self.cast = cast
        around = bring("board", cast.moss, "Who is there?", "Who is there").thread
        self.reply = bring(state, cast.heron, REPLY, thread=around)
        self.opening = bring(state, cast.heron, WORDS, TITLE)
        self.places = {
            "thread": self.opening.thread_id,
            "around": around.pk,
            "opening": self.opening.pk,
            "reply": self.reply.pk,
        }

    def seen_by(self, client: Client, *communities: str) -> set[str]:
        """Every address of these communities at which a marked word comes out, status and headers and all."""
        found = set()
        for community in communities or ("fellside",):
            for address in ADDRESSES:
                path = address.format(community=community, **self.places)
                answer = client.get(path)
                whole = f"{answer.headers} {answer.content.decode()}"
                if any(canary in whole for canary in CANARIES):
                    found.add(path)
        return found


@pytest.mark.parametrize("state", READERS)
def test_marked_words_come_out_for_exactly_those_who_may_read_them(
    cast: Cast, bring: Callable[..., Post], state: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    marked = Marked(cast, bring, state)
    homes = {name: {"fellside", cast[name].community.slug} for name in ROLES}
    seen = {name: marked.seen_by(client_of(cast[name]), *homes[name]) for name in ROLES}
    seen["signed out"], seen["stranger"] = marked.seen_by(Client()), marked.seen_by(client_of(cast.stranger))
    assert {name for name, places in seen.items() if places} == READERS[state], seen
    assert not any(canary in caplog.text for canary in CANARIES)


def test_those_who_decide_read_what_waits_on_its_own_page_only(cast: Cast, bring: Callable[..., Post]) -> None:
    marked = Marked(cast, bring, "held")
    pages = {f"/c/fellside/moderation/{pk}/" for pk in (marked.opening.pk, marked.reply.pk)}
    assert marked.seen_by(client_of(cast.wren)) == pages


def test_author_reads_the_decision_and_its_reason_on_their_own_page(cast: Cast, bring: Callable[..., Post]) -> None:
    post = bring("returned", cast.heron)
    page = client_of(cast.heron).get(f"/c/fellside/waiting/{post.pk}/").content.decode()
    assert "Given back to you" in page
    assert "One of the Top Three" in page
    assert "Something else" in page


@pytest.mark.parametrize("state", ["hidden", "removed"])
def test_titles_and_numbers_of_what_is_gone_are_gone_from_lists(
    cast: Cast, bring: Callable[..., Post], state: str
) -> None:
    post = bring(state, cast.heron, WORDS, TITLE)
    moss = client_of(cast.moss)
    board, thread = (moss.get(f"/c/fellside/board/{path}").content.decode() for path in ("", f"{post.thread_id}/"))
    assert TITLE not in board + thread
    assert f'href="/c/fellside/board/{post.thread_id}/"' in board  # its place stays
    assert "A post that was put aside" in board


@pytest.mark.parametrize("state", ["pause", "held", "returned", "taken_back"])
def test_what_never_came_leaves_no_trace_on_the_board(cast: Cast, bring: Callable[..., Post], state: str) -> None:
    moss = client_of(cast.moss)
    paths = ["/c/fellside/board/", "/c/fellside/"]
    before = [bare(moss.get(path).content.decode()) for path in paths]
    post = bring(state, cast.heron)
    assert [bare(moss.get(path).content.decode()) for path in paths] == before
    missing = moss.get(f"/c/fellside/board/{post.thread_id}/")
    never = moss.get("/c/fellside/board/999999/")
    assert (missing.status_code, never.status_code) == (404, 404)
    assert bare(missing.content.decode()) == bare(never.content.decode())


def bare(page: str) -> str:
    """A page without what differs each time: the forms' own tokens."""
    return "\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)


def test_words_are_stored_in_posts_and_versions_and_nowhere_else(
    cast: Cast, bring: Callable[..., Post], monkeypatch: pytest.MonkeyPatch, time_machine: TimeMachineFixture
) -> None:
    queued: list[object] = []
    monkeypatch.setattr(Hint, "apply_async", lambda self, *args, **kwargs: queued.append((args, kwargs)))
    for key in ("wren", "rowan", "dale"):
        on_duty(cast[key])
        cast[key].person.emailaddress_set.create(email=f"{key}@example.org", verified=True, primary=True)
    for state in ("pause", "returned", "removed", "hidden", "held"):
        bring(state, cast.heron, f"{WORDS} {state}", f"{TITLE} {state}")
    time_machine.shift(timedelta(minutes=61))
    follow_up_holds()
    send_all_due()
    assert mail.outbox
    holders = {
        model
        for model in apps.get_models()
        for row in model._default_manager.values()
        if any(canary in str(row) for canary in CANARIES)
    }
    assert holders == {Post, PostVersion}
    letters = [f"{letter.subject} {letter.body} {letter.message()}" for letter in mail.outbox]
    rows = [*Notice.objects.values(), *Outgoing.objects.values(), *Entry.objects.values(), *queued, *letters]
    assert not [row for row in rows if any(canary in str(row) for canary in CANARIES)]
