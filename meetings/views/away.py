"""Being away for a time, and reminders: one's own; and times away put down for a member."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clock.london import day_of
from communities.entry import enter, or_404
from communities.queries import access_membership
from meetings.forms.coming import AwayForm, AwayForSomebodyForm, RemindersForm
from meetings.lifecycle.coming import RemindWhen
from meetings.policies.coming import may_choose_reminders, may_say_away, may_say_away_for
from meetings.queries.coming import access_away, away_times, away_times_in, members_to_say_away_for, reminders_of
from meetings.services.away import come_back, say_away
from meetings.services.reminding import asks_unanswered, choose_reminders
from meetings.views.doors import come_in
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest, slug: str) -> HttpResponse:
    """One's own times away, and a new one. Members."""
    membership, now = enter(request, slug)
    or_404(may_say_away(membership))
    today, times = day_of(now), away_times(membership, day_of(now))
    initial = {"day": today} | kept.take(request, request.path)
    form = AwayForm(request.POST or None, initial=initial, today=today, there=times)
    if form.is_valid():
        say_away(by=membership, kind=form.cleaned_data["kind"], days=form.days)
        messages.success(request, _("Thank you for saying so. Each of these days counts as an apology."))
        return redirect("meetings:away", slug)
    context = {"times": times, "form": form, "now": now, "page_kind": "groups"}
    return render(request, "meetings/coming/away.html", context)


@require_POST
def back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that one is back. One's own only."""
    membership, _now = enter(request, slug)
    come_back(away=access_away(membership, pk), by=membership)
    messages.success(request, _("Good to have you back."))
    return redirect("meetings:away", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def away_for(request: HttpRequest, slug: str) -> HttpResponse:
    """Put down that a member is away, and see who is. Staff and the Top Three."""
    membership, now = enter(request, slug)
    come_in(may_say_away_for(membership, now))
    members = members_to_say_away_for(membership.community_id)
    initial = {"day": day_of(now)} | kept.take(request, request.path)
    form = AwayForSomebodyForm(request.POST or None, initial=initial, today=day_of(now), members=members)
    if form.is_valid():
        about = access_membership(membership, form.cleaned_data["who"])
        say_away(by=membership, kind=form.cleaned_data["kind"], days=form.days, about=about)
        messages.success(request, _("Put down. Each of these days counts as an apology."))
        return redirect("meetings:away_for", slug)
    times = away_times_in(membership.community_id, day_of(now))
    context = {"times": times, "form": form, "now": now, "page_kind": "groups"}
    return render(request, "meetings/coming/away_for.html", context)


@require_POST
def back_for(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put down that a member is back. Staff and the Top Three."""
    membership, now = enter(request, slug)
    come_in(may_say_away_for(membership, now))
    come_back(away=access_away(membership, pk, any_here=True), by=membership)
    messages.success(request, _("Put down."))
    return redirect("meetings:away_for", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: HttpRequest, slug: str) -> HttpResponse:
    """When one is reminded of what is in the diary. Whoever comes to sessions."""
    membership, now = enter(request, slug)
    or_404(may_choose_reminders(membership))
    chosen = reminders_of(membership)
    asks = asks_unanswered(membership.community)
    begun = {
        "when": chosen.when if chosen else RemindWhen.DAY_BEFORE,
        "unanswered": asks if chosen is None or chosen.unanswered is None else chosen.unanswered,
    }
    form = RemindersForm(request.POST or None, initial=begun)
    if form.is_valid():
        choose_reminders(by=membership, when=form.cleaned_data["when"], unanswered=form.cleaned_data["unanswered"])
        messages.success(request, _("Saved."))
        return redirect("meetings:reminders", slug)
    return render(request, "meetings/coming/reminders.html", {"form": form, "now": now, "page_kind": "groups"})
