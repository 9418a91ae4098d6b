"""The board's own pages that follow: the front page, the list, a thread, and the menu of every other."""

from datetime import datetime

from django.template.loader import render_to_string

from boards.live.pages import Page, Parts, register
from boards.policies import may_look_as_asked, may_read_board
from boards.queries import own_posts_apart, own_waiting_in
from boards.views.reading import board_for, front_for
from communities.models import Membership
from crisisplans.policies import may_have_plans_opened, may_look_now
from people.decisions import YES, Decision


def register_all() -> None:
    """Make them known; called once, as the site starts."""
    register(Page("counts", _belongs))
    register(Page("front", _reads, _front, follows_community=True, shows_watch=True))
    register(Page("board", _reads, _board, follows_community=True))
    register(Page("thread", _reads, _thread))
    register(Page("guest_board", may_look_as_asked, for_guests=True))
    register(Page("guest_thread", may_look_as_asked, for_guests=True))
    register(Page("opening", _reads_plans, of_an_opening=True))


def _belongs(membership: Membership, now: datetime) -> Decision:
    """Everybody who belongs has a menu; what its counts are of is their own."""
    return YES


def _reads(membership: Membership, now: datetime) -> Decision:
    return may_read_board(membership)


def _reads_plans(membership: Membership, now: datetime) -> Decision:
    """Which plan is a row of its own, asked for with every whole look (boards.live.rights)."""
    may = may_have_plans_opened(membership)
    return may_look_now(membership, now) if may else may


def _front(membership: Membership, _thread: int | None, now: datetime) -> Parts:
    shown = front_for(membership, now) | {"apart": own_posts_apart(membership, now)}
    return {"front-parts": _made("boards/front_parts.html", membership, now, **shown)}


def _board(membership: Membership, _thread: int | None, now: datetime) -> Parts:
    page = board_for(membership, now, None)
    return {"board-rows": _made("boards/rows.html", membership, now, page=page)}


def _thread(membership: Membership, thread: int | None, now: datetime) -> Parts:
    waiting = own_waiting_in(thread, membership, now) if thread else []
    return {"own-waiting-posts": _made("boards/own_waiting.html", membership, now, own_waiting=waiting)}


def _made(template: str, membership: Membership, now: datetime, **context: object) -> str:
    frame = {"membership": membership, "community": membership.community, "now": now, "follows": True}
    return render_to_string(template, frame | context).strip()
