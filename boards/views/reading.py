"""What is new to a reader and what they have muted, on lists and on a thread's page."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from boards.models import Thread
from boards.policies import may_read_board
from boards.queries import (
    Mutes,
    New,
    Place,
    PostPage,
    ThreadPage,
    ThreadShown,
    board_page,
    how_many,
    new_in,
    place_of,
    threads_with_new,
    unanswered,
)
from boards.services import mark_all_read, mark_read
from boards.views.shown import for_reader
from communities.entry import enter, or_404
from communities.models import Membership

# Browsers fetch pages ahead and say so: nobody has read those.
FETCHED_AHEAD = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
NEWEST_SHOWN = 5
FOLDED = {"person": _("A thread by somebody you muted"), "word": _("A thread with a word you muted")}


def listed(rows: list[ThreadShown], membership: Membership, now: datetime) -> list[ThreadShown]:
    """Rows of a list with how many posts of each are new to the reader, and why a title is folded. One query."""
    new, mutes = new_in(membership, [row.thread.pk for row in rows], now)
    shown = []
    for row in rows:
        why = mutes.folds_title(row.opening, membership)
        folded = str(FOLDED[why]) if why else ""
        shown.append(replace(row, new=new[row.thread.pk].said, folded=folded, is_by_muted=why == "person"))
    return shown


def board_for(membership: Membership, now: datetime, before: Place | None = None) -> ThreadPage:
    """The board's list as this reader meets it: without what they muted, with what is new to them. Five queries."""
    page = board_page(membership, now, before)
    return replace(page, rows=listed(page.rows, membership, now))


def front_for(membership: Membership, now: datetime) -> dict[str, Any]:
    """The lists of the front page as this reader meets them, and in how many threads something is new to them."""
    waiting = unanswered(membership, now)
    newest = board_page(membership, now).rows[:NEWEST_SHOWN]
    rows = listed([*waiting, *newest], membership, now)
    return {
        "unanswered": rows[: len(waiting)],
        "newest": rows[len(waiting) :],
        "something_new": _something_new(threads_with_new(membership, now)),
    }


def _something_new(threads: int) -> str:
    said = ngettext(
        "In %(n)s thread there is something new for you.", "In %(n)s threads there is something new for you.", threads
    )
    return said % {"n": how_many(threads)} if threads else ""


@dataclass(frozen=True)
class Reader:
    """A member in front of one thread: what is new to them there, and what they have muted. One query."""

    membership: Membership
    mutes: Mutes
    new: New

    @classmethod
    def of(cls, membership: Membership, thread: Thread, now: datetime) -> "Reader":
        new, mutes = new_in(membership, [thread.pk], now)
        return cls(membership, mutes, new[thread.pk])

    def rows(self, page: PostPage, after: Place | None) -> dict[str, Any]:
        """The posts of a page as this reader meets them, where the new ones begin, and the way there. No query."""
        first = self._first_new(page, after)
        met = [post for post in page.posts if not self.mutes.hides(post)]
        rows = [for_reader(post, self.membership, self.mutes) | {"first_new": post.pk == first} for post in met]
        return {"rows": rows, "first_new_url": self._way_to_first_new(page, first)}

    def _first_new(self, page: PostPage, after: Place | None) -> int:
        """The post before which "New since you were here" stands; 0 where it stands on another page, or nowhere."""
        places = [place_of(post) for post in page.posts]
        begins_here = not page.older or after == self.new.since or any(at <= self.new.since for at in places)
        if not self.new.posts or not begins_here:
            return 0
        first = next((post for post in page.posts if self.new.has(post, self.membership, self.mutes)), None)
        # A thread that is new from its opening on needs no line.
        return first.pk if first and not first.is_opening else 0

    def _way_to_first_new(self, page: PostPage, first: int) -> str:
        if not self.new.posts or (page.posts and page.posts[0].pk == first):
            return ""
        if first:
            return "#new"
        everything = not page.older and page.posts and self.new.has(page.posts[0], self.membership, self.mutes)
        return "" if everything else f"?{urlencode({'after': str(self.new.since)})}#new"

    def has_read(self, request: HttpRequest, thread: Thread, page: PostPage, now: datetime) -> None:
        """Note the page as read, now that it has been rendered for them. One query, none where nothing was new."""
        ahead = any("prefetch" in request.headers.get(name, "").lower() for name in FETCHED_AHEAD)
        if request.method != "GET" or ahead or not page.posts:
            return
        last = place_of(page.posts[-1])
        if last > self.new.since:
            counts = getattr(request, "counts", None)
            mark_read(self.membership, thread, last, now, told=counts is None or counts.notices > 0)


def all_read(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, then mark everything on the board as read."""
    membership, _now = enter(request, slug)
    or_404(may_read_board(membership))
    if request.method == "POST":
        mark_all_read(by=membership)
        return redirect("boards:board", slug=slug)
    return render(request, "boards/all_read.html", {"page_kind": "board"})
