"""Why a post should wait for a person: the community's rules asked one by one (domain, section 6)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_noop

from boards import screening
from boards.lifecycle import State
from boards.models import Post, PostQuerySet, Thread
from boards.mourning import finding_of
from boards.queries.holding import holds_everything
from boards.screening.findings import SELF_HARM, THREAT
from communities.duty import watch
from communities.models import Membership
from communities.queries import Rules

FIRST_POSTS = 2
NEVER_CAME = (State.TAKEN_BACK, State.RETURNED, State.ERASED)
TO_AND_FRO_POSTS = 8
# A hold that waits longer than this is overdue: staff are told that it waits, and its author reads that they are.
OVERDUE_AFTER = timedelta(minutes=60)
TO_AND_FRO_TIME = timedelta(hours=24)

Finding = dict[str, Any]


def findings_for(
    *,
    author: Membership,
    thread: Thread | None,
    title: str,
    text: str,
    rules: Rules,
    now: datetime,
    cover: str = "",
    changing: Post | None = None,
) -> list[Finding]:
    """Return what asks for a person to look at these words by this author; empty lets them rest and appear.

    Title, cover and text are read as one (safety checks, 6.5); the post that is `changing` is not counted beside
    itself. Raises `screening.TextTooLong`. No query unless a rule that counts is on, or `thread` came by no door.
    """
    return [
        *_of_everything(author, thread, now),
        *_of_words([title, cover, text], rules),
        *finding_of(author.community, "\n".join((title, cover, text)), now),
        *_of_first_posts(author, rules, now, changing),
        *_of_to_and_fro(author, thread, rules, now, changing),
    ]


def _of_words(words: list[str], rules: Rules) -> Iterator[Finding]:
    asked = {
        THREAT: rules.hold_imminent_threat,
        SELF_HARM: rules.hold_account_of_self_harm,
    }
    on = frozenset(name for name, switch in asked.items() if switch)
    for found in screening.screen("\n".join(filter(None, words)), rules=on):
        yield {"rule": found.rule, "reason": found.reason, "urgency": found.urgency, "phrase": found.phrase}


def _of_everything(author: Membership, thread: Thread | None, now: datetime) -> Iterator[Finding]:
    if holds_everything(author, thread, now):
        reason = gettext_noop("For now, somebody looks at every post first. That was decided together.")
        yield {"rule": "everything", "reason": reason, "urgency": 0, "phrase": ""}


def _of_first_posts(author: Membership, rules: Rules, now: datetime, changing: Post | None) -> Iterator[Finding]:
    if not rules.hold_first_posts:
        return
    written = _others(changing).filter(author=author).exclude(state__in=NEVER_CAME)
    # Only while somebody looks: a first hello must not lie unread all night.
    if written[:FIRST_POSTS].count() < FIRST_POSTS and watch(author.community, now, but_not=author).somebody_is_on:
        reason = gettext_noop("It is one of a new member's first posts.")
        yield {"rule": "first_posts", "reason": reason, "urgency": 0, "phrase": ""}


def _of_to_and_fro(
    author: Membership, thread: Thread | None, rules: Rules, now: datetime, changing: Post | None
) -> Iterator[Finding]:
    if thread is None or not rules.hold_to_and_fro:
        return
    since = now - TO_AND_FRO_TIME
    authors = list(
        _others(changing)
        .filter(thread=thread, written_at__gte=since, state=State.ACCEPTED)
        .order_by("-written_at")
        .values_list("author_id", flat=True)[:TO_AND_FRO_POSTS]
    )
    two = set(authors)
    if len(authors) == TO_AND_FRO_POSTS and len(two) == 2 and author.pk in two:
        reason = gettext_noop("Two people have written only to each other here for a day.")
        yield {"rule": "to_and_fro", "reason": reason, "urgency": 0, "phrase": ""}


def _others(changing: Post | None) -> PostQuerySet:
    return Post.objects.exclude(pk=changing.pk) if changing else Post.objects.all()


def urgency_of(findings: list[Finding]) -> int:
    """How soon somebody should look: 2 where a life may be at stake, 1 for other words, 0 for the rest."""
    return max((int(found["urgency"]) for found in findings), default=0)
