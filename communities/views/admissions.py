"""Admitting: two of the Top Three say that somebody has walked the way in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.admitting import condition_of
from communities.entry import enter, or_404
from communities.forms import AdmitForm
from communities.policies import holds_office, two_may_admit
from communities.queries import access_membership, prospective, rules_of
from communities.rules import ADMISSION_WORDS
from communities.services import record_admission
from communities.services.joining import ADMISSIONS_NEEDED


@require_safe
def admissions(request: HttpRequest, slug: str) -> HttpResponse:
    """Who waits, and how far it has come. The Top Three in office and caretakers."""
    membership, now = enter(request, slug)
    or_404(holds_office(membership, now))
    basis, waiting = rules_of(membership.community).admission, list(prospective(membership.community))
    condition = condition_of(basis)
    context = {
        "page_kind": "admissions",
        "waiting": waiting,
        "needed": ADMISSIONS_NEEDED,
        "by_two": two_may_admit(membership),
        "basis": ADMISSION_WORDS[basis],
        "condition": condition,
        "met": condition.met(waiting) if condition and waiting else frozenset(),
        "form": AdmitForm(),
    }
    return render(request, "communities/admissions.html", context)


@require_POST
def admit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Record one's own yes."""
    membership, now = enter(request, slug)
    or_404(holds_office(membership, now))
    form = AdmitForm(request.POST)
    instead = form.cleaned_data["instead"] if form.is_valid() else ""
    if record_admission(membership=access_membership(membership, pk), by=membership, instead=instead):
        messages.success(request, _("Two of you have said yes. They are a member now, and have been told."))
    else:
        messages.success(request, _("Your yes is on record. One more of you needs to say it."))
    return redirect("communities:admissions", slug)
