"""The welcome: what this place is, in six short screens, each an address of its own; and all of them on one page."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from communities import seeing
from communities.entry import enter, or_404
from communities.models import Membership
from communities.policies import may_read_rules
from communities.queries import officers, rules_of
from communities.rules import PRESETS
from communities.services import note_welcomed

TITLES = (
    _("What this place is"),
    _("Your words rest first"),
    _("Who can see what"),
    _("Who looks after it"),
    _("Help, and a quick way out"),
    _("A break, or leaving for good"),
)


@require_safe
def whole(request: HttpRequest, slug: str) -> HttpResponse:
    """All six on one page, to read at any time and to print."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    screens = [(title, _template(number)) for number, title in enumerate(TITLES, 1)]
    context = _context(membership, now) | {"screens": screens}
    return render(request, "communities/welcome.html", context)


@require_safe
def screen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One of the six. Whoever has seen the first is not led here by itself any more."""
    membership, now = enter(request, slug)
    or_404(may_read_rules(membership))
    if not 1 <= number <= len(TITLES):
        raise Http404
    note_welcomed(by=membership, now=now)
    context = _context(membership, now) | {
        "title": TITLES[number - 1],
        "body": _template(number),
        "number": number,
        "last": len(TITLES),
        "before": number - 1,
        "after": number + 1 if number < len(TITLES) else 0,
    }
    return render(request, "communities/welcome_screen.html", context)


def _template(number: int) -> str:
    return f"communities/welcome_{number}.html"


def _context(membership: Membership, now: datetime) -> dict[str, Any]:
    community = membership.community
    rules = rules_of(community)
    return {
        "page_kind": "welcome",
        "preset": PRESETS.get(community.preset, ""),
        "pause_day": rules.pause_day_minutes,
        "pause_night": rules.pause_night_minutes,
        "terms": officers(community, now),
        "seeing": seeing.first_things(),
        "is_member": not membership.is_staff and membership.state != "prospective",
    }
