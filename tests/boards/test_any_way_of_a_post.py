"""Any way posts can take, by Hypothesis, held after each step against a plain model of it (domain, section 6)."""

import copy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import pairwise
from uuid import UUID, uuid5

import pytest
from django.conf import settings as site
from django.db import transaction
from django.http import Http404
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

import boards.queries
import clock.source
from audit.queries import verify
from boards.models import Post, PostVersion, Thread
from boards.queries import access_thread, board_page, thread_page
from boards.services import erase_due, take_back, write_post
from boards.tally import tally_due
from communities.queries import offices_in
from moderation.cases import Case
from moderation.circle import Circle, circle
from moderation.lifecycle import Hearing
from moderation.models import Objection, PostDecision
from moderation.services import (
    change_standing,
    follow_up_holds,
    follow_up_objections,
    hear,
    object_to,
    step_aside,
    withdraw_objection,
)
from people.decisions import Conflict, Refused
from tests.boards.model import Author, Model, ModelPost
from tests.cast import Cast, sitting_now
from tests.parts import ON_POSTGRES
from tests.steps import HELD, changed, decided, sent_again

NOON = datetime(2026, 6, 10, 11, tzinfo=UTC)
AUTHORS = ("heron", "moss", "wren")
DECIDERS = ("wren", "ash", "juniper")
CIRCLE = (*DECIDERS, "rowan")
SEED = UUID(int=6)
TEXTS = st.sampled_from(["Tea again", "Rain again", f"Rain, {HELD}"])
PAST_PAUSE = [timedelta(minutes=minutes) for minutes in (1, 4, 5, 6, 20)]
SPANS = st.sampled_from([*PAST_PAUSE, timedelta(hours=23), timedelta(hours=25), timedelta(days=31)])
WHICH = st.integers(min_value=0, max_value=99)
# The rules are the same on both; PostgreSQL is asked for what it makes of each question.
LIVES = 4 if ON_POSTGRES else 12


