"""When no answer came: one of those who look after the place says what follows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter
from communities.seeing import audience
from meetings.forms.letters import DecideForm
from meetings.lifecycle.attendance import After
from meetings.policies.attendance import may_decide_absence
from meetings.queries import absences as queries
from meetings.services.absences import why_not_seen
from meetings.services.deciding_absences import leave_as_it_is, make_inactive
from meetings.views.doors import come_in
from people import kept


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What counting found, what they will read, and the two buttons."""
    membership, now = enter(request, slug)
    case = queries.access_absence(membership, pk)
    come_in(may_decide_absence(membership, case, now), is_for=membership.decides)
    form = DecideForm(request.POST or None, initial=kept.take(request, request.path))
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        if sent["verb"] == "inactive":
            make_inactive(case=case, by=membership, words=sent["words"])
            messages.success(request, _("They are inactive for now. A letter tells them why, and how to come back."))
        else:
            leave_as_it_is(case=case, by=membership, words=sent["words"])
            messages.success(request, _("It is left as it is. Counting begins anew."))
        return redirect("meetings:group_letters", slug)
    context = {
        "case": case,
        "form": form,
        "why": why_not_seen(case),
        "can_be_inactive": case.after == After.INACTIVE,
        "seen_by": audience("absence decision"),
        "now": now,
        "page_kind": "letters",
    }
    return render(request, "meetings/letters/decide.html", context)
