"""Posts that wait: the queue, one post with its story. Doors as everywhere: a miss is a 404."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Cast, Coalesce, Concat, RowNumber
from django.db.models.lookups import Exact
from django.shortcuts import get_object_or_404

from boards.lifecycle import State
from boards.models import Post, PostVersion, StepAside, Thread
from boards.policies import READABLE_WHEN_TAKEN_BACK
from boards.queries import awaiting_decision
from communities.models import Community, KeepApart, Membership
from moderation.lifecycle import Verb
from moderation.models import PostDecision
from moderation.policies import HIDDEN_BY_ONE_FOR

MOST_SHOWN = 200


@dataclass(frozen=True)
class Waiting:
    """A post in the queue, with what stands open about it. `not_mine`: its reader leaves it to the others."""

    post: Post
    since: datetime
    open_decision: PostDecision | None
    overdue: bool
    not_mine: bool = False


def queue(membership: Membership, now: datetime) -> list[Waiting]:
    """What waits for a decision, most urgent first: danger, hidden too long, then the longest waiting. Two queries.

    Called by pages that have asked `may_moderate`. One's own posts are not in it: others decide on them. However many
    posts of one author wait, nobody else's is lost behind them: everybody's most urgent come before anybody's next.
    What this reader has a conflict in is told as `not_mine`: a page says that it waits, and not whose it is.
    """
    waiting = awaiting_decision(membership.community).exclude(author=membership)
    order = ("-urgency", Coalesce("hidden_at", "held_at"), "pk")
    turn = Window(RowNumber(), partition_by="author_id", order_by=order)
    rows = waiting.annotate(turn=turn, not_mine=_not_for(membership)).order_by("turn", *order)
    posts = list(rows[:MOST_SHOWN])
    # By the versions in hand: the board's table, asked once more, would cost a page more on a larger board.
    pending = {(row.post_id, row.version): row for row in _open_decisions().filter(post__in=posts).select_related("by")}
    waiting_rows = [_waiting(post, pending.get((post.pk, post.version)), now) for post in posts]
    return sorted(waiting_rows, key=lambda row: (-row.post.urgency, not row.overdue, row.since, row.post.pk))


def _waiting(post: Post, pending: PostDecision | None, now: datetime) -> Waiting:
    since = post.hidden_at or post.held_at or post.changed_at
    overdue = post.hidden_at is not None and now >= post.hidden_at + HIDDEN_BY_ONE_FOR
    return Waiting(post, since, pending, overdue, bool(getattr(post, "not_mine", False)))


def _not_for(membership: Membership) -> Any:
    """Whether a post is not this member's to decide: their thread, left to the others, its author kept apart."""
    case = Concat(Value("post:"), Cast(OuterRef("pk"), CharField()))
    aside = StepAside.objects.filter(membership=membership, case=case)
    apart = KeepApart.objects.in_force().filter(
        Q(asker=membership, other=OuterRef("author_id")) | Q(asker=OuterRef("author_id"), other=membership)
    )
    # Each thread by its number: joined, a planner reads all threads of a small board for these few posts.
    began = Thread.objects.filter(pk=OuterRef("thread_id")).values("author_id")
    theirs = Exact(Subquery(began), membership.pk)
    return ExpressionWrapper(Q(theirs) | Q(Exists(aside)) | Q(Exists(apart)), output_field=BooleanField())


def queue_length(community: Community, *, but_not: Membership) -> int:
    """How many posts wait for a decision by somebody other than their author. One query."""
    return awaiting_decision(community).exclude(author=but_not).count()


def _open_decisions() -> QuerySet[PostDecision]:
    return PostDecision.objects.filter(needs_two=True, seconded_at=None, lapsed_at=None)


def _counting() -> QuerySet[PostDecision]:
    # A first voice about words that have changed since waits in vain: it lapses with the next decision.
    return _open_decisions().filter(version=F("post__version"))


def open_decision(post: Post) -> PostDecision | None:
    """The decision on this post that stands open, whether or not its first voice still counts. For deciding."""
    return _open_decisions().filter(post=post).select_related("by").first()


def first_of_two(post: Post) -> PostDecision | None:
    """What one person has decided about these very words, waiting for a second. For showing."""
    return _counting().filter(post=post).select_related("by").first()


def access_post(membership: Membership, pk: int, now: datetime) -> Post:
    """A post of the member's community that those who moderate may look at: on the board, held, hidden, removed,
    returned, or held and then taken back less than 72 hours ago. Raises Http404 for all else, one's own included.

    Called by pages that have asked `may_moderate`.
    """
    decided = Q(state__in=(State.HELD, State.HIDDEN, State.REMOVED, State.RETURNED))
    standing = Q(state=State.ACCEPTED, visible_at__lte=now)
    posts = Post.objects.filter(_taken_back_lately(now) | decided | standing, community_id=membership.community_id)
    # Given back, and over for the log (moderation.services.keeping): its author's alone.
    gone = PostVersion.objects.filter(post=OuterRef("pk"), number=OuterRef("version"), erased_at__isnull=False)
    posts = posts.exclude(Q(state=State.RETURNED) & Q(Exists(gone)))
    return get_object_or_404(posts.exclude(author=membership).select_related("author", "thread"), pk=pk)


def access_shown_before(membership: Membership, pk: int, now: datetime) -> Post:
    """A post that somebody who moderates has had before them, whatever it is by now: for answering their form.

    Only to be handed to a decision, never shown: it may be in its pause again. Raises Http404 for what no page of
    theirs ever showed.
    """
    once = Q(was_held=True) | Q(versions__was_held=True) | Q(state__in=(State.HIDDEN, State.REMOVED))
    standing = Q(state=State.ACCEPTED, visible_at__lte=now)
    posts = Post.objects.filter(once | standing, community_id=membership.community_id).exclude(author=membership)
    return get_object_or_404(posts.distinct(), pk=pk)


def taken_back_lately(membership: Membership, now: datetime) -> list[Post]:
    """Held posts that others took back less than 72 hours ago, the latest first. One query."""
    posts = Post.objects.filter(_taken_back_lately(now), community_id=membership.community_id)
    return list(posts.exclude(author=membership).select_related("author").order_by("-changed_at", "-pk")[:50])


def _taken_back_lately(now: datetime) -> Q:
    return Q(state=State.TAKEN_BACK, was_held=True, changed_at__gt=now - READABLE_WHEN_TAKEN_BACK)


@dataclass(frozen=True)
class Story:
    """What happened to a post: its versions that were ever held or stood on the board, and the decisions on it."""

    versions: list[PostVersion]
    decisions: list[PostDecision]


def story_of(post: Post) -> Story:
    """For those who moderate. A version changed in its pause and never held is its author's alone: left out."""
    versions = [row for row in post.versions.order_by("number") if row.was_held or row.number == post.version]
    decisions = list(post.decisions.select_related("by", "seconded_by").order_by("at"))
    return Story(versions, decisions)


def was_returned_before(post: Post) -> bool:
    """Whether this same text was returned to its author before."""
    numbers = PostDecision.objects.filter(post=post, verb="return", lapsed_at=None).filter(
        Q(needs_two=False) | Q(seconded_at__isnull=False)
    )
    same = PostVersion.objects.filter(post=post, number__in=numbers.values("version"), title=post.title, text=post.text)
    return same.exists()


def was_warned(post: Post) -> bool:
    """Whether its author has had a kind word about these very words already."""
    return PostDecision.objects.filter(post=post, verb=Verb.WARN, version=post.version).exists()
