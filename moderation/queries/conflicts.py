"""Who has a conflict in a case, and so who is left to decide on it (domain, sections 4.3 and 8)."""

from collections.abc import Collection
from datetime import datetime

from boards.models import Post
from boards.queries.holding import not_theirs, stepped_aside
from boards.queries.thread import NO_NUMBER
from communities.apart import apart_from
from communities.lifecycle import Office
from communities.models import Membership
from communities.queries import offices_in
from moderation.cases import Case
from moderation.circle import Circle, Offices, circle
from people.decisions import YES, Decision, no


def in_conflict(post: Post, now: datetime) -> frozenset[int]:
    """Its author, whoever began its thread, whoever stepped aside, whoever is kept apart from its author. Two queries.

    The post comes with its author and its thread. Why somebody is among them is said to nobody.
    """
    return not_theirs([post]) | apart_from(post.author, now)


def circle_of_post(post: Post, now: datetime, *, offices: Offices | None = None) -> Circle:
    """Who may decide on this post now. Two queries, three where the offices have not been asked."""
    held = offices_in(post.community_id, now) if offices is None else offices
    return circle(held, without=in_conflict(post, now))


def circle_of_case(case: Case, aside: Collection[str], now: datetime, *, offices: Offices | None = None) -> Circle:
    """Who may hear an objection to this: nobody who decided, nobody with a conflict, not who made it.

    `aside`: the names under which somebody may have stepped aside. Two queries, three without the offices.
    """
    held = offices_in(case.about.community_id, now) if offices is None else offices
    not_they = case.decided_by | case.not_by | {case.about.pk} | apart_from(case.about, now) | stepped_aside(aside)
    return circle(held, without=not_they, fewest=2 if case.took_two else 1)


def is_asked_to_decide(membership: Membership, pk: int, now: datetime) -> Decision:
    """Whether this alternate stands in for one post, as too few are left. No query for anybody but an alternate."""
    if Office.ALTERNATE not in membership.offices or pk >= NO_NUMBER:
        return no("")
    posts = Post.objects.filter(pk=pk, community_id=membership.community_id).select_related("thread", "author")
    post = posts.first()
    if post is None:
        return no("")
    left = circle_of_post(post, now, offices=membership.everybodys_offices)
    return YES if left.stands_in(membership.pk) else no("")
