"""Decisions on posts as something to object to: found by the post's number, undone by leading the post back."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boards.lifecycle import State
from boards.models import Explanation, Post
from boards.notifications import hold_key
from boards.queries import lock_post
from boards.queries.holding import not_theirs
from boards.services import apply_decision
from communities.models import Membership
from moderation import cases
from moderation.cases import Case
from moderation.lifecycle import OBJECTABLE, Reason, Verb
from moderation.models import PostDecision
from notices.services import withdraw

WHAT = {
    Verb.RETURN: gettext_lazy("A post of yours was given back to you"),
    Verb.HIDE: gettext_lazy("A post of yours was hidden"),
    Verb.REMOVE: gettext_lazy("A post of yours was taken off the board"),
    Verb.WARN: gettext_lazy("Somebody wrote to you about a post of yours"),
}


def register() -> None:
    """Make posts something to object to; called once, as the site starts."""
    title = gettext_lazy("An objection to what was decided about a post")
    cases.register(cases.CaseKind("post", title, find, undo, lock_post))


def find(community_id: int, number: int, now: datetime) -> Case | None:
    """The newest decision about this post that its author was told of and may object to. Four queries."""
    rows = Post.objects.filter(pk=number, community_id=community_id).exclude(state=State.ERASED)
    post = rows.select_related("author__community", "author__person", "thread", "community").first()
    if post is None:
        return None
    told = Explanation.objects.filter(post=post, verb__in=OBJECTABLE).order_by("-pk").first()
    if told is None:
        return None
    decisions = list(PostDecision.objects.filter(post=post, verb__in=OBJECTABLE, lapsed_at=None))
    took_part = {pk for row in decisions for pk in (row.by_id, row.seconded_by_id) if pk}
    return Case(
        ref=post.ref,
        about=post.author,
        what=str(WHAT[Verb(told.verb)]),
        at=told.at,
        by_role=told.by_role,
        decided_by=frozenset(took_part),
        why=told.reason,
        words=told.words,
        took_two=any(row.seconded_by_id and row.verb == told.verb for row in decisions),
        not_by=not_theirs([post]),
        back_to=reverse("moderation:told", args=[post.community.slug]),
        shown=((post.title or _("The post"), post.text),),
    )


def undo(case: Case, *, by: Membership, first: Membership | None, at_meeting: bool, now: datetime) -> None:
    """Lead the post back to where it stood, or let it appear. Nothing where it stands there, or its author has it.

    Its words are those that were decided about: what was changed meanwhile went its own way.
    """
    number = cases.number_of(case.ref)
    assert number is not None
    post = lock_post(number)
    verb = _way_back(post)
    if verb is None:
        return
    PostDecision.objects.filter(post=post, needs_two=True, seconded_at=None, lapsed_at=None).update(lapsed_at=now)
    PostDecision.objects.create(
        post=post,
        version=post.version,
        verb=verb,
        reason=Reason.MEETING if at_meeting else Reason.OBJECTION,
        by=first or by,
        at=now,
        needs_two=first is not None,
        seconded_by=by if first is not None else None,
        seconded_at=now if first is not None else None,
    )
    withdraw(key_prefix=hold_key(post), now=now)
    apply_decision(post=post, verb=verb, now=now)


def _way_back(post: Post) -> Verb | None:
    if post.state == State.HIDDEN or (post.state == State.REMOVED and post.visible_at is not None):
        return Verb.PUT_BACK
    if post.state in {State.REMOVED, State.RETURNED}:
        return Verb.RELEASE
    return None
