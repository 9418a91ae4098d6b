"""Saying whether one comes, and putting down what somebody said by telephone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from communities.apart import apart_from
from communities.entry import enter, or_404
from communities.seeing import audience
from meetings import queries
from meetings.forms.coming import ComingForm, ForSomebodyForm
from meetings.lifecycle.coming import Answer
from meetings.policies.coming import may_say_coming
from meetings.policies.timetable import runs_session
from meetings.queries.coming import coming_to, own_answer, without_reasons
from meetings.queries.register import members_to_mark
from meetings.services.coming import say_coming
from meetings.views.doors import come_in
from people import kept

SAID: dict[str, Any] = {
    Answer.COMING: gettext_lazy("Good. It is put down that you come."),
    Answer.WAITING: gettext_lazy(
        "There is no room just now. You are on the waiting list, and you are told when there is a place."
    ),
    Answer.CANNOT: gettext_lazy("Thank you for saying so. Come another time."),
    Answer.ILL: gettext_lazy("Thank you for saying so. Look after yourself."),
    Answer.HOSPITAL: gettext_lazy("Thank you for saying so. We wish you well there."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def coming(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say whether one comes to this session oneself, with words or without."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    or_404(may_say_coming(membership, session))
    said = own_answer(membership, session)
    begun = {"words": said.words} if said else {}
    form = ComingForm(request.POST or None, initial=begun | kept.take(request, request.path))
    if form.is_valid():
        sent = form.cleaned_data
        now_says = say_coming(session=session, by=membership, answer=sent["choice"], words=sent["words"])
        messages.success(request, SAID[now_says.answer])
        return redirect("meetings:session", slug, pk)
    context = {
        "session": session,
        "form": form,
        "said": said,
        "is_over": session.is_over(now),
        "seen_by": audience("apology"),
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/coming/say.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def for_somebody(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who comes and who sends word, with their words; and putting down what somebody said. Whoever runs the session."""
    membership, now = enter(request, slug)
    session = queries.access_session(membership, pk)
    come_in(runs_session(membership, session, now))
    members = {member.pk: member for member in members_to_mark(session)}
    form = ForSomebodyForm(request.POST or None, members=members.values())
    if form.is_valid():
        about = members[form.cleaned_data["who"]]
        say_coming(session=session, by=membership, answer=form.cleaned_data["choice"], about=about)
        messages.success(request, _("Put down."))
        return redirect("meetings:coming_for", slug, pk)
    context = {
        "session": session,
        # Who is kept apart from somebody may be chair of what they come to: their words are for the others who run it.
        "who": without_reasons(coming_to(session), apart_from(membership, now)),
        "form": form,
        "now": now,
        "page_kind": "groups",
    }
    return render(request, "meetings/coming/for_somebody.html", context)
