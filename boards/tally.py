"""What a thread shows in a list: counted anew from its posts, never added up by hand.

Nothing depends on the sweep that calls this: a list adds the posts that came due since (boards.queries.board_page).
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Max, Min, Q

import clock
from boards import two_people
from boards.lifecycle import LEFT_A_PLACE, State
from boards.models import Post, Thread


def recount(thread_id: int, now: datetime) -> None:
    """Count what stands on the board in this thread now. In a transaction, with its thread locked. Four queries."""
    here = Post.objects.filter(thread_id=thread_id)
    # Marked first, then counted by the mark: what comes due in between is in neither, and a list adds it.
    here.on_board(now).filter(tallied=False).update(tallied=True)
    counted = here.filter(state=State.ACCEPTED, tallied=True).aggregate(
        posts=Count("pk"),
        latest=Max("visible_at"),
        answered=Min("visible_at", filter=~Q(author_id=F("thread__author_id"))),
    )
    opening = here.filter(is_opening=True, visible_at__isnull=False, state__in=(State.ACCEPTED, *LEFT_A_PLACE))
    shown_from = opening.values_list("visible_at", flat=True).first()
    Thread.objects.filter(pk=thread_id).update(
        shown_from=shown_from,
        shown_posts=counted["posts"],
        # A thread whose posts were all hidden keeps its place by its opening's time.
        latest_at=counted["latest"] or shown_from,
        answered_at=counted["answered"],
    )


def tally_due() -> int:
    """Count the threads in which posts came to the board since the last time; return how many threads."""
    due = Post.objects.on_board(clock.now()).filter(tallied=False).order_by()
    threads = list(due.values_list("thread_id", flat=True).distinct())
    for pk in threads:
        with transaction.atomic():
            Thread.objects.select_for_update(no_key=True).get(pk=pk)
            now = clock.now()
            recount(pk, now)
            two_people.look(Thread.objects.select_related("community").get(pk=pk), now)
    return len(threads)
