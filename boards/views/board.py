"""The board: the list of threads, a thread, and writing."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from boards.forms import ReplyForm, ThreadForm
from boards.models import Thread
from boards.policies import may_read_board, may_write
from boards.queries import (
    Place,
    PostPage,
    access_thread,
    opening_of,
    own_waiting_in,
    thread_page,
)
from boards.queries.holding import all_held_until
from boards.services import write_post
from boards.two_people import asks_others_in
from boards.views.drafts import begun, is_saving, save
from boards.views.reading import Reader, board_for
from boards.views.words import plan_beside, writing_context
from communities.entry import enter, or_404
from people.decisions import require


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The community's threads, latest activity first."""
    membership, now = enter(request, slug)
    before = Place.read(request.GET.get("before", ""))
    page = board_for(membership, now, before)
    context = {
        "page": page,
        "before": before,
        "newer_url": reverse("boards:board", args=[slug]) if before else "",
        "older_url": f"?{urlencode({'before': str(page.older)})}" if page.older else "",
        "now": now,
        "page_kind": "board",
    }
    return render(request, "boards/board.html", context)


def new_thread(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the first post of a new thread."""
    membership, now = enter(request, slug)
    or_404(may_read_board(membership))
    context = writing_context(membership)
    require(may_write(membership, board_is_open=context["is_open"]))
    if is_saving(request):
        return save(request, membership)
    start = begun(request, membership)
    form = ThreadForm(request.POST or None, initial=start["words"])
    if request.method == "POST" and form.is_valid():
        post = write_post(by=membership, **form.sent)
        return redirect("boards:one", slug=slug, post=post.pk)
    context |= {"all_held_until": all_held_until(membership, now), "page_kind": "new_thread"}
    context |= start | plan_beside(membership, now)
    return render(request, "boards/new_thread.html", context | {"form": form})


def thread(request: HttpRequest, slug: str, thread: int) -> HttpResponse:
    """Read a thread and write a reply in it."""
    membership, now = enter(request, slug)
    found = access_thread(membership, thread, now)
    if is_saving(request):
        return save(request, membership, thread=found)
    start = begun(request, membership, thread=found)
    form = ReplyForm(request.POST or None, initial=start["words"])
    if request.method == "POST" and form.is_valid():
        post = write_post(by=membership, thread=found, **form.sent)
        return redirect("boards:one", slug=slug, post=post.pk)
    after, before = (Place.read(request.GET.get(name, "")) for name in ("after", "before"))
    page = thread_page(found, now, after=after, before=before)
    reader = Reader.of(membership, found, now)
    context = _thread_context(reader, found, page, form, now) | start | reader.rows(page, after)
    response = render(request, "boards/thread.html", context)
    reader.has_read(request, found, page, now)
    return response


def _thread_context(
    reader: Reader, thread: Thread, page: PostPage, form: ReplyForm, now: datetime
) -> dict[str, object]:
    membership = reader.membership
    opening = page.posts[0] if page.posts and page.posts[0].is_opening else opening_of(thread)
    return {
        "thread": thread,
        "opening": opening,
        "opening_folded": reader.mutes.folds_title(opening, membership),
        "opening_hidden": reader.mutes.hides(opening),
        "is_muted": thread.pk in reader.mutes.threads,
        "others_asked": asks_others_in(thread, now),
        "is_one_of_two": any(post.author_id == membership.pk for post in page.posts),
        "all_held_until": getattr(thread, "all_held_until", None),
        "newer_url": f"?{urlencode({'after': str(page.newer)})}" if page.newer else "",
        "older_url": f"?{urlencode({'before': str(page.older)})}" if page.older else "",
        "own_waiting": own_waiting_in(thread, membership, now) if getattr(thread, "waits", True) else [],
        "form": form,
        "now": now,
        "page_kind": "board",
    } | writing_context(membership, thread)
