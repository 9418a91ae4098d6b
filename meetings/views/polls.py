"""When can we meet? The polls of times, one of them with one's own answer, and what comes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock.london import day_of
from communities.entry import enter, or_404
from communities.models import Membership
from communities.seeing import audience
from meetings.forms.polls import AskTimesForm, ChangeTimesForm, MarksForm, SettleForm, lasts_words
from meetings.models import TimePoll
from meetings.policies.polls import is_asked, may_ask_times, may_mark, may_run_poll
from meetings.poll_times import time_words
from meetings.queries import polls as queries
from meetings.services import polls as services
from meetings.services.settling_polls import settle_poll
from meetings.views.doors import come_in
from meetings.views.looking import who_looks
from people import kept
from people.decisions import require

LOOK_SOON = 2


@require_safe
def polls(request: HttpRequest, slug: str) -> HttpResponse:
    """What is asked now, and what came of others."""
    membership, now = enter(request, slug)
    asked, over = queries.polls_of(membership, now)
    context = {"asked": asked, "over": over, "asks": bool(may_ask_times(membership)), "now": now, "page_kind": "groups"}
    return render(request, "meetings/times/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask which times suit. Active members."""
    membership, now = enter(request, slug)
    or_404(may_ask_times(membership))
    form = AskTimesForm(request.POST or None, today=day_of(now), initial=kept.take(request, request.path))
    if form.is_valid():
        form_key = form.cleaned_data["form_key"]
        poll = services.ask_times(by=membership, said=form.said, times=form.times, form_key=form_key)
        messages.success(request, _("Asked. Whoever can answer is told. Now say which times suit you."))
        if poll.urgency >= LOOK_SOON:
            messages.warning(request, who_looks(membership, now))
        return redirect("meetings:times_one", slug, poll.pk)
    context = {"form": form, "seen_by": audience("times"), "page_kind": "groups"}
    return render(request, "meetings/times/ask.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One poll: how many can when, and one's own answer."""
    membership, now = enter(request, slug)
    poll = queries.access_poll(membership, pk)
    shown = queries.shown(poll, membership)
    answers = may_mark(membership, poll, now)
    form = MarksForm(request.POST or None, times=shown.times, rhythm=poll.often)
    if request.method == "POST":
        require(answers)
        if form.is_valid():
            services.mark_times(poll=poll, by=membership, marks=form.marks)
            messages.success(request, _("Thank you. You can change it until times are chosen."))
            return redirect("meetings:times_one", slug, pk)
    context = {
        "poll": poll,
        "shown": shown,
        "lines": [(time, time_words(time.time.day, time.time.starts, poll.often)) for time in shown.times],
        "two": [time_words(time.time.day, time.time.starts, poll.often) for time in shown.two],
        "form": form,
        "answers": bool(answers),
        "is_asked": bool(is_asked(poll, now)),
        "seen_by": audience("times answer"),
        **_about(poll, membership),
        "now": now,
    }
    return render(request, "meetings/times/one.html", context)


def _about(poll: TimePoll, membership: Membership) -> dict[str, Any]:
    """What every page of a poll needs. Which buttons are theirs, by what the door knows; the services ask again."""
    return {
        "lasts": lasts_words(poll.minutes),
        "runs": poll.made_by_id == membership.pk or membership.is_staff or membership.decides,
        "looks_soon": poll.urgency >= LOOK_SOON and (poll.made_by_id == membership.pk or _looks_after_it(membership)),
        "page_kind": "groups",
    }


def _looks_after_it(membership: Membership) -> bool:
    return membership.decides or membership.is_staff


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Other times. Whoever asked, and those who keep the timetable."""
    membership, now = enter(request, slug)
    poll = queries.access_poll(membership, pk)
    come_in(may_run_poll(membership, poll, now))
    require(is_asked(poll, now))
    asked: dict[str, Any] = {"times": queries.times_of(poll), "rhythm": poll.often, "today": day_of(now)}
    form = ChangeTimesForm(request.POST or None, initial={"edition": poll.edition}, **asked)
    if form.is_valid():
        sent = form.cleaned_data
        services.change_times(poll=poll, by=membership, add=form.add, take_out=sent["take_out"], seen=sent["edition"])
        messages.success(request, _("Changed. What was answered to the other times stays."))
        return redirect("meetings:times_one", slug, pk)
    return render(request, "meetings/times/change.html", {"poll": poll, "form": form} | _about(poll, membership))


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make sessions of it. Whoever asked, and those who keep the timetable."""
    membership, now = enter(request, slug)
    poll = queries.access_poll(membership, pk)
    come_in(may_run_poll(membership, poll, now))
    shown = queries.shown(poll, membership)
    form = SettleForm(request.POST or None, times=shown.times, rhythm=poll.often, now=now)
    if form.is_valid():
        settle_poll(poll=poll, by=membership, times=form.cleaned_data["times"])
        messages.success(request, _("It stands in the timetable. Whoever answered is told where to look."))
        return redirect("meetings:times_one", slug, pk)
    if request.method != "POST":
        require(is_asked(poll, now))
    return render(request, "meetings/times/settle.html", {"poll": poll, "form": form} | _about(poll, membership))


@require_POST
def call_off(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask no more. Whoever asked, and those who keep the timetable."""
    membership, now = enter(request, slug)
    poll = queries.access_poll(membership, pk)
    come_in(may_run_poll(membership, poll, now))
    services.call_off_poll(poll=poll, by=membership)
    messages.success(request, _("It is not asked any more."))
    return redirect("meetings:times", slug)
