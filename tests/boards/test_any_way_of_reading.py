"""Any way of writing and reading, by Hypothesis: what is new to somebody, against a plain model of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

import boards.queries.reading
import boards.queries.thread
import clock.source
from boards.models import Post, Thread
from boards.queries import new_in, place_of, thread_page, threads_with_new
from boards.services import end_mute, mark_all_read, mark_read, mute_author, mute_thread
from boards.tally import tally_due
from tests.cast import Cast
from tests.parts import ON_POSTGRES
from tests.steps import HELD, decided, reply, start

NOON = datetime(2026, 6, 10, 11, tzinfo=UTC)
BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
WRITERS = ("heron", "moss", "fern")
SPANS = st.sampled_from([timedelta(minutes=minutes) for minutes in (1, 3, 6, 20)])
WHICH = st.integers(min_value=0, max_value=99)


@dataclass
class Reader:
    """What somebody has read, as sets of posts would say it: the places they were shown, and what they muted."""

    marks: dict[int, tuple[datetime, int]] = field(default_factory=dict)
    all_read_at: datetime = BEFORE
    muted_people: set[int] = field(default_factory=set)
    muted_threads: set[int] = field(default_factory=set)


def machine_for(cast: Cast, moment: list[datetime]) -> type[RuleBasedStateMachine]:
    """The machine, about this cast, whose time is `moment[0]`; Fern reads, and writes too."""

    class AnyReading(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            moment[0] = NOON
            self.me, self.reader = cast.fern, Reader()
            self.posts: list[int] = []
            self.mutes: list[object] = []
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)

        def rows(self) -> list[Post]:
            return list(Post.objects.filter(pk__in=self.posts))

        def stands(self, post: Post) -> bool:
            return post.state == "accepted" and post.visible_at is not None and post.visible_at <= moment[0]

        def threads(self) -> list[Thread]:
            openings = [post for post in self.rows() if post.is_opening and post.visible_at]
            return [post.thread for post in openings if post.visible_at <= moment[0]]

        # What people do.

        @rule(by=st.sampled_from(WRITERS), which=WHICH, opens=st.booleans(), holds=st.booleans())
        def write(self, by: str, which: int, opens: bool, holds: bool) -> None:
            words = f"{HELD if holds else 'Tea'} {len(self.posts)}"
            here = self.threads()
            post = reply(cast[by], here[which % len(here)], words) if here and not opens else start(cast[by], words)
            self.posts.append(post.pk)

        @rule(which=WHICH)
        def release(self, which: int) -> None:
            if held := [post for post in self.rows() if post.state == "held"]:
                decided(held[which % len(held)], "release", cast.wren)

        @rule(which=WHICH)
        def hide(self, which: int) -> None:
            if standing := [post for post in self.rows() if self.stands(post)]:
                decided(standing[which % len(standing)], "hide", cast.wren)

        @rule(which=WHICH)
        def put_back(self, which: int) -> None:
            if hidden := [post for post in self.rows() if post.state == "hidden"]:
                decided(hidden[which % len(hidden)], "put_back", cast.wren)

        @rule(span=SPANS)
        def wait(self, span: timedelta) -> None:
            moment[0] += span

        @rule()
        def sweep(self) -> None:
            tally_due()

        # What Fern does.

        @precondition(lambda self: self.threads())
        @rule(which=WHICH, pages=st.integers(min_value=1, max_value=3))
        def read(self, which: int, pages: int) -> None:
            thread, after = self.threads()[which % len(self.threads())], None
            for _ in range(pages):
                page = thread_page(thread, moment[0], after=after)
                if page.posts:
                    last = place_of(page.posts[-1])
                    mark_read(self.me, thread, last, moment[0])
                    known = self.reader.marks.get(thread.pk, (BEFORE, 0))
                    self.reader.marks[thread.pk] = max(known, (last.at, last.pk))
                if not page.newer:
                    return
                after = page.newer

        @rule()
        def read_everything(self) -> None:
            mark_all_read(by=self.me)
            self.reader.all_read_at = moment[0]

        @precondition(lambda self: self.threads())
        @rule(which=WHICH)
        def mute_a_thread(self, which: int) -> None:
            thread = self.threads()[which % len(self.threads())]
            self.mutes.append(mute_thread(by=self.me, thread=thread))
            self.reader.muted_threads.add(thread.pk)

        @rule(which=WHICH)
        def mute_somebody(self, which: int) -> None:
            others = [post for post in self.rows() if self.stands(post) and post.author_id != self.me.pk]
            if others:
                post = others[which % len(others)]
                self.mutes.append(mute_author(by=self.me, post=post))
                self.reader.muted_people.add(post.author_id)

        @precondition(lambda self: self.mutes)
        @rule()
        def end_a_mute(self) -> None:
            mute = self.mutes.pop()
            end_mute(mute=mute, by=self.me)
            self.reader.muted_people.discard(mute.person_id)
            self.reader.muted_threads.discard(mute.thread_id)

        # What is then new.

        def is_new(self, post: Post) -> bool:
            if not self.stands(post) or post.author_id in self.reader.muted_people | {self.me.pk}:
                return False
            mark = self.reader.marks.get(post.thread_id)
            beyond_mark = mark is None or (post.visible_at, post.pk) > mark
            return beyond_mark and post.visible_at > self.reader.all_read_at

        @invariant()
        def counts_are_those_of_the_model(self) -> None:
            threads = self.threads()
            expected = {
                thread.pk: 0
                if thread.pk in self.reader.muted_threads
                else min(10, sum(self.is_new(post) for post in self.rows() if post.thread_id == thread.pk))
                for thread in threads
            }
            found, _mutes = new_in(self.me, [thread.pk for thread in threads], moment[0])
            assert {pk: new.posts for pk, new in found.items()} == expected
            assert threads_with_new(self.me, moment[0]) == min(10, sum(count > 0 for count in expected.values()))

    return AnyReading


@pytest.fixture
def run(cast: Cast, words_hold: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Live through many lives, on threads of small pages, with the time in the machine's hand."""
    moment = [NOON]
    monkeypatch.setattr(clock.source, "_source", lambda: moment[0])
    monkeypatch.setattr(boards.queries.thread, "POSTS_A_PAGE", 3)
    for key in ("wren", "ash", "juniper"):
        cast[key].terms.update(starts_at=NOON - timedelta(days=9), ends_at=None)
    for member in cast.everybody.values():
        member.joined_at = NOON - timedelta(days=1)
        member.save()
    how = settings(
        max_examples=8 if ON_POSTGRES else 25,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    return lambda: run_state_machine_as_test(machine_for(cast, moment), settings=how)


def test_what_is_new_is_what_a_plain_model_says(run: Callable[[], None]) -> None:
    run()


def test_a_broken_rule_is_found(run: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    wording = boards.queries.reading.NEW.replace("AND p.author_id <> %(me)s", "")
    monkeypatch.setattr(boards.queries.reading, "NEW", wording)
    with pytest.raises(AssertionError):
        run()
