"""Objections and what they are about, put there without asking the services, for the walk of every address."""

from datetime import timedelta
from typing import Any

import clock
from boards.models import Explanation, Post
from communities.models import Membership
from moderation.lifecycle import ObjectionState
from moderation.models import Objection, PostDecision

NAMES = ("object", "own_objection", "withdraw_objection", "objection_to_meeting", "objection", "leave_hearing")


def things_at(name: str, post: Post, decider: Membership) -> dict[str, Any]:
    """What stands at one of moderation's addresses about this post, returned to its author by `decider`."""
    case = decided(post, decider)
    if name == "moderation:object":
        return {"case": case}
    state = ObjectionState.STANDS if name == "moderation:objection_to_meeting" else ObjectionState.OPEN
    return {"pk": objection(post.author, case, state, decider).pk}


def decided(post: Post, by: Membership) -> str:
    """Its author was told of a decision an hour ago; returns what the record calls the post."""
    at = clock.now() - timedelta(hours=1)
    PostDecision.objects.create(post=post, version=1, verb="return", reason="other", by=by, at=at)
    Explanation.objects.create(post=post, verb="return", reason="Something else", by_role="One of us", at=at)
    return post.ref


def objection(by: Membership, case: str, state: str, heard_by: Membership) -> Objection:
    """An objection in this state."""
    now = clock.now()
    heard: dict[str, Any] = {"heard_by": heard_by, "heard_at": now} if state == ObjectionState.STANDS else {}
    return Objection.objects.create(community=by.community, by=by, case=case, made_at=now, state=state, **heard)
