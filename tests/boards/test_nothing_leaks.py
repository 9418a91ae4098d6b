"""Marked words in posts that others may not read, looked for everywhere they could come out (safety checks 1.5, 1.6).

Each state names exactly who may read the words somewhere: fewer would lose them, more would give them away.
"""

import logging
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.test import Client
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from boards.models import Post, PostVersion
from communities.models import Membership
from moderation.services import follow_up_holds
from notices.models import Notice, Outgoing
from notices.sending import send_all_due
from peernet.celery import Hint
from tests.cast import Cast, client_of, on_duty
from tests.parts import ON_POSTGRES
from tests.steps import NOON

pytestmark = pytest.mark.time_machine(NOON, tick=False)

WORDS, TITLE, REPLY = "CanaryInTheText", "CanaryInTheTitle", "CanaryInTheReply"
CANARIES = (WORDS, TITLE, REPLY)
AUTHOR, TOP = "heron", {"wren", "ash"}
ACTIVE = {"heron", "moss", "rowan", "linden", *TOP}
EVERYBODY = [
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
# A hundred pages each, which are the same on both: PostgreSQL's run asks one for each answer there is.
ROLES = ["heron", "moss", "wren", "finch", "dale"] if ON_POSTGRES else EVERYBODY
# In an order in which the time that each takes leaves those before it as they are.
READERS = {
    "erased": set(),
    "removed": {AUTHOR, *TOP},
    "hidden": {AUTHOR, *TOP},
    "board": ACTIVE,
    "removed_from_hold": {AUTHOR, *TOP},
    "returned": {AUTHOR, *TOP},
    "held": {AUTHOR, *TOP},
    "taken_back": {AUTHOR},
    "taken_back_held": {AUTHOR, *TOP},
    "released_in_pause": {AUTHOR},
    "pause": {AUTHOR},
}
SHARED = (
    "/",
    "/notices/",
    "/help-now/",
    "/c/{community}/",
    "/c/{community}/board/",
    "/c/{community}/board/new/",
    "/c/{community}/board/{around}/",
    "/c/{community}/waiting/",
    "/c/{community}/moderation/",
    "/c/{community}/rules/",
)
OF_A_POST = (
    "/c/{community}/waiting/{post}/",
    "/c/{community}/waiting/{post}/change/",
    "/c/{community}/waiting/{post}/take-back/",
    "/c/{community}/moderation/{post}/",
)


class Marked:
    """An opening and a reply of Heron's in every state, each with words of its own to be looked for."""

    def __init__(self, cast: Cast, bring: Callable[..., Post]) -> None:
        self.around = bring("board", cast.moss, "Who is there?", "Who is there").thread
        self.posts: dict[str, list[Post]] = {}
        for state in READERS:
            reply = bring(state, cast.heron, f"{REPLY}_{state}_", thread=self.around)
            self.posts[state] = [reply, bring(state, cast.heron, f"{WORDS}_{state}_", f"{TITLE}_{state}_")]

    def addresses(self, community: str) -> list[str]:
        rows = [address.format(community=community, around=self.around.pk) for address in SHARED]
        for reply, opening in self.posts.values():
            rows.append(f"/c/{community}/board/{opening.thread_id}/")
            rows += [row.format(community=community, post=post.pk) for row in OF_A_POST for post in (reply, opening)]
        return rows

    def seen_by(self, client: Client, *communities: str) -> dict[str, set[str]]:
        """By state: every address at which a marked word of it comes out, in headers or page."""
        found: dict[str, set[str]] = {}
        for path in (address for community in communities for address in self.addresses(community)):
            answer = client.get(path)
            whole = f"{answer.headers} {answer.content.decode()}"
            for state in re.findall(rf"(?:{WORDS}|{TITLE}|{REPLY})_([a-z_]+?)_(?![a-z])", whole):
                found.setdefault(state, set()).add(path)
        return found


def test_marked_words_come_out_for_exactly_those_who_may_read_them(
    cast: Cast, bring: Callable[..., Post], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    # A suspension that would end while the posts come into their states, as some of them take weeks.
    Membership.objects.filter(pk=cast.bramble.pk).update(suspended_until=clock.now() + timedelta(days=300))
    marked = Marked(cast, bring)
    homes = {name: {"fellside", cast[name].community.slug} for name in ROLES}
    seen = {name: marked.seen_by(client_of(cast[name]), *homes[name]) for name in ROLES}
    seen["signed out"] = marked.seen_by(Client(), "fellside")
    seen["stranger"] = marked.seen_by(client_of(cast.stranger), "fellside")
    found = {state: {name for name in seen if state in seen[name]} for state in READERS}
    assert found == {state: readers & set(ROLES) for state, readers in READERS.items()}
    assert not any(canary in caplog.text for canary in CANARIES)
    # Those who decide meet the words on the page of the post itself, and nowhere else.
    own_pages = {f"/c/fellside/moderation/{post.pk}/" for post in marked.posts["held"]}
    assert seen["wren"]["held"] == own_pages


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
