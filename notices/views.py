"""The list of what one was told, opening one, choosing how to be told, and this phone."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clock import now
from notices import kinds, marks, places, queries, services, vapid
from notices.forms import ChoicesForm, PhoneForm
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
    """Note that it was seen, and go to where it points; to nobody a closed door."""
    at = now()
    notice = queries.access_notice(cast(Person, request.user), pk, at)
    services.mark_seen(notice=notice, now=at)
    if not kinds.leads_on(notice):
        messages.info(request, _("What this was about is not open to you as things stand now."))
        return redirect("/")
    return redirect(notice.path)


@require_POST
def all_seen(request: HttpRequest) -> HttpResponse:
    """Note that everything told so far was seen."""
    services.mark_all_seen(person=cast(Person, request.user), now=now())
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """What to be told of by which way, quiet hours, once a day or one by one; and the phones."""
    person, at = cast(Person, request.user), now()
    phones = queries.phones_of(person)
    form = ChoicesForm(
        request.POST if request.method == "POST" else None,
        groups=queries.groups_for(person, at),
        phones=bool(phones),
        chosen=queries.choices_of(person.pk),
    )
    if request.method == "POST" and form.is_valid():
        services.choose(
            person=person,
            groups=[group.name for group in form.groups],
            mail=form.ticked("mail"),
            push=form.ticked("push") if form.asks_push else None,
            hours=form.hours,
        )
        messages.success(request, _("Saved."))
        return redirect("notices:choices")
    has_address = bool(queries.proved_address(person.pk))
    context = {
        "page_kind": "notices",
        "form": form,
        "has_address": has_address,
        # Somebody is asked to look, and nothing would reach them.
        "is_out_of_reach": form.others_wait_for_them and not has_address and not phones,
        "phones": phones,
        "this_phone": marks.phone_of(request),
        "phone_form": PhoneForm(auto_id="phone_%s"),
        "push_key": vapid.public_key(),
    }
    return render(request, "notices/choices.html", context)


@require_POST
def add_phone(request: HttpRequest) -> HttpResponse:
    """Tell me on this phone: sent by the script of the choices page, once the browser has said yes."""
    form = PhoneForm(request.POST)
    response = redirect("notices:choices")
    if not form.is_valid():
        messages.warning(request, _("That did not work on this phone. E-mail works instead."))
        return response
    added = services.add_phone(
        person=cast(Person, request.user),
        endpoint=form.cleaned_data["endpoint"],
        label=form.cleaned_data["label"],
        sitting=request.session.session_key or "",
        sitting_ends_at=request.session.get_expiry_date(),
        now=now(),
    )
    if added is None:
        messages.warning(request, _("That did not work on this phone. E-mail works instead."))
        return response
    marks.mark_phone(response, added)
    messages.success(request, _("You are told on this phone now. It only ever says that there is something new."))
    return response


@require_POST
def remove_phone(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell me no more on that phone: from anywhere, also if it is lost."""
    services.forget_phone(phone=queries.access_phone(cast(Person, request.user), pk))
    messages.success(request, _("That phone is told nothing more."))
    return redirect("notices:choices")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails, by the link in one of them, signed in or not. A mail scanner that opens links stops nothing.

    A form needs no token here: the address itself is the leave, and mail programs send it by themselves (RFC 8058).
    """
    person = marks.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        services.stop_mails(person=person, now=now())
    page = render_to_string("notices/stop.html", {"done": request.method == "POST"})
    response = HttpResponse(page)
    response["Referrer-Policy"] = "no-referrer"
    return response
