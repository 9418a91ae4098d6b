"""One's own posts that others can't read: in their pause, held, returned, hidden. Change them, take them back."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boards.forms import ChangeForm, ChangeOpeningForm
from boards.lifecycle import State
from boards.models import Post
from boards.policies import may_change, may_read_board, may_see_own_waiting, may_take_back
from boards.queries import access_own_post, drafts_of, explanations_of, has_a_place, own_posts_apart, title_of
from boards.queries.holding import nobody_says_they_look
from boards.services import change_post, send_again
from boards.services import take_back as take_post_back
from boards.views.drafts import begun, is_saving, save
from boards.views.shown import own_post
from boards.views.words import looking_in_words, plan_beside, writing_context
from communities.duty import watch
from communities.entry import enter, or_404
from communities.models import Membership
from people.decisions import require


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """All of one's own posts that are not simply on the board, with what happens next."""
    membership, now = enter(request, slug)
    or_404(may_see_own_waiting(membership))
    posts = own_posts_apart(membership, now)
    explained = explanations_of(posts)
    rows = [own_post(post, explained.get(post.pk), membership, now) for post in posts]
    drafts = [{"draft": draft, "words": draft.words} for draft in drafts_of(membership)]
    context = {"rows": rows, "drafts": drafts, "now": now, "page_kind": "waiting", **_looking(posts, membership, now)}
    return render(request, "boards/waiting.html", context)


@require_safe
def one(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """One of one's own posts, as it is now: the page after sending, and the one to come back to."""
    membership, now = enter(request, slug)
    or_404(may_see_own_waiting(membership))
    own = access_own_post(membership, post)
    if has_a_place(own, now) and own.state == State.ACCEPTED:
        return redirect("boards:thread", slug=slug, thread=own.thread_id)
    row = own_post(own, explanations_of([own]).get(own.pk), membership, now)
    reads = bool(may_read_board(membership))
    context = {
        "row": row,
        # Away or suspended, one's own words are here; what others wrote above them is not.
        "title": title_of(own, now) if reads else "",
        "reads_board": reads,
        "now": now,
        "page_kind": "waiting",
    }
    context |= _looking([own], membership, now) | plan_beside(membership, now)
    return render(request, "boards/one.html", context)


def change(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """Change a post in its pause or while held, or send a returned one again."""
    membership, now = enter(request, slug)
    or_404(may_see_own_waiting(membership))
    own = access_own_post(membership, post)
    if is_saving(request):
        return save(request, membership, post=own)
    start = begun(request, membership, post=own)
    words = {"title": own.title, "text": own.text, "cover": own.cover, "version": own.version} | start["words"]
    form = (ChangeOpeningForm if own.is_opening else ChangeForm)(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        verb = send_again if own.state == State.RETURNED else change_post
        verb(post=own, by=membership, **form.sent)
        return redirect("boards:one", slug=slug, post=own.pk)
    if request.method != "POST":
        require(may_change(membership, own, now))
    context = {"form": form, "post": own, "page_kind": "waiting"} | start | writing_context(membership)
    context |= plan_beside(membership, now)
    return render(request, "boards/change.html", context)


def take_back(request: HttpRequest, slug: str, post: int) -> HttpResponse:
    """Ask first, then take a waiting post back."""
    membership, now = enter(request, slug)
    or_404(may_see_own_waiting(membership))
    own = access_own_post(membership, post)
    if request.method == "POST":
        take_post_back(post=own, by=membership)
        return redirect("boards:waiting", slug=slug)
    require(may_take_back(membership, own, now))
    return render(request, "boards/take_back.html", {"post": own, "page_kind": "waiting"})


def _looking(posts: list[Post], membership: Membership, now: datetime) -> dict[str, Any]:
    """Who looks and when, said only where something is held (domain, section 4.6)."""
    held = [post for post in posts if post.state in {State.HELD, State.HIDDEN}]
    if not held:
        return {}
    looking = watch(membership.community, now, but_not=membership, nor=nobody_says_they_look(held))
    return {"looking": looking_in_words(looking, now)}
