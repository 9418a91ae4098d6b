"""How long the log keeps words: after the community's own time they go; that something happened stays (domain, 3).

What still stands on the board stays there, and what still waits for somebody stays whole. As with every erasing: on the
erasure list first, the list onto the disk, then the words go (audit.erasures); done twice, it changes nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

import clock
from audit import erasures
from audit.services import record
from boards import index
from boards.lifecycle import AWAITING_DECISION, State
from boards.models import Explanation, Post, PostVersion
from boards.policies import is_in_its_pause
from boards.queries import lock_post
from boards.services import may_go_now
from boards.services.blanking import blank
from boards.services.old_words import is_here, sign_of_post
from boards.way import move
from communities.models import Community
from communities.queries import rules_of
from meetings.models import CopiedPost
from moderation.models import PostDecision
from moderation.policies import erasing_must_wait

LOG_WORDS = "erase log words"
# What the author can't put on the board again: with the log's time its words are over.
OVER = (State.REMOVED, State.TAKEN_BACK)
A_LINE = 200


def register() -> None:
    """Say how it is done again after a restore; called once, as the site starts."""
    erasures.register(LOG_WORDS, replay_log_words)


@dataclass
class Due:
    """What has had its time: whole posts, earlier or returned versions, words of decisions (by their posts)."""

    posts: list[Post] = field(default_factory=list)
    versions: list[PostVersion] = field(default_factory=list)
    decided: list[Post] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.posts) + len(self.versions) + len(self.decided)


def keep_to_rules(*, most: int = A_LINE) -> int:
    """Erase what each community's log has kept for its time; returns how many things. Run by the sweep."""
    return sum(_keep_to_rule(community, most) for community in Community.objects.order_by("pk"))


def _keep_to_rule(community: Community, most: int) -> int:
    now = clock.now()
    before = now - timedelta(days=rules_of(community).log_kept_days)
    due = _due(community, before, most)
    if not due.count:
        return 0
    _list(due, before)
    may_go_now()
    for post in due.posts:
        _erase_whole(post.pk, still=True)
    _blank_rest([row.pk for row in due.versions], [post.pk for post in due.decided], before)
    return due.count


def _due(community: Community, before: datetime, most: int) -> Due:
    over = Post.objects.filter(community=community, state__in=OVER, was_held=True, changed_at__lte=before)
    removed = Post.objects.filter(community=community, state=State.REMOVED, changed_at__lte=before)
    versions = PostVersion.objects.filter(post__community=community, at__lte=before, was_held=True, erased_at=None)
    versions = versions.exclude(post__state__in=AWAITING_DECISION).select_related("post__author")
    earlier = versions.filter(number__lt=F("post__version"))
    returned = versions.filter(post__state=State.RETURNED, post__changed_at__lte=before, number=F("post__version"))
    spoken = Post.objects.filter(community=community).exclude(state__in=AWAITING_DECISION)
    decided = spoken.filter(decisions__at__lte=before, decisions__words__gt="")
    kept = _Kept(community)
    posts = kept.without((over | removed).select_related("author").distinct()[:most])
    gone = {post.pk for post in posts}
    rows = [row for row in [*earlier[:most], *returned[:most]] if row.post_id not in gone and not kept.keeps(row.post)]
    said = kept.without(decided.select_related("author").distinct()[:most])
    return Due(posts, rows, [post for post in said if post.pk not in gone])


class _Kept:
    """What stays for now: while its author's objection or a danger notice is open, or a meeting still waits for it."""

    def __init__(self, community: Community) -> None:
        waiting = CopiedPost.objects.filter(copy__item__community=community, copy__item__state="waiting")
        self.posts = set(waiting.values_list("post_id", flat=True))
        self.authors: dict[int, bool] = {}

    def keeps(self, post: Post) -> bool:
        if post.author_id not in self.authors:
            self.authors[post.author_id] = bool(erasing_must_wait(post.author))
        return self.authors[post.author_id] or post.pk in self.posts

    def without(self, posts: QuerySet[Post]) -> list[Post]:
        return [post for post in posts if not self.keeps(post)]


@transaction.atomic
def _list(due: Due, before: datetime) -> None:
    facts = {
        "posts": [[post.pk, _mark(post)] for post in due.posts],
        "versions": [[row.post_id, row.number, _mark(row.post)] for row in due.versions],
        "decided": [[post.pk, _mark(post)] for post in due.decided],
        "before": before.isoformat(),
    }
    erasures.note(verb=LOG_WORDS, subject="log", at=clock.now(), facts=facts)


def _mark(post: Post) -> str:
    return erasures.mark(sign_of_post(post))


@transaction.atomic
def _erase_whole(pk: int, *, still: bool) -> None:
    """Erase a post of the log with all that was said of it; with `still`, only if it is over as before."""
    post = lock_post(pk)
    now = clock.now()
    if post.state == State.ERASED or (still and post.state not in OVER):
        return
    if is_in_its_pause(post, now) or post.state == State.HELD:
        move(post, "take_back", now)
    move(post, "erase", now, title="", text="", html="", cover="", urgency=0)
    blank(post.versions.filter(erased_at=None), now)
    _forget_decisions([pk], now)
    index.forget([pk])
    record(chain=post.community.chain, verb="erase", actor="site", subject=post.ref, at=now, facts={"why": "log"})


@transaction.atomic
def _blank_rest(versions: list[int], decided: list[int], before: datetime) -> None:
    blank(PostVersion.objects.filter(pk__in=versions), clock.now())
    _forget_decisions(decided, before)


def _forget_decisions(posts: list[int], until: datetime) -> None:
    # What was written to the author speaks about the words, and may quote them; that something was decided stays.
    PostDecision.objects.filter(post__in=posts, at__lte=until).update(words="")
    Explanation.objects.filter(post__in=posts, at__lte=until).update(words="")


def replay_log_words(line: erasures.Line) -> None:
    """Do again what a line of the erasure list tells of the log, whatever the backup says of these posts."""
    told = line.told
    for pk, sign in told["posts"]:
        if is_here(pk, sign):
            _erase_whole(pk, still=False)
    for pk, number, sign in told["versions"]:
        if is_here(pk, sign):
            blank(PostVersion.objects.filter(post=pk, number=number, was_held=True), clock.now())
    decided = [pk for pk, sign in told["decided"] if is_here(pk, sign)]
    _forget_decisions(decided, datetime.fromisoformat(told["before"]))
