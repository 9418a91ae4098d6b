"""Looking for words on the board: a plain form, and results that lead to the posts themselves."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from boards.excerpts import excerpt
from boards.models import Post
from boards.plain_words import text_of
from boards.policies import may_read_board
from boards.queries import Found, Mutes, Place, asked_for, mutes_of, search_posts
from communities.entry import enter, or_404
from communities.models import Membership

TROUBLE = {
    "nothing": _("Please write a word to look for, with letters or numbers in it."),
    "too_common": _("These words stand in nearly every post. Please add another one."),
    "too_long": _("That is a lot to look for. Ten words are enough."),
}


@require_safe
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Look for posts with all of some words, the newest first. Nothing of what was looked for is kept or logged."""
    membership, now = enter(request, slug)
    or_404(may_read_board(membership))
    written = request.GET.get("q", "")
    asked = asked_for(written)
    before = Place.read(request.GET.get("before", ""))
    found = search_posts(membership, asked.words, now, before)
    context = {
        "written": "" if asked.trouble == "too_long" else written.replace("\0", " ").strip(),
        "trouble": TROUBLE.get(asked.trouble, "") if written.strip() else "",
        "has_looked": bool(asked.words),
        "results": _results(found, asked.words, membership, mutes_of(membership)) if found.posts else [],
        "before": before,
        "older_url": f"?{urlencode({'q': written, 'before': str(found.older)})}" if found.older else "",
        "newest_url": f"?{urlencode({'q': written})}" if before else "",
        "now": now,
        "page_kind": "search",
    }
    return render(request, "boards/search.html", context)


def _results(found: Found, words: tuple[str, ...], membership: Membership, mutes: Mutes) -> list[dict[str, Any]]:
    board = reverse("boards:board", args=[membership.community.slug])
    return [
        {
            "post": post,
            "title": found.openings[post.thread_id].title if post.thread_id in found.openings else "",
            "folded": mutes.folds(post, membership) or _folded_by_title(found, post, membership, mutes),
            "parts": excerpt(text_of(post.html), words),
            "href": f"{board}{post.thread_id}/?{urlencode({'after': str(_just_before(post))})}#post-{post.pk}",
        }
        for post in found.posts
    ]


def _folded_by_title(found: Found, post: Post, membership: Membership, mutes: Mutes) -> str:
    opening = found.openings.get(post.thread_id)
    return mutes.folds_title(opening, membership) if opening else ""


def _just_before(post: Post) -> Place:
    assert post.visible_at is not None
    return Place(post.visible_at - timedelta(microseconds=1), post.pk)
