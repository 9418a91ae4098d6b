"""Which socket a page opens, and from which place of the feed it asks: the page's own address, below /live."""

from django.http import HttpRequest

from boards.policies import may_read_board
from boards.queries.feed import FeedPlace

# Pages of staff who were asked in: nothing follows, but they close when their time is over.
GUESTS = {
    "boards:guest_board": "asked-in/board/",
    "boards:guest_thread": "asked-in/board/{thread}/",
}
# Pages of somebody's plan that was opened to their reader: they close, covered, when that is over.
OPENINGS = {"crisisplans:read", "crisisplans:suggest"}
# The pages of which more follows than the counts in the menu, by the names of their addresses.
FOLLOWED = {
    "boards:front": "front/",
    "boards:board": "board/",
    "boards:thread": "board/{thread}/",
    "moderation:queue": "moderation/",
}


def live_address(request: HttpRequest) -> str:
    """The address of the page's socket; "" where no community's door has been gone through."""
    membership, match = getattr(request, "membership", None), request.resolver_match
    if membership is None or match is None:
        return ""
    page = FOLLOWED.get(match.view_name, "")
    if guests := GUESTS.get(match.view_name, ""):
        return f"/live/c/{membership.community.slug}/{guests.format(**match.kwargs)}"
    if match.view_name in OPENINGS:
        return f"/live/c/{membership.community.slug}/plans/{match.kwargs['opening']}/"
    # Older pages of the list stand still, and so does everything on a front page that is not the board's.
    if (page == "board/" and request.GET) or not may_read_board(membership):
        page = ""
    return f"/live/c/{membership.community.slug}/{page.format(**match.kwargs)}"


def live_place(request: HttpRequest) -> str:
    """Where the page stands in the feed: the moment it was asked for."""
    now = getattr(request, "now", None)
    return str(FeedPlace(now)) if now else ""
