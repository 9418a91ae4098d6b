"""The first line of every community page: who comes in, as a membership, with what their sitting has proved."""

from datetime import datetime

from django.http import Http404, HttpRequest

import clock
from communities.lifecycle import State
from communities.models import Membership
from communities.queries import enter as enter_community
from communities.queries import offices_in, own_membership
from communities.services import end_if_over
from people import sittings
from people.decisions import Decision
from people.models import Person


def enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Return the signed-in person's membership of this community and the time by the database's clock.

    Also puts both on the request for the page's frame. A suspension whose time is over ends here, for whoever comes in
    before the sweep. Raises Http404 for everybody else. Two queries.
    """
    if not isinstance(request.user, Person):
        raise Http404
    membership = enter_community(person=request.user, slug=slug, sitting=sittings.of(request))
    now = membership.came_in_at
    if membership.state == State.SUSPENDED and membership.suspended_until and membership.suspended_until <= now:
        end_if_over(membership)
        membership = enter_community(person=request.user, slug=slug, sitting=sittings.of(request))
    request.membership, request.now = membership, now  # type: ignore[attr-defined]
    membership.everybodys_offices = offices_in(membership.community_id, now)
    return membership, now


def enter_own(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """As `enter`, and for whoever has left too: what was decided about oneself stays one's own (domain, section 5).

    Who has left comes in without the community's frame: no menu of it, no numbers, no office. Raises Http404.
    """
    try:
        return enter(request, slug)
    except Http404:
        if not isinstance(request.user, Person):
            raise
    membership = own_membership(person=request.user, slug=slug)
    membership.sitting, membership.everybodys_offices = sittings.of(request), {}
    return membership, clock.now()


def or_404(decision: Decision) -> None:
    """Answer "missing" where a policy says no to reading: missing and not yours look the same (domain, section 5)."""
    if not decision:
        raise Http404
