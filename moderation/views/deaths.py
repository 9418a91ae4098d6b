"""A member has died: saying so, by two of the Top Three and one of staff."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.entry import enter
from communities.models import Membership
from communities.policies import acts_as_staff, acts_in_office
from communities.queries import apart_from
from moderation import mourning
from moderation.models import Death
from moderation.queries import deaths
from moderation.services import begin_death, confirm_death, drop_death
from moderation.standing_forms import DeathForm
from people.decisions import require


def _enter(request: HttpRequest, slug: str) -> tuple[Membership, datetime, frozenset[int]]:
    """Those in office and staff come in; the second step is asked for by name."""
    membership, now = enter(request, slug)
    if not (membership.decides or membership.is_staff):
        raise Http404
    require(acts_as_staff(membership, now) if membership.is_staff else acts_in_office(membership, now))
    return membership, now, apart_from(membership, now)


@require_http_methods(["GET", "HEAD", "POST"])
def begun(request: HttpRequest, slug: str) -> HttpResponse:
    """What waits for the others, and saying it as the first."""
    membership, now, conflicts = _enter(request, slug)
    people = deaths.who_may_have_died(membership, but_not=conflicts)
    form = DeathForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        row = begin_death(membership=form.who, by=membership)
        messages.success(request, _("You have said it. Nothing happens before the others say it too."))
        return redirect("moderation:death", slug=slug, pk=row.pk)
    context = {
        "rows": deaths.deaths_begun(membership, but_not=conflicts),
        "form": form,
        "now": now,
        "page_kind": "deaths",
    }
    return render(request, "moderation/deaths.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who has said it so far; saying it too, or that it is not so."""
    membership, now, conflicts = _enter(request, slug)
    row = deaths.access_death(membership, pk, but_not=conflicts)
    if request.method == "POST" and (said := _done(request.POST.get("verb", ""), row, membership)):
        messages.success(request, said)
        return redirect("moderation:deaths", slug=slug)
    voices = mourning.counting(row, now)
    context = {
        "row": row,
        "voices": voices,
        "mine": any(voice.by_id == membership.pk for voice in voices),
        "now": now,
        "page_kind": "deaths",
    }
    return render(request, "moderation/death.html", context)


def _done(verb: str, row: Death, by: Membership) -> str:
    """Carry out what was sent; what to say of it, "" for a form that says nothing."""
    if verb == "drop":
        drop_death(death=row, by=by)
        return _("It is dropped. Nothing has happened.")
    if verb != "confirm":
        return ""
    if confirm_death(death=row, by=by):
        return _("It is recorded. Everything about them rests now. Please look after each other.")
    return _("You have said it. It still needs others to say it too.")
