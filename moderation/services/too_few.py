"""Too few are left without a conflict: alternates are asked, then the community meeting (domain, section 4.3)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from boards.lifecycle import AWAITING_DECISION
from boards.models import Post
from boards.services import explain
from communities.models import Membership
from meetings.lifecycle import ItemKind
from meetings.queries import open_item
from meetings.services import call_special_meeting, put_on_agenda
from moderation.circle import TWO, Circle
from moderation.notifications import ask_alternates_to_decide
from moderation.policies import HIDDEN_BY_ONE_FOR
from moderation.queries import open_decision

# Alternates have this long, from the beginning of the hold, before the community is asked.
ALTERNATES_HAVE = timedelta(hours=24)
TO_MEETING = "to_meeting"


def see_to_enough(post: Post, circle: Circle, now: datetime) -> None:
    """See to it that somebody can decide on a locked post: ask the alternates, then call a special meeting, once.

    Called in the transaction of whatever may leave too few, and by the sweep; safe to call at any time. The post stays
    as it is meanwhile, and its author is told that the community is asked.
    """
    needed = _needed(post, now)
    if post.state not in AWAITING_DECISION or len(circle.deciders) >= needed:
        return
    waited = now - (post.hidden_at or post.held_at or now)
    if len(circle.people) < needed or waited >= ALTERNATES_HAVE:
        _bring_to_meeting(post, now)
        return
    alternates = Membership.objects.filter(pk__in=circle.alternates).select_related("person")
    ask_alternates_to_decide(post, list(alternates), now)


def _needed(post: Post, now: datetime) -> int:
    """How many it takes: two where one of two has spoken, or where one alone has hidden it for a day."""
    hidden_long = post.hidden_at is not None and now >= post.hidden_at + HIDDEN_BY_ONE_FOR
    return TWO if hidden_long or open_decision(post) is not None else 1


def _bring_to_meeting(post: Post, now: datetime) -> None:
    if open_item(post.community, ItemKind.POST, post.ref) is not None:
        return
    why = _("There is something that too few of those who look after this place can decide without a conflict.")
    call_special_meeting(community=post.community, why=why, by="site", now=now)
    title = _("A post that waits for all of us to decide")
    put_on_agenda(community=post.community, kind=ItemKind.POST, title=title, why="", by=None, ref=post.ref, now=now)
    explain(
        post=post,
        verb=TO_MEETING,
        reason=_("Too few of them are left who have nothing to do with it themselves"),
        words="",
        by_role=_("Those who look after this place"),
        now=now,
    )