def machine_for(cast: Cast, moment: list[datetime]) -> type[RuleBasedStateMachine]:
    """The machine, about this cast, whose time is `moment[0]`."""

    class AnyWay(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            moment[0] = NOON
            self.model = Model(authors={key: Author(key) for key in AUTHORS})
            self.rows: dict[int, Post] = {}
            self.last_form: tuple[str, Thread | None, str, str, UUID, int] | None = None
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)
            # The erasure list lies outside the database, and must not remember a life that never was.
            site.ERASURE_FILE.unlink(missing_ok=True)

        # What people do.

        @rule(by=st.sampled_from(AUTHORS), text=TEXTS, which=WHICH, opens=st.booleans())
        def write(self, by: str, text: str, which: int, opens: bool) -> None:
            seen = self.threads_seen()
            thread = None if opens or not seen else seen[which % len(seen)]
            words = f"{text} {len(self.rows)}"
            form = (by, thread, "" if thread else f"Title {len(self.rows)}", words, uuid5(SEED, words))
            post = self.attempt(lambda: self.send(*form), self.model.may_write(by))
            if post:
                added = self.model.write(post.pk, by, words, moment[0], None if thread is None else thread.pk)
                added.thread = post.thread_id
                self.rows[post.pk], self.last_form = post, (*form, post.pk)

        def send(self, by: str, thread: Thread | None, title: str, words: str, key: UUID) -> Post:
            return write_post(by=cast[by], thread=thread, title=title, text=words, form_key=key)

        @precondition(lambda self: self.last_form)
        @rule()
        def send_the_same_form_twice(self) -> None:
            *form, pk = self.last_form
            if self.model.may_write(form[0]):
                assert self.send(*form).pk == pk

        @precondition(lambda self: self.rows)
        @rule(which=WHICH, text=TEXTS)
        def change(self, which: int, text: str) -> None:
            post = self.pick(which)
            words = f"{text} v{post.version + 1}"
            verb = sent_again if post.state == "returned" else changed
            act = partial(verb, self.rows[post.pk], cast[post.author], words)
            if self.attempt(act, self.model.may_change(post, moment[0])):
                self.model.change(post, words, moment[0])

        @precondition(lambda self: self.rows)
        @rule(which=WHICH)
        def take_back(self, which: int) -> None:
            post = self.pick(which)
            allowed = self.model.may_change(post, moment[0]) or post.state == "taken_back"
            if self.attempt(lambda: take_back(post=self.rows[post.pk], by=cast[post.author]), allowed):
                self.model.take_back(post, moment[0])

        @rule(by=st.sampled_from(AUTHORS), span=SPANS)
        def write_and_regret(self, by: str, span: timedelta) -> None:
            # What comes of it is rare otherwise: only words that nobody held are erased after 30 days.
            if self.model.may_write(by):
                self.write(by=by, text="Quiet words", which=0, opens=True)
                self.take_back(which=len(self.rows) - 1)
                self.time_passes(span=span, sweeps=True)

        @precondition(lambda self: self.rows)
        @rule(which=WHICH, by=st.sampled_from(CIRCLE), verb=st.sampled_from(["release", "return", "hide", "put_back"]))
        def decide(self, which: int, by: str, verb: str) -> None:
            self.decided(self.pick(which), by, verb)

        @precondition(lambda self: self.rows)
        @rule(which=WHICH, by=st.sampled_from(DECIDERS))
        def remove(self, which: int, by: str) -> None:
            self.decided(self.pick(which), by, "remove")

        @precondition(lambda self: self.rows)
        @rule(which=WHICH, by=st.sampled_from(CIRCLE))
        def warn(self, which: int, by: str) -> None:
            self.decided(self.pick(which), by, "warn")

        @precondition(lambda self: self.rows)
        @rule(which=WHICH, by=st.sampled_from(CIRCLE))
        def leave_to_the_others(self, which: int, by: str) -> None:
            post = self.pick(which)
            act = partial(step_aside, post=self.rows[post.pk], by=sitting_now(cast[by]))
            allowed = by in self.model.circle(post) or by in post.aside
            if self.attempt(lambda: (act(), True), allowed) and by not in post.aside:
                self.model.step_aside(post, by)

        @precondition(lambda self: self.rows)
        @rule(which=WHICH)
        def object(self, which: int) -> None:
            post = self.pick(which)
            act = partial(object_to, case=self.rows[post.pk].ref, by=cast[post.author])
            if self.attempt(act, self.model.may_object(post)):
                self.model.object(post, moment[0])

        @precondition(lambda self: Objection.objects.exists())
        @rule(which=WHICH, by=st.sampled_from(CIRCLE), verdict=st.sampled_from(list(Hearing)))
        def hear(self, which: int, by: str, verdict: Hearing) -> None:
            rows = list(Objection.objects.order_by("pk"))
            row = rows[which % len(rows)]
            post = self.model.posts[int(row.case.partition(":")[2])]
            latest = Objection.objects.filter(case=row.case).latest("pk")
            before = copy.deepcopy(post)
            wanted = self.model.hear(post, by, verdict.value, moment[0])
            act = partial(hear, objection=latest, by=sitting_now(cast[by]), verdict=verdict)
            if not self.attempt(act, wanted):
                self.model.posts[post.pk] = before

        @precondition(lambda self: Objection.objects.exists())
        @rule(which=WHICH)
        def take_the_objection_back(self, which: int) -> None:
            rows = list(Objection.objects.order_by("pk"))
            row = Objection.objects.filter(case=rows[which % len(rows)].case).latest("pk")
            one = self.model.posts[int(row.case.partition(":")[2])].case.objection
            allowed = one.open or one.state == "withdrawn"
            if self.attempt(partial(withdraw_objection, objection=row, by=row.by), allowed):
                one.state = "withdrawn"

        def decided(self, post: ModelPost, by: str, verb: str) -> None:
            wanted = self.model.decision(post, by, verb, moment[0])
            outcome = self.attempt(lambda: decided(self.rows[post.pk], verb, cast[by]), wanted != "no")
            if outcome:
                assert ("done" if outcome.done else "first") == wanted
                self.model.decide(post, by, verb, wanted, moment[0])

        @rule(by=st.sampled_from(AUTHORS), one=st.sampled_from(CIRCLE), verb=st.sampled_from(["return", "remove"]))
        def write_and_object(self, by: str, one: str, verb: str) -> None:
            # As rare otherwise: a hold that is decided on, and what its author says to it.
            if self.model.may_write(by):
                self.write(by=by, text=f"Rain, {HELD}", which=0, opens=True)
                last = len(self.rows) - 1
                self.decided(self.pick(last), one, verb)
                self.object(which=last)
                if Objection.objects.exists():
                    self.hear(which=Objection.objects.count() - 1, by=one, verdict=Hearing.LET_STAND)

        # What time and standing do.

        @rule(span=SPANS, sweeps=st.booleans())
        def time_passes(self, span: timedelta, sweeps: bool) -> None:
            moment[0] += span
            if sweeps:
                self.the_sweeps_run()

        @rule(by=st.sampled_from(["heron", "moss"]))
        def is_suspended(self, by: str) -> None:
            until = moment[0] + timedelta(days=3650)
            act = partial(
                change_standing,
                membership=cast[by],
                verb="suspend",
                by="site",
                suspended_from="board",
                suspended_until=until,
            )
            if self.attempt(act, True):
                self.model.suspend(by, moment[0])

        @rule(by=st.sampled_from(["heron", "moss"]))
        def comes_back(self, by: str) -> None:
            act = partial(change_standing, membership=cast[by], verb="end_suspension", by="site")
            if self.attempt(act, not self.model.authors[by].active):
                self.model.authors[by].active = True

        def the_sweeps_run(self) -> None:
            tally_due()
            follow_up_holds()
            erase_due()
            follow_up_objections()
            self.model.erase(moment[0])
            self.model.follow_up(moment[0])

        # What must hold after each.

        @invariant()
        def every_post_is_in_the_one_state_it_should_be(self) -> None:
            rows = {row.pk: (row.state, row.visible_at, row.version) for row in Post.objects.all()}
            assert rows == {p.pk: (p.state, p.visible_at, p.version) for p in self.model.posts.values()}

        @invariant()
        def every_text_is_kept_or_was_erased_by_rule(self) -> None:
            kept = {(v.post_id, v.number): v.text for v in PostVersion.objects.all()}
            assert kept == self.model.texts()

        @invariant()
        def nothing_is_on_the_board_before_its_pause_is_over(self) -> None:
            shown = Post.objects.on_board(moment[0])
            assert {p.pk for p in shown} == {p.pk for p in self.model.on_board(moment[0])}
            assert all(post.pause_ends_at <= moment[0] for post in shown)

        @invariant()
        def pages_are_what_a_plain_count_finds_with_and_without_the_sweep(self) -> None:
            wanted = self.model.board(moment[0])
            assert self.board_shown() == wanted
            with transaction.atomic():
                tally_due()
                assert self.board_shown() == wanted
                transaction.set_rollback(True)
            for thread, *_rest in wanted:
                assert self.thread_shown(thread) == self.model.thread(thread, moment[0])

        @invariant()
        def a_decision_names_a_version_that_was(self) -> None:
            rows = PostDecision.objects.values_list("post_id", "version", "verb")
            assert set(rows) <= {(p.pk, n, verb) for p in self.model.posts.values() for n, verb in p.decisions}

        @invariant()
        def every_objection_is_where_it_should_be(self) -> None:
            latest = {row.case: row.state for row in Objection.objects.order_by("pk")}
            assert latest == {
                f"post:{p.pk}": p.case.objection.state for p in self.model.posts.values() if p.case.objection
            }

        @invariant()
        def nobody_decided_or_heard_where_they_had_a_part(self) -> None:
            for row in Objection.objects.exclude(heard_by=None).select_related("by"):
                assert row.heard_by_id not in {row.by_id, row.first_by_id}
            for row in PostDecision.objects.exclude(reason="meeting").select_related("post__thread"):
                assert not {row.by_id, row.seconded_by_id} & {row.post.author_id, row.post.thread.author_id}

        @invariant()
        def the_record_is_whole(self) -> None:
            assert verify() == []

        def board_shown(self) -> list[tuple[int, datetime, int]]:
            rows, before = [], None
            while True:
                page = board_page(cast.fern, moment[0], before)
                rows += [(row.thread.pk, row.latest_at, row.posts) for row in page.rows]
                if not page.older:
                    return rows
                before = boards.queries.Place.read(str(page.older))

        def thread_shown(self, pk: int) -> list[int]:
            thread = access_thread(cast.fern, pk, moment[0])
            page = thread_page(thread, moment[0])
            pages = [page]
            while page.newer:
                page = thread_page(thread, moment[0], after=boards.queries.Place.read(str(page.newer)))
                pages.append(page)
            for earlier, later in pairwise(pages):
                back = thread_page(thread, moment[0], before=boards.queries.Place.read(str(later.older)))
                assert [post.pk for post in back.posts] == [post.pk for post in earlier.posts]
            return [post.pk for page in pages for post in page.posts]

        def threads_seen(self) -> list[Thread]:
            return list(Thread.objects.shown_to(cast.fern, moment[0]).order_by("pk"))

        def pick(self, which: int) -> ModelPost:
            posts = list(self.model.posts.values())
            return posts[which % len(posts)]

        def attempt(self, act: Callable[[], object], allowed: bool) -> object:
            """Do it; that it is refused must be as foreseen."""
            try:
                with transaction.atomic():
                    result = act()
            except (Refused, Conflict, Http404):
                assert not allowed
                return None
            assert allowed
            return result

    return AnyWay


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The machine's time. The cast comes after it: counted from today, a term that is over could be running there."""
    moment = [NOON]
    monkeypatch.setattr(clock.source, "_source", lambda: moment[0])
    return moment


