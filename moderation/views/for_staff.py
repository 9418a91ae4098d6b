"""What waits for staff, as they meet it: one page, a button to say it was seen, and the words of a danger notice."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from boards.queries import invitations_for
from communities.queries import deciders
from moderation.doors import enter_as_staff, enter_in_office, staff_cover
from moderation.queries import for_staff as queries
from moderation.services.danger import end_danger, note_danger_look, say_safe
from moderation.services.for_staff import acknowledge, tell_staff
from moderation.staff_forms import EventForm


@require_safe
def waiting(request: HttpRequest, slug: str) -> HttpResponse:
    """All that waits for staff, what was seen lately, and where they are asked in."""
    membership, now = enter_as_staff(request, slug)
    rows, seen = queries.for_staff(membership, now)
    context = {
        "waiting": rows,
        "seen": seen,
        "invitations": invitations_for(membership, now),
        "in_office": [member.display_name for member in deciders(membership.community, now).order_by("display_name")],
        "cover": staff_cover(membership, now),
        "now": now,
        "page_kind": "staff",
    }
    return render(request, "moderation/staff.html", context)


@require_POST
def seen(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that one has seen it."""
    membership, _now = enter_as_staff(request, slug)
    acknowledge(notice=queries.access_staff_notice(membership, pk), by=membership)
    messages.success(request, _("Thank you. Nobody is told of it again."))
    return redirect("moderation:staff", slug=slug)


@require_http_methods(["GET", "POST"])
def given(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What a danger notice gives to staff. That they looked is on record first."""
    membership, now = enter_as_staff(request, slug)
    danger = queries.access_given(membership, pk)
    if request.method == "POST" and request.POST.get("verb") == "safe":
        say_safe(danger=danger, by=membership)
        messages.success(request, _("Noted. They have been told now."))
        return redirect("moderation:danger_given", slug=slug, pk=pk)
    if request.method == "POST":
        end_danger(danger=danger, by=membership)
        messages.success(request, _("Noted: it is over."))
        return redirect("moderation:staff", slug=slug)
    now = note_danger_look(danger=danger, by=membership)
    context = {"danger": danger, "given": danger.given, "now": now, "page_kind": "staff"}
    return render(request, "moderation/danger_given.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, slug: str) -> HttpResponse:
    """Tell staff of a significant event, and see whether they have seen it. Those in office."""
    membership, now = enter_in_office(request, slug)
    form = EventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tell_staff(by=membership, **form.sent)
        messages.success(request, _("Staff will read it. You see here when one of them has."))
        return redirect("moderation:tell_staff", slug=slug)
    context = {
        "form": form,
        "rows": queries.own_events(membership),
        "cover": staff_cover(membership, now),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/tell_staff.html", context)
