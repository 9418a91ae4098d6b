"""Who decides on a post, and how many it takes (domain, sections 4.3 and 6)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from boards.lifecycle import State
from boards.models import Post
from boards.policies import is_in_its_pause
from communities.models import Membership
from communities.policies import acts_in_office
from moderation.lifecycle import DECIDABLE, Verb
from people.decisions import YES, Decision, no

HIDDEN_BY_ONE_FOR = timedelta(hours=24)


def may_moderate(membership: Membership, now: datetime) -> Decision:
    """The Top Three in office (or caretakers), with the second step given within 12 hours. One query."""
    return acts_in_office(membership, now)


def may_judge(membership: Membership, post: Post, now: datetime) -> Decision:
    """Whether this member may have a say on this post at all, whatever has become of it. One query.

    Never on one's own post, never without office, never on another community's.
    """
    if not (office := may_moderate(membership, now)):
        return office
    if post.community_id != membership.community_id:
        return no(_("This post is not here."))
    if post.author_id == membership.pk:
        return no(_("This is your own post. Somebody else of you decides on it."))
    return YES


def may_decide(membership: Membership, post: Post, verb: Verb, now: datetime) -> Decision:
    """Whether this member may take this decision on this post now, alone or as one of two. One query.

    Not while it rests in its pause: until others can read it, it is its author's alone.
    """
    if not (judge := may_judge(membership, post, now)):
        return judge
    if verb not in DECIDABLE.get(State(post.state), ()) or is_in_its_pause(post, now):
        return no(_("This can't be done with this post now."))
    return YES


def takes_two(post: Post, verb: Verb, now: datetime, *, returned_before: bool) -> bool:
    """Whether a second person must join: a removal, a second return of the same text, anything hidden over 24 hours."""
    if verb == Verb.REMOVE or (verb == Verb.RETURN and returned_before):
        return True
    return post.hidden_at is not None and now >= post.hidden_at + HIDDEN_BY_ONE_FOR
