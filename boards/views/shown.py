"""One's own post as its page shows it: its state, what can be done with it, what was said about it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boards.holds import OVERDUE_AFTER
from boards.lifecycle import State
from boards.models import Explanation, Post
from boards.policies import is_in_its_pause, may_change, may_take_back
from communities.lifecycle import office_in_words
from communities.models import Membership


def own_post(post: Post, explanation: Explanation | None, membership: Membership, now: datetime) -> dict[str, Any]:
    """What templates/boards/own_post.html needs of one post."""
    address = {"slug": membership.community.slug, "post": post.pk}
    in_pause = is_in_its_pause(post, now)
    return {
        "post": post,
        "state": "pause" if in_pause else ("on_board" if post.state == State.ACCEPTED else post.state),
        "rests_for": _about(post.visible_at, now) if in_pause and post.visible_at else "",
        "change_url": reverse("boards:change", kwargs=address) if may_change(membership, post, now) else "",
        "take_back_url": reverse("boards:take_back", kwargs=address) if may_take_back(membership, post, now) else "",
        "overdue": _is_overdue(post, now),
        "explanation": explanation,
    }


def for_reader(post: Post, membership: Membership) -> dict[str, Any]:
    """A post of a thread as a reader meets it: whether it is their own, and what they can do about it."""
    own = post.author_id == membership.pk
    actions = []
    if membership.decides and not own and post.state != State.ERASED:
        href = reverse("moderation:post", kwargs={"slug": membership.community.slug, "post": post.pk})
        actions = [{"label": _("Look after this post"), "href": href}]
    if not own and post.state == State.ACCEPTED:
        href = reverse("moderation:report_post", kwargs={"slug": membership.community.slug, "post": post.pk})
        actions.append({"label": _("Report"), "href": href})
    role = office_in_words(membership.everybodys_offices.get(post.author_id, frozenset()))
    return {"post": post, "own": own, "role": role, "actions": actions}


def _is_overdue(post: Post, now: datetime) -> bool:
    return post.state == State.HELD and post.held_at is not None and now - post.held_at >= OVERDUE_AFTER


def _about(until: datetime, now: datetime) -> str:
    minutes = max(1, round((until - now).total_seconds() / 60))
    return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
