"""Danger to life or to a child, as those in office meet it; and what somebody reads about themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.entry import enter, or_404
from communities.queries import apart_from
from communities.seeing import audience
from moderation.doors import enter_in_office, staff_cover
from moderation.in_danger import may_leave_number
from moderation.queries import for_staff as queries
from moderation.services.danger import ALONE_AFTER, answer_danger_notice, ask_danger_notice
from moderation.services.numbers import take_number_away
from moderation.staff_forms import DangerForm, NumberForm
from people import kept

VERBS = frozenset({"agree", "disagree", "send_alone", "drop"})


@require_safe
def all_of_them(request: HttpRequest, slug: str) -> HttpResponse:
    """The danger notices of this community, as those in office see them."""
    membership, now = enter_in_office(request, slug)
    context = {
        "rows": queries.dangers(membership, but_not=apart_from(membership, now)),
        "cover": staff_cover(membership, now),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/dangers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """The short form. First of all it says when staff read it, and to ring 999 oneself."""
    membership, now = enter_in_office(request, slug)
    people = list(queries.could_be_in_danger(membership))
    form = DangerForm(request.POST or None, initial=kept.take(request, request.path), people=people)
    if request.method == "POST" and form.is_valid():
        danger = ask_danger_notice(by=membership, **form.sent)
        return redirect("moderation:danger_one", slug=slug, pk=danger.pk)
    context = {
        "form": form,
        "cover": staff_cover(membership, now),
        "seen_by": audience("danger"),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/new_danger.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One danger notice: how it stands, and what this one in office can say to it. Never the one it is about."""
    membership, now = enter_in_office(request, slug)
    danger = queries.access_danger(membership, pk, but_not=apart_from(membership, now))
    verb = request.POST.get("verb", "")
    if request.method == "POST" and verb in VERBS:
        answer_danger_notice(danger=danger, by=membership, verb=verb)
        return redirect("moderation:danger_one", slug=slug, pk=pk)
    context = {
        "danger": danger,
        "given": danger.given,
        "is_mine": danger.asked_by_id == membership.pk,
        "alone_at": danger.asked_at + ALONE_AFTER,
        "alone_now": now >= danger.asked_at + ALONE_AFTER and danger.disagreed_by_id is None,
        "cover": staff_cover(membership, now),
        "now": now,
        "page_kind": "moderation",
    }
    return render(request, "moderation/danger_one.html", context)


@require_safe
def about_you(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What staff were given about oneself, by whom and why; missing while telling would add danger."""
    membership, now = enter(request, slug)
    danger = queries.access_told_danger(membership, pk)
    context = {"danger": danger, "given": danger.given, "now": now, "page_kind": "danger_about_you"}
    return render(request, "moderation/danger_about_you.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own number for danger to life: leave it, change it, take it away. Every member, in any standing."""
    membership, now = enter(request, slug)
    or_404(may_leave_number(membership))
    if request.method == "POST" and request.POST.get("verb") == "take_away":
        take_number_away(by=membership)
        messages.success(request, _("Your number is gone from here."))
        return redirect("moderation:number", slug=slug)
    row = queries.number_of(membership)
    left = row.left if row else None
    begun = {"number": left.number, "ask_for": left.ask_for} if left else {}
    form = NumberForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid() and form.leave(by=membership):
        messages.success(request, _("Kept. Nobody sees it unless your life or a child is in danger."))
        return redirect("moderation:number", slug=slug)
    context = {"form": form, "left_at": row.left_at if row else None, "seen_by": audience("number"), "now": now}
    return render(request, "moderation/number.html", context | {"page_kind": "number"})
