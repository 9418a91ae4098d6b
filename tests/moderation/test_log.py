"""The verbatim log: what is in it and for whom, what is never in it, and that opening it is on record."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from audit.models import Entry
from audit.queries import verify
from boards.models import Post
from communities.lifecycle import ApartState
from communities.models import KeepApart, Membership
from moderation.log_asked import DECIDED, HELD, QUIET, WORDS, Asked
from moderation.queries.log import A_PAGE, LogPage, LogPlace, log_page, people_in_log
from tests.cast import Cast, client_of
from tests.steps import NOON, changed, decided, reply, start

pytestmark = [pytest.mark.time_machine(NOON, tick=False), pytest.mark.usefixtures("words_hold")]
Bring = Callable[..., Post]
LOG = "/c/fellside/moderation/log/"
MARK = "CanaryInTheLog"
EVERYTHING = Asked()
# In each state of a post of Heron's, whether the Top Three read its words in the log.
READ = {
    "pause": False,
    "board": True,
    "held": True,
    "released_in_pause": False,
    "returned": True,
    "hidden": True,
    "hidden_a_day": True,
    "removed": True,
    "removed_from_hold": True,
    "taken_back": False,
    "taken_back_held": True,
    "erased": False,
}


def page_of(member: Membership, asked: Asked = EVERYTHING, before: LogPlace | None = None) -> LogPage:
    return log_page(member, asked, clock.now(), before)


def kinds(member: Membership, asked: Asked = EVERYTHING) -> list[str]:
    return [row.kind for row in page_of(member, asked).rows]


@pytest.mark.parametrize(("state", "is_read"), READ.items())
def test_words_in_the_log_are_those_that_stood_or_were_held(
    cast: Cast, bring: Bring, state: str, is_read: bool
) -> None:
    bring(state, cast.heron, MARK)
    page = client_of(cast.juniper).get(LOG).content.decode()
    assert (MARK in page) is is_read


@pytest.mark.parametrize("state", READ)
def test_nobody_reads_ones_own_post_there_nor_what_was_decided_on_it(cast: Cast, bring: Bring, state: str) -> None:
    bring(state, cast.wren, MARK)
    assert MARK not in client_of(cast.wren).get(LOG).content.decode()
    assert kinds(cast.wren) == []


@pytest.mark.parametrize(
    "key", ["heron", "rowan", "linden", "finch", "hazel", "sorrel", "bramble", "thorn", "willow", "dale", "otter"]
)
def test_the_log_is_missing_to_everybody_else(cast: Cast, bring: Bring, key: str) -> None:
    bring("removed", cast.moss, MARK)
    for path in (LOG, f"{LOG}bring/?v=1", f"{LOG}?person={cast.moss.pk}"):
        answer = client_of(cast[key]).get(path)
        assert (answer.status_code, MARK in answer.content.decode()) == (404, False)
    assert not Entry.objects.filter(verb="open log").exists()


def test_another_communitys_posts_are_not_in_it_whatever_is_asked(cast: Cast, bring: Bring) -> None:
    post = bring("held", cast.moss, MARK)
    otter = client_of(cast.otter)
    for query in ("", f"?person={cast.moss.pk}", f"?thread={post.thread_id}"):
        assert MARK not in otter.get(f"/c/riverside/moderation/log/{query}").content.decode()
    assert otter.get(f"/c/riverside/moderation/log/bring/?v={post.versions.get().pk}").status_code == 404


def test_a_held_post_that_was_taken_back_leaves_the_log_after_72_hours(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    bring("taken_back_held", cast.heron, MARK)
    time_machine.shift(timedelta(hours=72) - timedelta(seconds=1))
    assert kinds(cast.wren) == [WORDS]
    time_machine.shift(timedelta(seconds=1))
    assert kinds(cast.wren) == []


def test_what_was_never_held_and_taken_back_or_changed_is_said_without_words_or_a_name(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    bring("taken_back", cast.heron, MARK)
    post = start(cast.moss, f"{MARK} first")
    changed(post, cast.moss, f"{MARK} second")
    assert kinds(cast.wren) == [QUIET]  # while it rests, not even that
    time_machine.shift(timedelta(minutes=20))
    assert sorted(kinds(cast.wren)) == [QUIET, QUIET, WORDS]
    page = client_of(cast.wren).get(f"{LOG}?kind=quiet").content.decode()
    assert page.count("Somebody took their words back in the pause.") == 1
    assert page.count("Somebody changed their words in the pause.") == 1
    rows = page.partition('<ul class="rows">')[2].partition("</ul>")[0]
    assert MARK not in page
    assert not re.search("Heron|Moss", rows)
    # Asked for one person or one thread it would say whose it was.
    for asked in (Asked(person=cast.heron.pk), Asked(person=cast.moss.pk), Asked(thread=post.thread_id)):
        assert QUIET not in kinds(cast.wren, asked)


def test_the_log_is_looked_through_by_person_thread_time_and_kind(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    first = bring("board", cast.heron, "One")
    time_machine.shift(timedelta(days=1))
    second = bring("board", cast.moss, "Two")
    reply(cast.heron, second.thread, "Three")
    bring("held", cast.clover, "Four")
    decided(second, "hide", cast.ash)
    time_machine.shift(timedelta(minutes=20))

    def texts(**asked: object) -> list[str]:
        rows = page_of(cast.wren, Asked(**asked)).rows
        return [(row.version.text.split()[0] if row.version else row.decision.verb) for row in rows]

    assert texts() == ["Four", "Three", "hide", "Two", "One"]
    assert texts(person=cast.heron.pk) == ["Three", "One"]
    assert texts(person=cast.ash.pk) == ["hide"]
    assert texts(thread=second.thread_id) == ["Three", "hide", "Two"]
    assert texts(kind=HELD) == ["Four"]
    assert texts(kind=DECIDED) == ["hide"]
    assert texts(kind=WORDS, until=first.written_at + timedelta(hours=1)) == ["One"]
    assert texts(since=first.written_at + timedelta(hours=1), person=cast.heron.pk) == ["Three"]
    page = client_of(cast.wren).get(f"{LOG}?person={cast.heron.pk}&since=2026-06-11&until=2026-06-11")
    assert "Three" in page.content.decode()
    assert "One" not in re.sub("One(?: of|[a-z])", "", page.content.decode())


@pytest.mark.parametrize(
    "query",
    [
        "person=x",
        "person=999999999999999999999999",
        "thread=-1",
        "thread=99999999999999999999999",
        "since=0001-01-01",
        "until=9999-12-31",
        "since=nonsense",
        "kind=nonsense",
        "before=nonsense",
        "before=1,words,x",
        "before=99999999999999999,words,999999999999999999",
        "before=-1,words,1",
        "before=1%C2%B2,words,1",
    ],
)
def test_what_nobody_can_have_meant_breaks_nothing(cast: Cast, bring: Bring, query: str) -> None:
    bring("board", cast.heron, MARK)
    assert client_of(cast.wren).get(f"{LOG}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["", "v=x", "v=0", "v=99999999999999999999", "v=1&v=2&v=999999"])
def test_ticks_that_mean_nothing_bring_nothing(cast: Cast, query: str) -> None:
    assert client_of(cast.wren).get(f"{LOG}bring/?{query}").status_code in {302, 404}


def test_pages_go_on_without_a_gap_or_a_double_also_at_one_moment(
    cast: Cast, bring: Bring, time_machine: TimeMachineFixture
) -> None:
    # Some at the same moment, of every kind.
    for _ in range(25):
        start(cast.heron, "Words")
        bring("taken_back", cast.moss, "Gone")
    post = bring("board", cast.clover, "Here")
    for verb in ("hide", "put_back") * 10:
        decided(post, verb, cast.ash)
    seen, before = [], None
    while True:
        page = page_of(cast.wren, Asked(), before)
        assert len(page.rows) <= A_PAGE
        seen += [row.place for row in page.rows]
        if page.older is None:
            break
        before = LogPlace.read(str(page.older))
        assert before == page.older
    assert len(seen) == len(set(seen)) == 25 + 25 + 1 + 20
    assert seen == sorted(seen, reverse=True)


def test_each_opening_is_on_record_without_what_was_looked_for(cast: Cast, bring: Bring) -> None:
    bring("board", cast.heron, MARK)
    wren = client_of(cast.wren)
    wren.get(LOG)
    page = wren.get(f"{LOG}?person={cast.heron.pk}").content.decode()
    entries = list(Entry.objects.filter(verb="open log").order_by("number").values_list("actor", "subject", "facts"))
    assert entries == [
        (cast.wren.ref, "log", '{"narrowed by":[]}'),
        (cast.wren.ref, "log", '{"narrowed by":["person"]}'),
    ]
    assert len(re.findall(r"Wren,\s+<time", page)) == 2
    assert verify() == []


def test_one_out_of_office_or_without_their_second_step_opens_nothing(cast: Cast, bring: Bring) -> None:
    bring("removed", cast.heron, MARK)
    old = client_of(cast.ash, second_factor=False).get(LOG)
    assert (old.status_code, MARK in old.content.decode()) == (403, False)
    cast.wren.terms.update(ended_at=clock.now())
    assert client_of(cast.wren).get(LOG).status_code == 404


def test_whom_one_asked_to_be_kept_apart_from_is_not_met_here_and_they_notice_nothing(cast: Cast, bring: Bring) -> None:
    bring("removed", cast.ash, f"{MARK}-ASH")
    bring("removed", cast.wren, f"{MARK}-WREN")
    KeepApart.objects.create(
        community=cast.fellside,
        asker=cast.wren,
        other=cast.ash,
        begun_by=cast.wren,
        state=ApartState.IN_FORCE,
        asked_at=clock.now(),
        since=clock.now(),
    )
    assert MARK not in client_of(cast.wren).get(LOG).content.decode()
    assert f"{MARK}-WREN" in client_of(cast.ash).get(LOG).content.decode()
    assert cast.ash not in people_in_log(cast.wren)


def test_a_page_takes_at_most_fifteen_queries_however_much_there_is(cast: Cast, bring: Bring) -> None:
    def cost(query: str = "") -> int:
        client = client_of(cast.wren)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{LOG}{query}").status_code == 200
        return len([row for row in asked if not re.match("BEGIN|SAVEPOINT|RELEASE|COMMIT", row["sql"])])

    post = bring("board", cast.clover, "Here")
    decided(post, "hide", cast.ash)
    cost()
    few = [cost(), cost(f"?person={cast.clover.pk}")]
    for _ in range(40):
        bring("returned", cast.heron, "Words")
    assert [cost(), cost(f"?person={cast.heron.pk}")] == few
    assert max(few) <= 15


def test_words_made_to_harm_are_only_words(cast: Cast, bring: Bring) -> None:
    bring("removed", cast.heron, "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    page = client_of(cast.wren).get(LOG).content.decode()
    assert "<script>alert" not in page
    assert "<img src" not in page
