"""Pages cost the same few queries on a board of 100 posts and on one of 10,000 (issue: "Done means")."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

import clock
from boards.models import Post, Thread
from communities.models import Community, Membership
from peernet.demo.large import Size, fill_large
from tests.cast import client_of, on_duty
from tests.steps import HELD, NOON, decided, start

pytestmark = pytest.mark.time_machine(NOON, tick=False)

SMALL, LARGE = Size(members=12, threads=25, posts=100), Size(members=110, threads=400, posts=10_000)
# Of each page, and of a reply in each state.
Costs = tuple[dict[str, int], dict[str, int]]
# A transaction's own frame is not counted.
FRAME = re.compile(r"^(BEGIN|SAVEPOINT|RELEASE|COMMIT|ROLLBACK)")


class Board:
    """A large board with something of everything on it, and somebody signed in."""

    def __init__(self, size: Size, time: TimeMachineFixture) -> None:
        self.community: Community = fill_large(size, clock.now())
        self.first, self.second, self.third = Membership.objects.filter(
            community=self.community, state="active", kind="member"
        ).order_by("pk")[:3]
        for caretaker in (self.first, self.second):
            on_duty(caretaker)
        due = start(self.third)
        waiting = [start(self.third, HELD) for _ in range(3)]
        decided(waiting[0], "return", self.first)
        decided(waiting[1], "remove", self.first)
        time.shift(timedelta(minutes=20))
        decided(due, "hide", self.first)
        self.due = start(self.third)  # due, and counted by nobody yet
        time.shift(timedelta(minutes=20))
        start(self.third)  # in its pause
        self.held = waiting[2]
        self.thread = Thread.objects.filter(community=self.community).order_by("-shown_posts").first()

    def address(self, path: str) -> str:
        return f"/c/{self.community.slug}/{path}"


def spent(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [query["sql"] for query in captured if not FRAME.match(query["sql"])]


# What each page costs, whatever the size: a change of a number here is a decision.
PAGES = {"board/": 10, "board/{thread}/": 10, "": 16, "waiting/": 10, "waiting/{held}/": 12, "moderation/": 13}


def at_size(size: Size, time: TimeMachineFixture, measure: Callable[[Board], Costs]) -> Costs:
    """Measure on a board of this size, and leave nothing of it."""
    with transaction.atomic():
        measured = measure(Board(size, time))
        transaction.set_rollback(True)
    return measured


def pages(board: Board) -> dict[str, int]:
    costs = {}
    for page in PAGES:
        client = client_of(board.first if "moderation" in page else board.third)
        path = board.address(page.format(thread=board.thread.pk, held=board.held.pk))
        answers = [client.get(path)]
        costs[page] = len(spent(lambda at=path, by=client, to=answers: to.append(by.get(at))))
        assert {answer.status_code for answer in answers} == {200}
    return costs


def replies(board: Board) -> dict[str, int]:
    client, path = client_of(board.third), board.address(f"board/{board.thread.pk}/")
    costs = {}
    for state, text in (("accepted", "Hello"), ("held", HELD)):
        form = {"text": text, "form_key": str(uuid4())}
        answers = []
        costs[state] = len(spent(lambda what=form, to=answers: to.append(client.post(path, what))))
        assert answers[0].status_code == 302
        assert Post.objects.latest("pk").state == state
    return costs


# What is asked is the same on both; which way the answer is found is what the last test looks at.
@pytest.mark.sqlite_only
def test_each_page_and_a_reply_cost_the_same_few_queries_at_any_size(
    db: None, words_hold: None, time_machine: TimeMachineFixture
) -> None:
    few = at_size(SMALL, time_machine, lambda board: (pages(board), replies(board)))
    assert {page: cost for page, cost in few[0].items() if cost > PAGES[page]} == {}
    assert max(few[1].values()) <= 20
    assert at_size(LARGE, time_machine, lambda board: (pages(board), replies(board))) == few


@pytest.mark.postgres_only
def test_hot_pages_walk_along_an_index(db: None, words_hold: None, time_machine: TimeMachineFixture) -> None:
    board = Board(LARGE, time_machine)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE boards_post, boards_thread, boards_postwords, boards_readmark")
    client = client_of(board.third)
    found = {}
    # The list, a thread, the front page with its number of what is new, a search; the queue of one who decides.
    paths = dict.fromkeys(("board/", f"board/{board.thread.pk}/", "", "search/?q=kettle"), client)
    for path, asking in (paths | {"moderation/": client_of(board.first)}).items():
        for query in spent(partial(asking.get, board.address(path))):
            if query.lstrip(" (\n").startswith(("SELECT", "WITH")) and "boards_post" in query:
                found[query] = plan_of(query)
    assert any("@@" in query for query in found)
    assert any("boards_readmark" in query for query in found)
    assert {query: plan for query, plan in found.items() if "Seq Scan on boards_post" in plan} == {}


def plan_of(query: str) -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        # The search walks along its index whatever the statistics say (boards.queries.search).
        cursor.execute(f"SET LOCAL enable_seqscan = {'off' if '@@' in query else 'on'}")
        cursor.execute(f"EXPLAIN {query}")
        return "\n".join(line for (line,) in cursor.fetchall())
