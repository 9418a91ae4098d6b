"""What PostgreSQL does for each question of the hot pages: the plan, the buffers it touches, the time. Prints JSON.

`python -m bench.measuring.plans`, where the community "large" is; DJANGO_SETTINGS_MODULE names the settings.
"""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any


def nodes(plan: dict[str, Any]) -> list[str]:
    """The steps of a plan, each with the index it walks along."""
    name = " ".join(str(plan[key]) for key in ("Node Type", "Index Name", "Relation Name") if key in plan)
    return [name, *(step for part in plan.get("Plans", ()) for step in nodes(part))]


def measured(ask: Callable[[], object], times: int = 20) -> dict[str, Any]:
    """The statements that `ask` sends: their plans and buffers, and how long all of it takes (the middle of many)."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    ask()
    with CaptureQueriesContext(connection) as captured:
        ask()
    plans, buffers = [], 0
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in (query["sql"] for query in captured):
            if sql.startswith("SET "):
                cursor.execute(sql)
            elif sql.lstrip(" (\n\t").upper().startswith(("SELECT", "WITH")):
                cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
                plan = cursor.fetchone()[0][0]["Plan"]
                plans.append(nodes(plan))
                buffers += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    took = []
    for _ in range(times):
        started = time.perf_counter()
        ask()
        took.append(time.perf_counter() - started)
    return {"plans": plans, "buffers": buffers, "ms": round(1000 * sorted(took)[times // 2], 2)}


def questions() -> dict[str, Callable[[], object]]:
    """The hot questions of one member of the community, by what they are for."""
    import clock
    from boards.models import Thread
    from boards.queries import Place, access_thread, board_page, new_in, search_posts, thread_page, threads_with_new
    from communities.models import Membership
    from moderation.queries import queue

    now = clock.now()
    members = Membership.objects.select_related("community", "person").filter(community__slug="large")
    member, caretaker = members.get(display_name="Member 5"), members.get(display_name="Member 0")
    longest = Thread.objects.filter(community=member.community).order_by("-shown_posts", "pk")[0]
    old = Place(now - timedelta(days=300), 1)
    newest = board_page(member, now)
    middle = thread_page(longest, now).posts[-1].visible_at + (now - longest.shown_from) / 2
    return {
        "list": lambda: board_page(member, now),
        "list, old": lambda: board_page(member, now, old),
        "thread, first page": lambda: thread_page(access_thread(member, longest.pk, now), now),
        "thread, middle": lambda: thread_page(longest, now, after=Place(middle, 1)),
        "thread, last page": lambda: thread_page(longest, now, before=Place(now, 2**62)),
        "search, a common word": lambda: search_posts(member, ("kettle",), now),
        "search, a word of one title in ten thousand": lambda: search_posts(member, ("about", "37"), now),
        "search, a word nobody wrote": lambda: search_posts(member, ("zeppelin",), now),
        "unread in a list": lambda: new_in(member, [row.thread.pk for row in newest.rows], now),
        "unread on the front page": lambda: threads_with_new(member, now),
        "queue": lambda: queue(caretaker, now),
    }


def main() -> None:
    import django

    django.setup()
    print(json.dumps({name: measured(ask) for name, ask in questions().items()}))


if __name__ == "__main__":
    main()
