"""The first lines of pages for those in office and for staff: who comes in, and with which step given."""

from datetime import datetime

from django.http import Http404, HttpRequest

from boards.views.words import joined, looking_in_words
from communities import duty
from communities.entry import enter, or_404
from communities.models import Membership
from communities.policies import acts_as_staff, is_staff_here
from moderation.policies import may_moderate
from people.decisions import require


def enter_in_office(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Those in office come in; to everybody else the page is missing. The second step is asked for by name."""
    membership, now = enter(request, slug)
    if not membership.decides:
        raise Http404
    require(may_moderate(membership, now))
    return membership, now


def enter_as_staff(request: HttpRequest, slug: str) -> tuple[Membership, datetime]:
    """Staff of the community come in; to everybody else the page is missing. The second step is asked for by name."""
    membership, now = enter(request, slug)
    or_404(is_staff_here(membership))
    require(acts_as_staff(membership, now))
    return membership, now


def staff_cover(membership: Membership, now: datetime) -> dict[str, object]:
    """What stands beside each form for staff: who of them reads notices now, or before when nobody will. One query."""
    looking = duty.cover(membership.community, now)
    return {
        "now": joined([member.display_name for member in looking.on_duty]),
        "when": looking_in_words(looking, now)["when"] if looking.next_look_at else "",
    }
