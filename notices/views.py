"""The list of what one was told, opening one, and choosing mails."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock import now
from notices import places, queries, services
from notices.forms import MailChoiceForm
from people.models import Person


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """One's own notices, newest first, a page at a time."""
    person, at = cast(Person, request.user), now()
    found = queries.of_person(person, at, places.read(request.GET.get("before", "")))
    shown = found[: queries.PAGE]
    older = places.write(shown[-1]) if len(found) > queries.PAGE else ""
    return render(
        request,
        "notices/list.html",
        {
            "page_kind": "notices",
            "notices": shown,
            "any_new": any(notice.seen_at is None for notice in shown),
            "older_url": f"?before={older}" if older else "",
        },
    )


@require_POST
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was seen, and go to where it points."""
    at = now()
    notice = queries.access_notice(cast(Person, request.user), pk, at)
    services.mark_seen(notice=notice, now=at)
    return redirect(notice.path)


@require_POST
def all_seen(request: HttpRequest) -> HttpResponse:
    """Note that everything told so far was seen."""
    services.mark_all_seen(person=cast(Person, request.user), now=now())
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Mails about news: yes or no."""
    person = cast(Person, request.user)
    form = MailChoiceForm(
        request.POST if request.method == "POST" else None, initial={"mail": queries.mail_is_wanted(person.pk)}
    )
    if request.method == "POST" and form.is_valid():
        services.choose_mail(person=person, wanted=form.cleaned_data["mail"])
        messages.success(request, _("Saved."))
        return redirect("notices:choices")
    has_address = bool(queries.proved_address(person.pk))
    return render(request, "notices/choices.html", {"page_kind": "notices", "form": form, "has_address": has_address})
