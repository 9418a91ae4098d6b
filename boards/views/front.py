"""A community's front page: what waits for an answer, who is looking, what is new."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from boards.mourning import is_mourning
from boards.policies import may_read_board
from boards.queries import own_posts_apart
from boards.views.reading import front_for
from boards.views.words import who_looks
from communities.about_you import pages_about
from communities.entry import enter
from communities.front_lines import front_lines
from communities.models import Membership
from communities.policies import needs_welcome
from communities.queries import enough_to_open
from helpnow.grief import grief_contacts


@require_safe
def front(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who belongs here has a front page by their standing; the first visit is led to the welcome."""
    membership, now = enter(request, slug)
    if needs_welcome(membership):
        return redirect("communities:welcome_screen", slug=slug, number=1)
    context: dict[str, object] = {"now": now, "page_kind": "front", "lines": front_lines(membership, now)}
    if may_read_board(membership):
        context |= front_for(membership, now) | {
            "apart": own_posts_apart(membership, now),
            "looking": who_looks(membership.community, now),
            "is_open": enough_to_open(membership.everybodys_offices),
            "grief": grief_contacts(membership.person.nation) if is_mourning(membership.community, now) else (),
        }
        return render(request, "boards/front.html", context)
    context |= {"standing": _standing(membership), "about_you": pages_about(membership, now)}
    return render(request, "boards/front_elsewhere.html", context)


def _standing(membership: Membership) -> str:
    kind = "staff" if membership.is_staff else membership.state
    return f"communities/standing_{kind}.html"
