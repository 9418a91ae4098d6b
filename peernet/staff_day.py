"""Staff's day on one page, made of what each app offers: its `staff_day.parts`, as one's own data is of `own_data`."""

from datetime import datetime
from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from communities.models import Membership
from communities.staff_day import Part
from moderation.doors import enter_as_staff

APPS = ("moderation", "meetings", "communities")
# What cannot wait comes first, what is known already last.
ORDER = ("notices", "sessions", "registers", "packs", "letters", "outreach", "hours")


@require_safe
def day(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to do today for one of staff, and nothing of the board. Staff, with the second step given."""
    membership, now = enter_as_staff(request, slug)
    context = {"parts": parts_for(membership, now), "now": now, "page_kind": "day"}
    return render(request, "communities/staff_day.html", context)


def parts_for(membership: Membership, now: datetime) -> list[Part]:
    """Every app's parts, in the page's order. As many queries as the apps say."""
    found = [part for app in APPS for part in import_module(f"{app}.staff_day").parts(membership, now)]
    return sorted(found, key=lambda part: ORDER.index(part.key))
