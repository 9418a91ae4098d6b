"""One's own post as its page shows it: its state, what can be done with it, what was said about it."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from boards.holds import OVERDUE_AFTER
from boards.lifecycle import State
from boards.models import Explanation, Post
from boards.policies import is_in_its_pause, may_change, may_take_back
from boards.queries import NOTHING_MUTED, Mutes
from clock.words import said as _
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


def differs_by(post: Post, membership: Membership, mutes: Mutes = NOTHING_MUTED) -> tuple[object, ...]:
    """All that `for_reader` makes of a reader: two of one community for whom this is the same get the same row."""
    return (post.author_id == membership.pk, membership.decides, mutes)


def for_reader(post: Post, membership: Membership, mutes: Mutes = NOTHING_MUTED) -> dict[str, Any]:
    """A post of a thread as a reader meets it: their own or not, folded or not, and what they can do about it.

    `mutes` are the reader's (boards.queries.mutes_of), loaded once for all the posts of a page or a message.
    """
    own = post.author_id == membership.pk
    actions = []
    if membership.decides and not own and post.state != State.ERASED:
        href = _at("moderation:post", membership.community.slug, post.pk)
        actions = [{"label": _("Look after this post"), "href": href}]
    if not own and post.state == State.ACCEPTED:
        href = _at("moderation:report_post", membership.community.slug, post.pk)
        actions.append({"label": _("Report"), "href": href})
    if not own and post.state != State.ERASED:
        actions.append(_mute_action(post, membership.community.slug, mutes))
    role = office_in_words(membership.everybodys_offices.get(post.author_id, frozenset()))
    folded = mutes.folds(post, membership) if post.state == State.ACCEPTED else ""
    # The page itself does not say the title of a thread that begins folded.
    heading = post.title if folded and post.is_opening else ""
    return {"post": post, "own": own, "role": role, "actions": actions, "folded": folded, "heading": heading}


def for_guest(post: Post, reader: Membership) -> dict[str, Any]:
    """A post of a thread as staff whom the community asked in read it: the words, and nothing to do about them."""
    role = office_in_words(reader.everybodys_offices.get(post.author_id, frozenset()))
    return {"post": post, "own": False, "role": role, "actions": [], "folded": "", "heading": ""}


def _mute_action(post: Post, slug: str, mutes: Mutes) -> dict[str, str]:
    if post.author_id in mutes.people:
        return {"label": _("What I have muted"), "href": _at("boards:muted", slug)}
    return {"label": _("Mute this person"), "href": _at("boards:mute_author", slug, post.pk)}


# A page of posts has three addresses for each, and the same thread is read by many.
@lru_cache(maxsize=4096)
def _at(name: str, slug: str, *post: int) -> str:
    return reverse(name, args=[slug, *post])


def _is_overdue(post: Post, now: datetime) -> bool:
    return post.state == State.HELD and post.held_at is not None and now - post.held_at >= OVERDUE_AFTER


def _about(until: datetime, now: datetime) -> str:
    minutes = max(1, round((until - now).total_seconds() / 60))
    return ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
