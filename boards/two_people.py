"""Two people only: after a while of writing to and fro, the others are asked in, gently (domain, section 2).

Looked at where a thread is counted, as posts come to the board; nothing is held by it and nobody is told off.
"""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boards.holds import TO_AND_FRO_POSTS, TO_AND_FRO_TIME
from boards.models import Post, Thread
from communities.models import Membership
from communities.queries import rules_of
from notices import kinds
from notices.services import tell

# A thread says that others are welcome for so long, or until somebody else has written.
SAID_FOR = TO_AND_FRO_TIME * 3


def register_all() -> None:
    """Make the kind of notice known; called once, as the site starts."""
    kinds.register("two_people", _("You have written with one other person for a while. Others are asked in now."))


def look(thread: Thread, now: datetime) -> None:
    """Ask the others in where the latest posts are to and fro between two; stop asking once somebody came.

    Called with the thread locked, as it is counted. Both are told, once in 24 hours. Two queries, none for a short
    thread.
    """
    if thread.others_asked_at is None and thread.shown_posts < TO_AND_FRO_POSTS:
        return
    latest = Post.objects.on_board(now).filter(thread=thread).order_by("-visible_at", "-pk")
    posts = list(latest.values_list("author_id", "visible_at")[:TO_AND_FRO_POSTS])
    two = {author for author, _at in posts}
    if len(two) > 2:
        if thread.others_asked_at is not None:
            Thread.objects.filter(pk=thread.pk).update(others_asked_at=None)
        return
    since = now - TO_AND_FRO_TIME
    within_a_day = all(at is not None and at >= since for _author, at in posts)
    to_and_fro = len(posts) == TO_AND_FRO_POSTS and len(two) == 2 and within_a_day
    asked_lately = thread.others_asked_at is not None and thread.others_asked_at > since
    if to_and_fro and not asked_lately and rules_of(thread.community).two_people_prompt:
        Thread.objects.filter(pk=thread.pk).update(others_asked_at=now)
        _tell(thread, two, now)


def _tell(thread: Thread, two: set[int], now: datetime) -> None:
    path = reverse("boards:thread", args=[thread.community.slug, thread.pk])
    for member in Membership.objects.filter(pk__in=two).select_related("person"):
        key = f"two_people:{thread.pk}:{int(now.timestamp())}:{member.pk}"
        tell(person=member.person, kind="two_people", key=key, path=path, now=now)


def asks_others_in(thread: Thread, now: datetime) -> bool:
    """Whether the thread's page and the list say that others are welcome. No query."""
    return thread.others_asked_at is not None and now < thread.others_asked_at + SAID_FOR
