"""Short ways for the tests of the board to bring a post into each of its states, through the services."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from time_machine import TimeMachineFixture

from boards import screening
from boards.models import Post, Thread
from boards.screening.findings import THREAT, Finding
from boards.services import change_post, erase_due, send_again, take_back, write_post
from communities.models import Membership
from moderation.lifecycle import Verb
from moderation.services import decide
from moderation.services.deciding import Outcome, Seen
from tests.cast import Cast, sitting_now

NOON = "2026-06-10 12:00:00+01:00"  # a Wednesday
NIGHT = "2026-06-10 02:00:00+01:00"
# Held by the tests' own screening (`words_hold`), so that no test of the way waits for a phrase.
HELD = "please hold me"


def held_if_marked(text: str, *, rules: frozenset[str] = frozenset()) -> tuple[Finding, ...]:
    """Screening for tests: the marked words are a threat, anything else is clear."""
    return (Finding(THREAT, "It may be about danger.", 2, HELD),) if HELD in text else ()


@pytest.fixture
def words_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the marked words and nothing else."""
    monkeypatch.setattr(screening, "screen", held_if_marked)


def start(by: Membership, text: str = "Hello all", title: str = "A quiet evening") -> Post:
    """Write the first post of a new thread."""
    return write_post(by=by, title=title, text=text, form_key=uuid4())


def reply(by: Membership, thread: Thread, text: str = "Hello you") -> Post:
    """Answer in a thread."""
    return write_post(by=by, thread=thread, text=text, form_key=uuid4())


def fresh(post: Post) -> Post:
    """The post as the database has it now."""
    return Post.objects.get(pk=post.pk)


def decided(
    post: Post, verb: str, by: Membership, *, seen: Seen | None = None, reason: str = "other", words: str = ""
) -> Outcome:
    """Decide on the post as it is now, or as it was `seen`, with the second step given."""
    row = fresh(post)
    looked_at = seen or Seen(version=row.version, state=row.state)
    return decide(post=row, verb=Verb(verb), by=sitting_now(by), seen=looked_at, reason=reason, words=words)


def changed(post: Post, by: Membership, text: str = "Other words") -> Post:
    """Change a waiting post, from its newest version."""
    row = fresh(post)
    return change_post(post=row, by=by, seen_version=row.version, text=text, title=row.title or _title(row))


def sent_again(post: Post, by: Membership, text: str = "Other words") -> Post:
    """Send a returned post again."""
    row = fresh(post)
    return send_again(post=row, by=by, seen_version=row.version, text=text, title=row.title or _title(row))


def _title(row: Post) -> str:
    return "A title" if row.is_opening else ""


class Ways:
    """Brings a new post of somebody's into a state by name; time goes on as it must."""

    def __init__(self, cast: Cast, time: TimeMachineFixture) -> None:
        self.cast, self.time = cast, time

    def bring(
        self,
        state: str,
        by: Membership,
        text: str = "Hello all",
        title: str = "A quiet evening",
        thread: Thread | None = None,
    ) -> Post:
        """Return a new post in that state, read anew: the opening of a thread, or a reply in `thread`."""
        holds = state in {"held", "returned", "taken_back_held", "removed_from_hold", "released_in_pause"}
        words = f"{text} {HELD}" if holds else text
        post = reply(by, thread, words) if thread else start(by, words, title)
        getattr(self, f"_{state}")(post)
        return fresh(post)

    def _others(self, post: Post) -> tuple[Membership, Membership]:
        able = [self.cast[key] for key in ("wren", "ash", "juniper") if self.cast[key] != post.author]
        return able[0], able[1]

    def _pause(self, post: Post) -> None:
        pass

    def _board(self, post: Post) -> None:
        self.time.shift(timedelta(minutes=16))

    def _held(self, post: Post) -> None:
        pass

    def _released_in_pause(self, post: Post) -> None:
        decided(post, "release", self._others(post)[0])

    def _returned(self, post: Post) -> None:
        decided(post, "return", self._others(post)[0])

    def _hidden(self, post: Post) -> None:
        self._board(post)
        decided(post, "hide", self._others(post)[0])

    def _hidden_a_day(self, post: Post) -> None:
        self._hidden(post)
        self.time.shift(timedelta(hours=24))

    def _removed(self, post: Post) -> None:
        self._board(post)
        for one in self._others(post):
            decided(post, "remove", one)

    def _removed_from_hold(self, post: Post) -> None:
        for one in self._others(post):
            decided(post, "remove", one)

    def _taken_back(self, post: Post) -> None:
        take_back(post=post, by=post.author)

    def _taken_back_held(self, post: Post) -> None:
        take_back(post=post, by=post.author)

    def _erased(self, post: Post) -> None:
        take_back(post=post, by=post.author)
        self.time.shift(timedelta(days=31))
        erase_due()


@pytest.fixture
def bring(cast: Cast, time_machine: TimeMachineFixture, words_hold: None) -> Callable[..., Post]:
    """`bring("hidden", cast.heron)`: a post in that state. The test's time must stand still."""
    return Ways(cast, time_machine).bring
