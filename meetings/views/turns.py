"""Turns as chair, secretary and housekeeper: what one would like, one's own, and what others ask."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.entry import enter, or_404
from meetings.day.words import when_of
from meetings.forms.day import AskTurnForm, HandForm, TurnsForm
from meetings.lifecycle.timetable import Role
from meetings.policies.day import may_hand_turn, may_have_turns
from meetings.queries import timetable, turns
from meetings.services import turns as services
from meetings.views.doors import come_in


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, slug: str) -> HttpResponse:
    """What one would like to have a turn at, one's turns ahead, and what is asked. Active members."""
    membership, now = enter(request, slug)
    or_404(may_have_turns(membership))
    form = TurnsForm(request.POST or None, initial={"roles": sorted(turns.willing_roles(membership))})
    # Nothing ticked is an answer too.
    if request.method == "POST":
        form = TurnsForm(request.POST)
    if form.is_valid():
        services.choose_turns(by=membership, roles=frozenset(form.cleaned_data["roles"]))
        messages.success(request, _("Kept. You can change it at any time."))
        return redirect("meetings:turns", slug)
    context = {
        "form": form,
        "turns": [{"turn": row, "when": when_of(row.session)} for row in turns.turns_of(membership, now)],
        "asked": [_asked(row) for row in turns.asked_among(membership, now)],
        "page_kind": "groups",
    }
    return render(request, "meetings/day/turns.html", context)


def _asked(row: Any) -> dict[str, Any]:
    back = row.back_session
    return {"asking": row, "when": when_of(row.session), "back": when_of(back) if back else ""}


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int, role: str) -> HttpResponse:
    """One of one's own turns: give it back, or ask somebody to take it over."""
    membership, now = enter(request, slug)
    turn = turns.access_turn(membership, pk, role)
    fellows = turns.fellows_for(membership, role, now)
    form = AskTurnForm(request.POST or None, fellows=fellows, theirs=turns.swaps_for(membership, fellows, now))
    if request.method == "POST" and request.POST.get("verb") == "give_back":
        services.give_back_turn(session=turn.session, role=role, by=membership)
        messages.success(request, _("Given back. You need not say why."))
        return redirect("meetings:turns", slug)
    if request.method == "POST" and form.is_valid():
        services.ask_for_turn(session=turn.session, role=role, by=membership, to=form.asked, back=form.back)
        messages.success(request, _("Asked. Until somebody takes it, it stays yours."))
        return redirect("meetings:turns", slug)
    context = {
        "turn": turn,
        "when": when_of(turn.session),
        "form": form,
        "fellows": fellows,
        "has_begun": turn.session.has_begun(now),
        "page_kind": "groups",
    }
    return render(request, "meetings/day/turn.html", context)


@require_POST
def take(request: HttpRequest, slug: str, pk: int, role: str) -> HttpResponse:
    """Take a turn that nobody has, from the page of its session."""
    membership, _now = enter(request, slug)
    or_404(may_have_turns(membership))
    session = timetable.access_session(membership, pk)
    services.take_turn(session=session, role=_known(role), by=membership)
    messages.success(request, _("Thank you. It is yours; you can give it back."))
    return redirect("meetings:session", slug, pk)


def _known(role: str) -> str:
    if role not in Role.values:
        raise Http404
    return role


@require_http_methods(["GET", "HEAD", "POST"])
def hand(request: HttpRequest, slug: str, pk: int, role: str) -> HttpResponse:
    """Write down who does it after all, in the room. Whoever runs the session."""
    membership, now = enter(request, slug)
    session = timetable.access_session(membership, pk)
    come_in(may_hand_turn(membership, session, now))
    form = HandForm(request.POST or None, members=turns.able_to(membership.community))
    if form.is_valid():
        services.hand_turn(session=session, role=_known(role), to=form.chosen, by=membership)
        messages.success(request, _("Written down."))
        return redirect("meetings:session", slug, pk)
    context = {"session": session, "role": Role(_known(role)).label, "form": form, "page_kind": "groups"}
    return render(request, "meetings/day/hand.html", context)


@require_POST
def asked(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take over what somebody asked, or ask no more."""
    membership, now = enter(request, slug)
    asking = turns.access_asking(membership, pk, now)
    if request.POST.get("verb") == "stop":
        services.stop_asking_for_turn(asking=asking, by=membership)
        messages.success(request, _("It is not asked any more. The turn is still yours."))
    else:
        services.take_over_turn(asking=asking, by=membership)
        messages.success(request, _("Thank you. You have taken it over, and they have been told."))
    return redirect("meetings:turns", slug)