@pytest.fixture
def run(moment: list[datetime], cast: Cast, words_hold: None, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Run the machine over so many lives of a board, the same each time."""
    # Small pages, so that few posts fill several.
    monkeypatch.setattr(boards.queries.board, "THREADS_A_PAGE", 2)
    monkeypatch.setattr(boards.queries.thread, "POSTS_A_PAGE", 2)
    for key in CIRCLE:
        cast[key].terms.update(starts_at=NOON - timedelta(days=9), ends_at=None)
    # The model knows nobody else who decides.
    assert set(offices_in(cast.fellside.pk, NOON)) == {cast[key].pk for key in CIRCLE}

    def lives(count: int, begins: int | None = None) -> None:
        how = settings(
            max_examples=count,
            stateful_step_count=30,
            deadline=None,
            derandomize=begins is None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        machine = machine_for(cast, moment)
        run_state_machine_as_test(machine if begins is None else seed(begins)(machine), settings=how)

    return lives


def test_any_way_of_posts_keeps_what_must_hold(run: Callable[..., None]) -> None:
    run(LIVES)


def _everybody_hears(case: Case, aside: object, now: datetime, **known: object) -> Circle:
    return circle(offices_in(case.about.community_id, now), without={case.about.pk})


# What is broken, and with which beginning the machine meets it among its first lives: most others take it longer.
BROKEN = {
    "a release forgets the pause": ("boards.way.max", lambda ends, now: now, 7),
    "a change forgets the tally": ("boards.way.recount", lambda thread, now: None, 9),
    "words are erased too soon": ("boards.services.old_words.KEPT_FOR_AUTHOR", timedelta(hours=1), 8),
    "a removal takes one": ("moderation.services.deciding.takes_two", lambda *args, **kwargs: False, 9),
    "whoever decided hears it too": ("moderation.queries.objections.circle_of_case", _everybody_hears, 5),
    "a conflict is no matter": ("moderation.queries.conflicts.not_theirs", lambda posts: frozenset(), 10),
    "a change lifts a hold": ("boards.services.writing._verb_of_change", lambda state, holds: "release", 11),
}


# That the machine finds what is wrong is shown where it is quick; it is the same machine on both.
@pytest.mark.sqlite_only
@pytest.mark.parametrize("what", BROKEN)
def test_any_way_of_posts_with_a_broken_rule_is_found(
    run: Callable[..., None], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    name, instead, begins = BROKEN[what]
    monkeypatch.setattr(name, instead, raising=False)
    with pytest.raises((AssertionError, Conflict)):
        run(60, begins)
